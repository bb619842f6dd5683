/** Requests in small, over the library's own HTTP. */
export const REQUESTS = `import json as _json
import http.client
from urllib.parse import urlencode, urljoin, urlsplit
from . import exceptions
from .exceptions import *

__version__ = '2.32.5'


class _Headers(dict):
    def __getitem__(self, name):
        for key, value in self.items():
            if key.lower() == name.lower():
                return value
        raise KeyError(name)

    def get(self, name, default=None):
        try:
            return self[name]
        except KeyError:
            return default

    def __contains__(self, name):
        return self.get(name) is not None


class Response:
    def __init__(self, url, raw):
        self.url, self.status_code, self.reason = url, raw.status, raw.reason
        self.headers = _Headers(raw.getheaders())
        self.content = raw.read()
        self.encoding = raw.headers.get_content_charset() or 'utf-8'
        self.history = []

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def text(self):
        return self.content.decode(self.encoding, 'replace')

    def json(self):
        try:
            return _json.loads(self.content)
        except ValueError as problem:
            raise JSONDecodeError(str(problem)) from None

    def raise_for_status(self):
        if self.status_code >= 400:
            kind = 'Client' if self.status_code < 500 else 'Server'
            raise HTTPError('%d %s Error: %s for url: %s' % (self.status_code, kind, self.reason, self.url), response=self)

    def __repr__(self):
        return '<Response [%d]>' % self.status_code

    def __bool__(self):
        return self.ok


def request(method, url, params=None, data=None, json=None, headers=None, timeout=None, allow_redirects=True, auth=None, verify=True, **kwargs):
    if params:
        url += ('&' if '?' in url else '?') + urlencode(params, doseq=True)
    sent = {'User-Agent': 'python-requests/' + __version__, 'Accept-Encoding': 'identity', 'Accept': '*/*', 'Connection': 'keep-alive'}
    if json is not None:
        data = _json.dumps(json).encode()
        sent['Content-Type'] = 'application/json'
    elif isinstance(data, dict):
        data = urlencode(data).encode()
        sent['Content-Type'] = 'application/x-www-form-urlencoded'
    elif isinstance(data, str):
        data = data.encode()
    if auth:
        import base64
        sent['Authorization'] = 'Basic ' + base64.b64encode(('%s:%s' % auth).encode()).decode()
    sent.update(headers or {})
    history = []
    for _ in range(30):
        parts = urlsplit(url)
        if parts.scheme not in ('http', 'https'):
            raise MissingSchema("Invalid URL '%s': No scheme supplied. Perhaps you meant https://%s?" % (url, url))
        kind = http.client.HTTPSConnection if parts.scheme == 'https' else http.client.HTTPConnection
        wait = {'timeout': timeout[0] if isinstance(timeout, tuple) else timeout} if timeout is not None else {}
        connection = kind(parts.netloc, **wait)
        path = (parts.path or '/') + ('?' + parts.query if parts.query else '')
        try:
            connection.request(method, path, data, sent)
            response = Response(url if parts.path else url + '/', connection.getresponse())
        except TimeoutError as problem:
            raise ConnectTimeout('HTTPConnectionPool(host=%r, port=%d): Max retries exceeded with url: %s (Caused by ConnectTimeoutError(%r))' % (connection.host, connection.port, path, problem)) from None
        except OSError as problem:
            raise ConnectionError('HTTPConnectionPool(host=%r, port=%d): Max retries exceeded with url: %s (Caused by NewConnectionError("Failed to establish a new connection: %s"))' % (connection.host, connection.port, path, problem)) from None
        finally:
            connection.close()
        if not allow_redirects or response.status_code not in (301, 302, 303, 307, 308) or 'location' not in response.headers:
            response.history = history
            return response
        history.append(response)
        url = urljoin(url, response.headers['location'])
        if response.status_code in (301, 302, 303):
            method, data = 'GET' if method != 'HEAD' else 'HEAD', None
    raise TooManyRedirects('Exceeded 30 redirects.')


def get(url, params=None, **kwargs): return request('GET', url, params=params, **kwargs)
def post(url, data=None, json=None, **kwargs): return request('POST', url, data=data, json=json, **kwargs)
def put(url, data=None, **kwargs): return request('PUT', url, data=data, **kwargs)
def patch(url, data=None, **kwargs): return request('PATCH', url, data=data, **kwargs)
def delete(url, **kwargs): return request('DELETE', url, **kwargs)
def head(url, **kwargs): return request('HEAD', url, allow_redirects=False, **kwargs)


class Session:
    def __init__(self):
        self.headers, self.params, self.auth = {}, {}, None

    def request(self, method, url, **kwargs):
        kwargs['headers'] = {**self.headers, **(kwargs.get('headers') or {})}
        return request(method, url, **kwargs)

    def get(self, url, **kwargs): return self.request('GET', url, **kwargs)
    def post(self, url, **kwargs): return self.request('POST', url, **kwargs)
    def put(self, url, **kwargs): return self.request('PUT', url, **kwargs)
    def delete(self, url, **kwargs): return self.request('DELETE', url, **kwargs)

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass
`;
export const REQUESTS_EXCEPTIONS = `class RequestException(IOError):
    def __init__(self, *args, response=None, request=None):
        self.response, self.request = response, request
        self.args = args


class HTTPError(RequestException):
    pass


class ConnectionError(RequestException):
    pass


class Timeout(RequestException):
    pass


class ConnectTimeout(ConnectionError, Timeout):
    pass


class TooManyRedirects(RequestException):
    pass


class MissingSchema(RequestException, ValueError):
    pass


class JSONDecodeError(RequestException, ValueError):
    pass
`;
