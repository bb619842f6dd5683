/** `http.client`. */
export const SOURCE = String.raw`
import socket
import io
from http import HTTPStatus, _all

HTTP_PORT, HTTPS_PORT = 80, 443
responses = {one.value: one.phrase for one in _all}


class HTTPException(Exception):
    pass


class BadStatusLine(HTTPException):
    pass


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    pass


class IncompleteRead(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class NotConnected(HTTPException):
    pass


class CannotSendRequest(HTTPException):
    pass


class HTTPMessage:
    def __init__(self, pairs=()):
        self._pairs = list(pairs)

    def get(self, name, default=None):
        for key, value in self._pairs:
            if key.lower() == name.lower():
                return value
        return default

    def get_all(self, name, failobj=None):
        return [value for key, value in self._pairs if key.lower() == name.lower()] or failobj

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._pairs.append((name, value))

    def __contains__(self, name):
        return self.get(name) is not None

    def items(self):
        return list(self._pairs)

    def keys(self):
        return [key for key, _ in self._pairs]

    def values(self):
        return [value for _, value in self._pairs]

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self._pairs)

    def get_content_charset(self, failobj=None):
        import re
        found = re.search(r'charset=["\']?([^"\';\s]+)', self.get('content-type') or '', re.I)
        return found.group(1).lower() if found else failobj

    def get_content_type(self):
        return (self.get('content-type') or 'text/plain').split(';')[0].strip().lower()

    def __str__(self):
        return ''.join('%s: %s\n' % pair for pair in self._pairs) + '\n'


def parse_headers(fp):
    pairs = []
    while True:
        line = fp.readline(65537).decode('iso-8859-1').rstrip('\r\n')
        if not line:
            return HTTPMessage(pairs)
        if line[0] in ' \t' and pairs:
            pairs[-1] = (pairs[-1][0], pairs[-1][1] + ' ' + line.strip())
            continue
        key, _, value = line.partition(':')
        pairs.append((key.strip(), value.strip()))


class HTTPResponse(io.IOBase):
    def __init__(self, sock, method=None):
        self.fp = sock.makefile('rb')
        self._method = method
        self.headers = self.msg = None
        self.closed = False
        self._buffer = b''

    def begin(self):
        while True:
            line = self.fp.readline(65537).decode('iso-8859-1')
            if not line:
                raise RemoteDisconnected('Remote end closed connection without response')
            parts = line.rstrip('\r\n').split(None, 2)
            if len(parts) < 2 or not parts[0].startswith('HTTP/'):
                raise BadStatusLine(line)
            self.version = 10 if parts[0] == 'HTTP/1.0' else 11
            self.status = self.code = int(parts[1])
            self.reason = parts[2] if len(parts) > 2 else ''
            self.headers = self.msg = parse_headers(self.fp)
            if self.status != 100:
                break
        self.chunked = (self.headers.get('transfer-encoding') or '').lower() == 'chunked'
        length = self.headers.get('content-length')
        self.length = None if self.chunked or length is None else int(length)
        if self.status in (204, 304) or 100 <= self.status < 200 or self._method == 'HEAD':
            self.length = 0
            self.chunked = False
        self.will_close = (self.headers.get('connection') or '').lower() == 'close' or (self.version == 10 and (self.headers.get('connection') or '').lower() != 'keep-alive') or (self.length is None and not self.chunked)

    def _chunk(self):
        line = self.fp.readline()
        size = int(line.split(b';')[0].strip() or b'0', 16)
        data = self.fp.read(size) if size else b''
        if size:
            self.fp.readline()
        else:
            while self.fp.readline().strip():
                pass
            self.chunked = False
            self.length = 0
        return data

    def read(self, amt=None):
        if self.chunked or self._buffer:
            while self.chunked and (amt is None or amt < 0 or len(self._buffer) < amt):
                self._buffer += self._chunk()
            end = len(self._buffer) if amt is None or amt < 0 else amt
            data, self._buffer = self._buffer[:end], self._buffer[end:]
            return data
        if self.length is None:
            return self.fp.read() if amt is None else self.fp.read(amt)
        want = self.length if amt is None or amt < 0 else min(amt, self.length)
        data = self.fp.read(want) if want else b''
        self.length -= len(data)
        if amt is None and self.length > 0:
            raise IncompleteRead('IncompleteRead(%d bytes read, %d more expected)' % (len(data), self.length))
        return data

    def readline(self, limit=-1):
        if self.chunked or self._buffer or self.length is not None:
            rest = self.read()
            end = rest.find(b'\n') + 1 or len(rest)
            self._buffer = rest[end:]
            return rest[:end]
        return self.fp.readline()

    def readable(self):
        return True

    def getheader(self, name, default=None):
        return self.headers.get(name, default)

    def getheaders(self):
        return self.headers.items()

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status

    def close(self):
        if not self.closed:
            self.closed = True
            self.fp.close()

    def isclosed(self):
        return self.closed


class HTTPConnection:
    response_class = HTTPResponse
    default_port = HTTP_PORT
    debuglevel = 0

    def __init__(self, host, port=None, timeout=-1, source_address=None, blocksize=8192):
        if port is None and ':' in host and not host.endswith(']'):
            host, _, text = host.rpartition(':')
            port = int(text)
        self.host, self.port, self.timeout = host, port or self.default_port, timeout
        self.sock = None
        self._head = None
        self._response = None

    def set_debuglevel(self, level):
        self.debuglevel = level

    def connect(self):
        self.sock = socket.create_connection((self.host, self.port), self.timeout)

    def close(self):
        if self.sock is not None:
            self.sock.close()
            self.sock = None

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        self._method = method
        self._head = ['%s %s HTTP/1.1' % (method, url or '/')]
        if not skip_host:
            name = self.host if self.port == self.default_port else '%s:%d' % (self.host, self.port)
            self._head.append('Host: ' + name)
        if not skip_accept_encoding:
            self._head.append('Accept-Encoding: identity')

    def putheader(self, name, *values):
        self._head.append('%s: %s' % (name, ', '.join(one.decode('latin-1') if isinstance(one, bytes) else str(one) for one in values)))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        self.send('\r\n'.join(self._head).encode('latin-1') + b'\r\n\r\n' + (message_body or b''))

    def send(self, data):
        if self.sock is None:
            self.connect()
        self.sock.sendall(data if isinstance(data, (bytes, bytearray)) else data.read())

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        names = {name.lower() for name in headers}
        self.putrequest(method, url, skip_host='host' in names, skip_accept_encoding='accept-encoding' in names)
        if isinstance(body, str):
            body = body.encode('iso-8859-1')
        elif hasattr(body, 'read'):
            body = body.read()
        elif body is not None and not isinstance(body, (bytes, bytearray)):
            body = b''.join(body)
        if 'content-length' not in names and 'transfer-encoding' not in names and (body is not None or method in ('PATCH', 'POST', 'PUT')):
            self.putheader('Content-Length', len(body or b''))
        for name, value in headers.items():
            self.putheader(name, value)
        self.endheaders(body)

    def getresponse(self):
        response = self.response_class(self.sock, method=self._method)
        try:
            response.begin()
        except ConnectionError:
            self.close()
            raise
        if response.will_close:
            self.close()
        return response


class HTTPSConnection(HTTPConnection):
    default_port = HTTPS_PORT

    def __init__(self, host, port=None, *, timeout=-1, context=None, **kwargs):
        super().__init__(host, port, timeout)
        self._verify = getattr(context, 'verify_mode', 2) != 0

    def connect(self):
        super().connect()
        problem = self.sock._start_tls(self.host, self._verify)
        if problem is not None:
            import ssl
            raise ssl.SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: ' + problem if 'certificate' in problem else '[SSL: WRONG_VERSION_NUMBER] wrong version number')
`;
