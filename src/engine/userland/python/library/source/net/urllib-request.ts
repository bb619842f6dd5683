/** `urllib.request`. */
export const SOURCE = `
import http.client
import socket
from urllib.parse import urlsplit, urljoin, quote, unquote, urlencode
from urllib.error import URLError, HTTPError


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data = data
        self.headers = {key.capitalize(): value for key, value in headers.items()}
        self.method = method
        parts = urlsplit(url)
        self.type, self.host = parts.scheme, parts.netloc
        self.selector = (parts.path or '/') + ('?' + parts.query if parts.query else '')

    def get_method(self):
        return self.method or ('POST' if self.data is not None else 'GET')

    def add_header(self, key, value):
        self.headers[key.capitalize()] = value

    def has_header(self, name):
        return name.capitalize() in self.headers

    def get_header(self, name, default=None):
        return self.headers.get(name.capitalize(), default)

    def get_full_url(self):
        return self.full_url


def urlopen(url, data=None, timeout=-1, *, context=None, **kwargs):
    request = url if isinstance(url, Request) else Request(url, data)
    if data is not None:
        request.data = data
    for _ in range(10):
        response = _once(request, timeout, context)
        if response.status not in (301, 302, 303, 307, 308) or not response.getheader('location'):
            break
        response.read()
        request = Request(urljoin(request.full_url, response.getheader('location')), headers=request.headers)
    response.url = request.full_url
    if response.status >= 400:
        raise HTTPError(request.full_url, response.status, response.reason, response.headers, response)
    return response


def _once(request, timeout, context):
    import sys
    if request.type == 'file':
        return open(request.selector, 'rb')
    if request.type not in ('http', 'https'):
        if not request.type:
            raise ValueError('unknown url type: %r' % request.full_url)
        raise URLError('unknown url type: ' + request.type)
    headers = {'User-Agent': 'Python-urllib/%d.%d' % sys.version_info[:2], 'Connection': 'close'}
    headers.update({'-'.join(part.capitalize() for part in key.split('-')): value for key, value in request.headers.items()})
    if request.data is not None and 'Content-Type' not in headers:
        headers['Content-Type'] = 'application/x-www-form-urlencoded'
    if request.type == 'https':
        connection = http.client.HTTPSConnection(request.host, timeout=timeout, context=context)
    else:
        connection = http.client.HTTPConnection(request.host, timeout=timeout)
    try:
        connection.request(request.get_method(), request.selector, request.data, headers)
    except OSError as problem:
        raise URLError(problem)
    return connection.getresponse()


class BaseHandler:
    pass


class OpenerDirector:
    def __init__(self):
        self.addheaders = []

    def open(self, url, data=None, timeout=-1):
        request = url if isinstance(url, Request) else Request(url, data)
        for key, value in self.addheaders:
            if not request.has_header(key):
                request.add_header(key, value)
        return urlopen(request, data, timeout)


def build_opener(*handlers):
    return OpenerDirector()


def install_opener(opener):
    pass


def urlretrieve(url, filename=None, reporthook=None, data=None):
    import tempfile
    if filename is None:
        filename = tempfile.mkstemp()[1]
    with urlopen(url, data) as response, open(filename, 'wb') as file:
        file.write(response.read())
        return filename, response.headers


pathname2url, url2pathname = quote, unquote
`;
