/** The client of Redis in small: RESP over a socket. */
export const REDIS = `import socket

from .exceptions import *


def _bytes(value):
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise DataError("Invalid input of type: '%s'. Convert to a bytes, string, int or float first." % type(value).__name__)
    return str(value).encode()


class Redis:
    def __init__(self, host='localhost', port=6379, db=0, password=None, socket_timeout=None, socket_connect_timeout=None, decode_responses=False, username=None, **kwargs):
        self._to, self._db, self._password, self._timeout, self._decode = (host, int(port)), db, password, socket_timeout, decode_responses
        self._sock = self._file = None

    @classmethod
    def from_url(cls, url, **kwargs):
        from urllib.parse import urlsplit
        parts = urlsplit(url)
        db = parts.path.strip('/')
        return cls(parts.hostname or 'localhost', parts.port or 6379, int(db) if db else 0, parts.password, **kwargs)

    def _connect(self):
        try:
            self._sock = socket.create_connection(self._to, self._timeout) if self._timeout else socket.create_connection(self._to)
        except OSError as problem:
            raise ConnectionError('Error %s connecting to %s:%s. %s.' % (problem.errno, self._to[0], self._to[1], problem.strerror)) from problem
        self._file = self._sock.makefile('rb')
        if self._password:
            self._send('AUTH', self._password)
        if self._db:
            self._send('SELECT', self._db)

    def _send(self, *args):
        data = b'*%d\\r\\n' % len(args)
        for one in map(_bytes, args):
            data += b'$%d\\r\\n%s\\r\\n' % (len(one), one)
        self._sock.sendall(data)
        return self._read()

    def _read(self):
        line = self._file.readline()
        if not line:
            self.close()
            raise ConnectionError('Connection closed by server.')
        kind, rest = line[:1], line[1:-2]
        if kind == b'+':
            return rest.decode()
        if kind == b'-':
            raise ResponseError(rest.decode().removeprefix('ERR '))
        if kind == b':':
            return int(rest)
        size = int(rest)
        if size < 0:
            return None
        if kind == b'$':
            data = self._file.read(size + 2)[:-2]
            return data.decode() if self._decode else data
        return [self._read() for _ in range(size)]

    def execute_command(self, *args):
        if self._sock is None:
            self._connect()
        try:
            return self._send(*args)
        except OSError as problem:
            self.close()
            if isinstance(problem, ConnectionError):
                raise
            raise ConnectionError('Error while reading from %s:%s : %s' % (self._to[0], self._to[1], problem.args)) from problem

    def close(self):
        if self._sock is not None:
            self._file.close()
            self._sock.close()
            self._sock = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def ping(self): return self.execute_command('PING') == 'PONG'
    def get(self, name): return self.execute_command('GET', name)
    def incr(self, name, amount=1): return self.execute_command('INCRBY', name, amount)
    def decr(self, name, amount=1): return self.execute_command('DECRBY', name, amount)
    def delete(self, *names): return self.execute_command('DEL', *names)
    def exists(self, *names): return self.execute_command('EXISTS', *names)
    def expire(self, name, time): return self.execute_command('EXPIRE', name, time) == 1
    def ttl(self, name): return self.execute_command('TTL', name)
    def keys(self, pattern='*'): return self.execute_command('KEYS', pattern)
    def append(self, key, value): return self.execute_command('APPEND', key, value)
    def lpush(self, name, *values): return self.execute_command('LPUSH', name, *values)
    def rpush(self, name, *values): return self.execute_command('RPUSH', name, *values)
    def lpop(self, name): return self.execute_command('LPOP', name)
    def rpop(self, name): return self.execute_command('RPOP', name)
    def llen(self, name): return self.execute_command('LLEN', name)
    def lrange(self, name, start, end): return self.execute_command('LRANGE', name, start, end)
    def sadd(self, name, *values): return self.execute_command('SADD', name, *values)
    def srem(self, name, *values): return self.execute_command('SREM', name, *values)
    def smembers(self, name): return set(self.execute_command('SMEMBERS', name))
    def sismember(self, name, value): return self.execute_command('SISMEMBER', name, value)
    def hget(self, name, key): return self.execute_command('HGET', name, key)
    def hdel(self, name, *keys): return self.execute_command('HDEL', name, *keys)
    def hincrby(self, name, key, amount=1): return self.execute_command('HINCRBY', name, key, amount)
    def zrange(self, name, start, end): return self.execute_command('ZRANGE', name, start, end)
    def publish(self, channel, message): return self.execute_command('PUBLISH', channel, message)
    def dbsize(self): return self.execute_command('DBSIZE')
    def flushdb(self): return self.execute_command('FLUSHDB') == 'OK'
    def flushall(self): return self.execute_command('FLUSHALL') == 'OK'
    def mget(self, *keys): return self.execute_command('MGET', *(keys[0] if len(keys) == 1 and isinstance(keys[0], (list, tuple)) else keys))

    def set(self, name, value, ex=None, px=None, nx=False, xx=False):
        args = ['SET', name, value] + (['EX', ex] if ex else []) + (['PX', px] if px else []) + (['NX'] if nx else []) + (['XX'] if xx else [])
        return True if self.execute_command(*args) == 'OK' else None

    def setex(self, name, time, value):
        return self.set(name, value, ex=time)

    def hset(self, name, key=None, value=None, mapping=None):
        pairs = ([key, value] if key is not None else []) + [one for pair in (mapping or {}).items() for one in pair]
        return self.execute_command('HSET', name, *pairs)

    def hgetall(self, name):
        found = self.execute_command('HGETALL', name)
        return dict(zip(found[::2], found[1::2]))

    def zadd(self, name, mapping):
        return self.execute_command('ZADD', name, *[one for member, score in mapping.items() for one in (score, member)])


StrictRedis = Redis


def from_url(url, **kwargs):
    return Redis.from_url(url, **kwargs)
`.replaceAll('\\\\', '\\');
export const REDIS_EXCEPTIONS = `class RedisError(Exception):
    pass


class ConnectionError(RedisError):
    pass


class TimeoutError(RedisError):
    pass


class ResponseError(RedisError):
    pass


class DataError(RedisError):
    pass


class AuthenticationError(ConnectionError):
    pass
`;
