/** Flask in small: requests, answers and routes. */
export const APP = `import os
import re
import sys
import json
import mimetypes_small as _types
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote
import threading

_local = threading.local()


class _Proxy:
    def __init__(self, name):
        object.__setattr__(self, '_name', name)

    def _now(self):
        try:
            return getattr(_local, object.__getattribute__(self, '_name'))
        except AttributeError:
            raise RuntimeError('Working outside of request context.') from None

    def __getattr__(self, name):
        return getattr(self._now(), name)

    def __setattr__(self, name, value):
        setattr(self._now(), name, value)


class _Bag:
    def get(self, name, default=None):
        return self.__dict__.get(name, default)

    def __contains__(self, name):
        return name in self.__dict__


request = _Proxy('request')
g = _Proxy('g')
current_app = _Proxy('app')


class HTTPException(Exception):
    def __init__(self, code, description=None):
        self.code = code
        self.description = description or _descriptions.get(code, HTTPStatus(code).description)
        self.name = HTTPStatus(code).phrase

    def page(self):
        return ('<!doctype html>\\n<html lang=en>\\n<title>%d %s</title>\\n<h1>%s</h1>\\n<p>%s</p>\\n' % (self.code, self.name, self.name, self.description))


_descriptions = {
    404: 'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
    405: 'The method is not allowed for the requested URL.',
    500: 'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
}


def abort(code, description=None):
    raise HTTPException(code, description)


class _Values(dict):
    def get(self, key, default=None, type=None):
        if key not in self:
            return default
        try:
            return self[key] if type is None else type(self[key])
        except ValueError:
            return default


class Headers:
    def __init__(self, pairs=()):
        self.pairs = list(pairs.items() if isinstance(pairs, dict) else pairs)

    def get(self, name, default=None):
        for key, value in self.pairs:
            if key.lower() == name.lower():
                return value
        return default

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self.pairs = [pair for pair in self.pairs if pair[0].lower() != name.lower()] + [(name, str(value))]

    def __contains__(self, name):
        return self.get(name) is not None

    def items(self):
        return list(self.pairs)

    def __iter__(self):
        return iter(self.pairs)


class Request:
    def __init__(self, environ):
        self.environ = environ
        self.method = environ['REQUEST_METHOD']
        self.path = environ.get('PATH_INFO', '/')
        self.query_string = environ.get('QUERY_STRING', '').encode()
        self.args = _Values(parse_qsl(environ.get('QUERY_STRING', ''), keep_blank_values=True))
        self.remote_addr = environ.get('REMOTE_ADDR')
        self.headers = Headers([(key[5:].replace('_', '-').title(), value) for key, value in environ.items() if key.startswith('HTTP_')])
        self.content_type = environ.get('CONTENT_TYPE', '')
        self.host = environ.get('HTTP_HOST', '')
        self.url = 'http://' + self.host + self.path + ('?' + environ['QUERY_STRING'] if environ.get('QUERY_STRING') else '')
        self.base_url = 'http://' + self.host + self.path
        self.host_url = 'http://' + self.host + '/'
        self.cookies = dict(one.strip().split('=', 1) for one in environ.get('HTTP_COOKIE', '').split(';') if '=' in one)
        self.view_args = {}
        self.endpoint = None
        self._data = None

    @property
    def data(self):
        if self._data is None:
            size = int(self.environ.get('CONTENT_LENGTH') or 0)
            self._data = self.environ['wsgi.input'].read(size) if size else b''
        return self._data

    def get_data(self, as_text=False):
        return self.data.decode() if as_text else self.data

    @property
    def is_json(self):
        return 'json' in self.content_type

    def get_json(self, force=False, silent=False):
        if not (force or self.is_json):
            if silent:
                return None
            abort(415)
        try:
            return json.loads(self.data)
        except ValueError:
            if silent:
                return None
            abort(400)

    json = property(get_json)

    @property
    def form(self):
        return _Values(parse_qsl(self.data.decode(), keep_blank_values=True)) if 'form' in self.content_type else _Values()


class Response:
    def __init__(self, response=b'', status=200, headers=None, mimetype='text/html', content_type=None):
        self.data = response.encode() if isinstance(response, str) else b''.join(one.encode() if isinstance(one, str) else one for one in response) if not isinstance(response, bytes) else response
        self.status_code = int(str(status).split()[0])
        self.headers = Headers()
        kind = content_type or mimetype
        self.headers['Content-Type'] = kind + ('; charset=utf-8' if kind.startswith('text/') and 'charset' not in kind else '')
        for key, value in (headers or {}).items():
            self.headers[key] = value

    def set_cookie(self, key, value='', path='/', **kwargs):
        self.headers.pairs.append(('Set-Cookie', '%s=%s; Path=%s' % (key, value, path)))

    def get_data(self, as_text=False):
        return self.data.decode() if as_text else self.data

    @property
    def text(self):
        return self.data.decode()

    @property
    def json(self):
        return json.loads(self.data)

    @property
    def status(self):
        return '%d %s' % (self.status_code, HTTPStatus(self.status_code).phrase.upper())


def jsonify(*args, **kwargs):
    value = kwargs or (args[0] if len(args) == 1 else list(args))
    return Response(json.dumps(value, sort_keys=True, separators=(',', ':')) + '\\n', mimetype='application/json')


def make_response(*args):
    return _local.app.make_response(args[0] if len(args) == 1 else args)


def redirect(location, code=302):
    page = '<!doctype html>\\n<html lang=en>\\n<title>Redirecting...</title>\\n<h1>Redirecting...</h1>\\n<p>You should be redirected automatically to the target URL: <a href="%s">%s</a>. If not, click the link.\\n' % (location, location)
    return Response(page, code, {'Location': location})


def url_for(endpoint, **values):
    for rule in _local.app._rules:
        if rule.endpoint == endpoint:
            path = rule.text
            for name in list(values):
                path, count = re.subn('<(?:[a-z]+:)?' + name + '>', str(values[name]), path)
                if count:
                    del values[name]
            if endpoint == 'static':
                path = '/static/' + values.pop('filename', '')
            from urllib.parse import urlencode
            return path + ('?' + urlencode(values) if values else '')
    raise LookupError("Could not build url for endpoint '%s'." % endpoint)


def escape(text):
    import html
    return html.escape(str(text))


def render_template_string(source, **context):
    from jinja2 import Template
    return Template(source).render(request=request, g=g, url_for=url_for, **context)


def render_template(name, **context):
    with open(os.path.join(_local.app.root_path, 'templates', name)) as file:
        return render_template_string(file.read(), **context)


def send_from_directory(directory, filename):
    path = os.path.normpath(os.path.join(directory, filename))
    if not os.path.isfile(path):
        abort(404)
    with open(path, 'rb') as file:
        return Response(file.read(), mimetype=_types.guess(path))


_converters = {'int': (r'[0-9]+', int), 'float': (r'[0-9]+[.][0-9]+', float), 'path': ('.+', str), 'string': ('[^/]+', str), 'uuid': ('[0-9a-fA-F-]{36}', str)}


class _Rule:
    def __init__(self, text, endpoint, methods):
        self.text, self.endpoint, self.methods, self.casts = text, endpoint, methods, {}

        def one(found):
            pattern, cast = _converters[found.group(1) or 'string']
            self.casts[found.group(2)] = cast
            return '(?P<%s>%s)' % (found.group(2), pattern)
        parts = re.split(r'(<(?:[a-z]+:)?[a-zA-Z_][a-zA-Z0-9_]*>)', text)
        self.pattern = re.compile(''.join(re.sub(r'<(?:([a-z]+):)?([a-zA-Z_][a-zA-Z0-9_]*)>', one, part) if part.startswith('<') else re.escape(part) for part in parts))

    def match(self, path):
        found = self.pattern.fullmatch(path)
        return None if found is None else {name: self.casts[name](value) for name, value in found.groupdict().items()}


class _Scaffold:
    def route(self, rule, methods=None, endpoint=None, **options):
        def register(fn):
            self.add_url_rule(rule, endpoint, fn, methods=methods)
            return fn
        return register

    def _by(method):
        return lambda self, rule, **options: self.route(rule, methods=[method], **options)

    get, post, put, delete, patch = _by('GET'), _by('POST'), _by('PUT'), _by('DELETE'), _by('PATCH')

    def before_request(self, fn):
        self._before.append(fn)
        return fn

    def after_request(self, fn):
        self._after.append(fn)
        return fn

    def teardown_appcontext(self, fn):
        self._teardown.append(fn)
        return fn

    teardown_request = teardown_appcontext

    def errorhandler(self, code):
        def register(fn):
            self._errors[code] = fn
            return fn
        return register


class Blueprint(_Scaffold):
    def __init__(self, name, import_name, url_prefix=''):
        self.name, self.url_prefix, self._todo = name, url_prefix or '', []
        self._before, self._after, self._teardown, self._errors = [], [], [], {}

    def add_url_rule(self, rule, endpoint=None, view_func=None, methods=None):
        self._todo.append((rule, endpoint or view_func.__name__, view_func, methods))
`;
