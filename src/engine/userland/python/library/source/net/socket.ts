/** `socket`, over its calls. */
export const SOURCE = String.raw`
import enum
import errno
import os
from _socket import *
from _socket import _Socket, _resolve, _name_of, _file, _pair, _poll


class AddressFamily(enum.IntEnum):
    AF_UNSPEC = 0
    AF_UNIX = 1
    AF_INET = 2
    AF_INET6 = 10


class SocketKind(enum.IntEnum):
    SOCK_STREAM = 1
    SOCK_DGRAM = 2
    SOCK_RAW = 3


for _one in list(AddressFamily) + list(SocketKind):
    globals()[_one.name] = _one

SOL_SOCKET = 1
SO_DEBUG, SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE = 1, 2, 3, 4, 6, 7, 8, 9
SO_LINGER, SO_REUSEPORT, SO_RCVTIMEO, SO_SNDTIMEO = 13, 15, 20, 21
SOMAXCONN = 4096
IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6 = 0, 6, 17, 41
TCP_NODELAY, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT = 1, 4, 5, 6
IPV6_V6ONLY = 26
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
MSG_PEEK, MSG_DONTWAIT = 2, 64
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_ADDRCONFIG = 1, 2, 4, 32
NI_NUMERICHOST, NI_NUMERICSERV = 1, 2
INADDR_ANY = 0
INADDR_LOOPBACK = 0x7f000001
EAI_NONAME, EAI_AGAIN = -2, -3
SOCK_CLOEXEC, SOCK_NONBLOCK = 0o2000000, 0o4000
has_ipv6 = True
error = OSError
timeout = TimeoutError
_default_timeout = None


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(value):
    global _default_timeout
    _default_timeout = value


class socket(_Socket):
    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._files = 0
        self._wants_close = False
        if _default_timeout is not None and fileno is None:
            self.settimeout(_default_timeout)

    @property
    def family(self):
        return AddressFamily(super().family)

    @property
    def type(self):
        return SocketKind(super().type)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if not self._is_closed():
            self.close()

    def _is_closed(self):
        return self.fileno() < 0

    def __repr__(self):
        if self._is_closed():
            return '<socket.socket [closed] fd=-1>'
        text = '<socket.socket fd=%d, family=%d, type=%d, proto=0' % (self.fileno(), self.family, self.type)
        try:
            text += ', laddr=' + repr(self.getsockname())
            text += ', raddr=' + repr(self.getpeername())
        except OSError:
            pass
        return text + '>'

    def accept(self):
        fd, address = self._accept()
        made = socket(self.family, self.type, fileno=fd)
        return made, address

    def dup(self):
        return socket(self.family, self.type, fileno=os.dup(self.fileno()))

    def makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None):
        if 'b' in mode and self.gettimeout() is not None:
            return _TimedFile(self, mode)
        fd = os.dup(self.fileno())
        if 'w' in mode and 'r' in mode:
            mode = mode.replace('r', '').replace('w', 'rw')
        return _file(fd, mode, buffering, encoding, newline)

    def sendfile(self, file, offset=0, count=None):
        data = file.read() if count is None else file.read(count)
        self.sendall(data)
        return len(data)


class _TimedFile:
    """A file over a socket that gives up in time."""

    def __init__(self, sock, mode):
        self._sock = sock
        self._mode = mode
        self._ahead = b''
        self.closed = False

    def _fill(self):
        piece = self._sock.recv(65536)
        self._ahead += piece
        return bool(piece)

    def read(self, size=-1):
        while size is None or size < 0 or len(self._ahead) < size:
            if not self._fill():
                break
        if size is None or size < 0:
            size = len(self._ahead)
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        return data

    def read1(self, size=-1):
        if not self._ahead:
            self._fill()
        return self.read(min(len(self._ahead), size if size and size > 0 else len(self._ahead)))

    def readline(self, limit=-1):
        while b'\n' not in self._ahead:
            if not self._fill():
                break
        end = self._ahead.find(b'\n') + 1
        if end == 0:
            end = len(self._ahead)
        if limit >= 0:
            end = min(end, limit)
        data, self._ahead = self._ahead[:end], self._ahead[end:]
        return data

    def __iter__(self):
        return iter(self.readline, b'')

    def write(self, data):
        self._sock.sendall(data)
        return len(data)

    def flush(self):
        pass

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


SocketType = _Socket


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0):
    a, b = _pair()
    return socket(AF_UNIX, SOCK_STREAM, fileno=a), socket(AF_UNIX, SOCK_STREAM, fileno=b)


_ports = {'http': 80, 'https': 443, 'ssh': 22, 'ftp': 21, 'smtp': 25, 'domain': 53, 'postgresql': 5432, 'redis': 6379}


def getservbyname(name, proto=None):
    if name in _ports:
        return _ports[name]
    raise OSError('service/proto not found')


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    if isinstance(port, str):
        port = int(port) if port.isdigit() else getservbyname(port)
    if host is None or host == '':
        host = '0.0.0.0' if flags & AI_PASSIVE else '127.0.0.1'
    result = []
    kinds = [(SOCK_STREAM, 6), (SOCK_DGRAM, 17), (SOCK_RAW, 0)]
    for ip in _resolve(host, family):
        own = AF_INET6 if ':' in ip else AF_INET
        for kind, number in kinds:
            if type in (0, kind):
                address = (ip, port or 0, 0, 0) if own == AF_INET6 else (ip, port or 0)
                result.append((own, kind, number, '', address))
    return result


def gethostbyname(name):
    return _resolve(name, AF_INET)[0]


def gethostbyname_ex(name):
    return name, [], _resolve(name, AF_INET)


def gethostbyaddr(ip):
    name = _name_of(ip)
    if name is None:
        raise herror(1, 'Unknown host')
    return name, [], [ip]


def getnameinfo(address, flags):
    return address[0], str(address[1])


def getfqdn(name=''):
    name = (name or '').strip()
    if not name or name == '0.0.0.0':
        name = gethostname()
    return name


def create_connection(address, timeout=-1, source_address=None, *, all_errors=False):
    host, port = address
    problem = None
    for family, kind, proto, _, target in getaddrinfo(host, port, 0, SOCK_STREAM):
        made = None
        try:
            made = socket(family, kind, proto)
            if timeout != -1:
                made.settimeout(timeout)
            made.connect(target)
            return made
        except OSError as error:
            problem = error
            if made is not None:
                made.close()
    if problem is not None:
        raise problem
    raise OSError('getaddrinfo returns an empty list')


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    made = socket(family, SOCK_STREAM)
    made.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        made.bind(address)
    except OSError as error:
        made.close()
        raise type(error)(error.errno, '%s (while attempting to bind on address %r)' % (error.strerror, address)) from None
    made.listen(backlog or 128)
    return made


def inet_aton(text):
    return bytes(int(part) for part in text.split('.'))


def inet_ntoa(packed):
    return '.'.join(str(byte) for byte in packed)


def inet_pton(family, text):
    if family == AF_INET:
        parts = text.split('.')
        if len(parts) != 4 or not all(part.isdigit() and int(part) < 256 for part in parts):
            raise OSError('illegal IP address string passed to inet_pton')
        return inet_aton(text)
    head, _, tail = text.partition('::')
    left = [int(one, 16) for one in head.split(':') if one]
    right = [int(one, 16) for one in tail.split(':') if one]
    words = left + [0] * (8 - len(left) - len(right)) + right
    return b''.join(word.to_bytes(2, 'big') for word in words)


def inet_ntop(family, packed):
    if family == AF_INET:
        return inet_ntoa(packed)
    return ':'.join('%x' % int.from_bytes(packed[at:at + 2], 'big') for at in range(0, 16, 2))


def htons(x):
    return (x & 255) << 8 | x >> 8


ntohs = htons


def htonl(x):
    return int.from_bytes(x.to_bytes(4, 'little'), 'big')


ntohl = htonl


def has_dualstack_ipv6():
    return True
`;
