/** Flask in small: the application, its command, and the server for development. */
export const SERVER = `

class Flask(_Scaffold):
    def __init__(self, import_name, static_folder='static', template_folder='templates', **options):
        import logging
        self.import_name = self.name = import_name
        module = sys.modules.get(import_name)
        self.root_path = os.path.dirname(os.path.abspath(getattr(module, '__file__', None) or os.getcwd() + '/x'))
        self.config = _Values({'DEBUG': False, 'TESTING': False, 'SECRET_KEY': None})
        self.config.from_object = lambda o: self.config.update({k: getattr(o, k) for k in dir(o) if k.isupper()})
        self.config.from_mapping = self.config.update
        self.debug = False
        self.logger = logging.getLogger('app' if import_name == '__main__' else import_name)
        self._rules, self._views = [], {}
        self._before, self._after, self._teardown, self._errors = [], [], [], {}
        self.add_url_rule('/static/<path:filename>', 'static', lambda filename: send_from_directory(os.path.join(self.root_path, static_folder), filename))

    def add_url_rule(self, rule, endpoint=None, view_func=None, methods=None, **options):
        endpoint = endpoint or view_func.__name__
        if endpoint in self._views and self._views[endpoint] is not view_func:
            raise AssertionError('View function mapping is overwriting an existing endpoint function: ' + endpoint)
        allowed = {one.upper() for one in (methods or ['GET'])}
        if 'GET' in allowed:
            allowed.add('HEAD')
        self._views[endpoint] = view_func
        self._rules.append(_Rule(rule, endpoint, allowed | {'OPTIONS'}))

    def register_blueprint(self, blueprint, url_prefix=None):
        for rule, endpoint, view, methods in blueprint._todo:
            self.add_url_rule((blueprint.url_prefix if url_prefix is None else url_prefix) + rule, blueprint.name + '.' + endpoint, view, methods)

    def make_response(self, value):
        status, headers = None, None
        if isinstance(value, tuple):
            value, *rest = value
            for one in rest:
                if isinstance(one, (dict, list, Headers)):
                    headers = dict(one)
                else:
                    status = one
        if value is None:
            raise TypeError('The view function did not return a valid response. The function either returned None or ended without a return statement.')
        response = value if isinstance(value, Response) else jsonify(value) if isinstance(value, (dict, list)) else Response(value)
        if status is not None:
            response.status_code = int(str(status).split()[0])
        for key, text in (headers or {}).items():
            response.headers[key] = text
        return response

    def _dispatch(self):
        allowed = set()
        for rule in self._rules:
            values = rule.match(_local.request.path)
            if values is None:
                continue
            if _local.request.method in rule.methods:
                _local.request.view_args, _local.request.endpoint = values, rule.endpoint
                for fn in self._before:
                    early = fn()
                    if early is not None:
                        return self.make_response(early)
                if _local.request.method == 'OPTIONS':
                    return Response(b'', headers={'Allow': ', '.join(sorted(rule.methods))})
                return self.make_response(self._views[rule.endpoint](**values))
            allowed |= rule.methods
        if not allowed and any(rule.match(_local.request.path + '/') is not None for rule in self._rules):
            return redirect(_local.request.base_url + '/', 308)
        abort(405 if allowed else 404)

    def _fail(self, problem):
        handler = self._errors.get(getattr(problem, 'code', 500))
        for kind in type(problem).__mro__:
            handler = self._errors.get(kind, handler)
        if handler is not None:
            return self.make_response(handler(problem))
        if isinstance(problem, HTTPException):
            return Response(problem.page(), problem.code)
        import traceback
        sys.stderr.write('[%s] ERROR in app: Exception on %s [%s]\\n' % (__import__('time').strftime('%Y-%m-%d %H:%M:%S,000'), _local.request.path, _local.request.method))
        traceback.print_exc()
        return Response(HTTPException(500).page(), 500)

    def wsgi_app(self, environ, start_response):
        _local.app, _local.request, _local.g = self, Request(environ), _Bag()
        try:
            response = self._dispatch()
        except Exception as problem:
            response = self._fail(problem)
        for fn in self._after:
            response = fn(response)
        for fn in self._teardown:
            fn(None)
        response.headers['Content-Length'] = len(response.data)
        start_response(response.status, response.headers.items())
        return [b'' if _local.request.method == 'HEAD' else response.data]

    def __call__(self, environ, start_response):
        return self.wsgi_app(environ, start_response)

    def app_context(self):
        from contextlib import contextmanager

        @contextmanager
        def enter():
            _local.app, _local.g = self, _Bag()
            yield
        return enter()

    def test_client(self):
        return _Client(self)

    def run(self, host=None, port=None, debug=None, **options):
        if debug is not None:
            self.debug = debug
        from werkzeug.serving import run_simple
        sys.stderr.flush()
        print(" * Serving Flask app '%s'" % (os.path.splitext(os.path.basename(sys.argv[0]))[0] if self.name == '__main__' else self.name))
        print(' * Debug mode: ' + ('on' if self.debug else 'off'))
        sys.stdout.flush()
        run_simple(host or '127.0.0.1', int(port or 5000), self, use_reloader=self.debug)


class _Client:
    def __init__(self, app):
        self.app = app

    def open(self, path, method='GET', json=None, data=None):
        import io
        import json as _json
        body = _json.dumps(json).encode() if json is not None else data.encode() if isinstance(data, str) else data or b''
        path, _, query = path.partition('?')
        found = {}
        parts = self.app({'REQUEST_METHOD': method, 'PATH_INFO': path, 'QUERY_STRING': query, 'CONTENT_TYPE': 'application/json' if json is not None else '',
                          'CONTENT_LENGTH': str(len(body)), 'wsgi.input': io.BytesIO(body), 'HTTP_HOST': 'localhost'}, lambda status, headers: found.update(status=status, headers=headers))
        response = Response(b''.join(parts), found['status'], dict(found['headers']))
        return response

    def get(self, path, **kwargs):
        return self.open(path, 'GET', **kwargs)

    def post(self, path, **kwargs):
        return self.open(path, 'POST', **kwargs)
`;

export const CLI = `import importlib
import os
import sys


def _find():
    sys.path.insert(0, os.getcwd())
    wanted = os.environ.get('FLASK_APP')
    if wanted is None:
        wanted = next((name for name in ('wsgi', 'app') if os.path.exists(name + '.py')), None)
    if wanted is None:
        return None
    module, _, attribute = wanted.partition(':')
    module = module[:-3] if module.endswith('.py') else module
    loaded = importlib.import_module(module.replace('/', '.'))
    if attribute:
        found = getattr(loaded, attribute.rstrip('()'))
        return found() if attribute.endswith('()') else found
    for name in ('app', 'application'):
        if hasattr(loaded, name):
            return getattr(loaded, name)
    return loaded.create_app() if hasattr(loaded, 'create_app') else None


def main():
    args = sys.argv[1:]
    while args and args[0] in ('--app', '-A'):
        os.environ['FLASK_APP'] = args[1]
        args = args[2:]
    if args and args[0].startswith('--app='):
        os.environ['FLASK_APP'] = args.pop(0)[6:]
    debug = os.environ.get('FLASK_DEBUG', '').lower() in ('1', 'true', 'on')
    if '--debug' in args:
        debug = True
        args.remove('--debug')
    if args and args[0] == '--version':
        import platform
        from flask import __version__
        print('Python %s\\nFlask %s\\nWerkzeug 3.1.3' % (platform.python_version(), __version__))
        return 0
    if not args or args[0] != 'run':
        if args and args[0] == 'routes':
            for rule in _find()._rules:
                print(rule.endpoint, ', '.join(sorted(rule.methods - {'HEAD', 'OPTIONS'})), rule.text)
            return 0
        print('Usage: flask [OPTIONS] COMMAND [ARGS]...\\n\\nCommands:\\n  routes  Show the routes for the app.\\n  run     Run a development server.')
        return 0
    host, port = os.environ.get('FLASK_RUN_HOST', '127.0.0.1'), os.environ.get('FLASK_RUN_PORT', '5000')
    rest = args[1:]
    while rest:
        name, eq, value = rest.pop(0).partition('=')
        if name in ('--host', '-h'):
            host = value if eq else rest.pop(0)
        elif name in ('--port', '-p'):
            port = value if eq else rest.pop(0)
    app = _find()
    if app is None:
        print("Usage: flask run [OPTIONS]\\nTry 'flask run --help' for help.\\n\\nError: Could not locate a Flask application. Use the 'flask --app' option, 'FLASK_APP' environment variable, or a 'wsgi.py' or 'app.py' file in the current directory.", file=sys.stderr)
        return 2
    app.debug = debug
    from werkzeug.serving import run_simple
    print(" * Serving Flask app '%s'" % (os.environ.get('FLASK_APP') or app.name))
    print(' * Debug mode: ' + ('on' if debug else 'off'))
    sys.stdout.flush()
    run_simple(host, int(port), app, use_reloader=debug)
`;

export const SERVING = `import io
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


class WSGIRequestHandler(BaseHTTPRequestHandler):
    server_version = 'Werkzeug/3.1.3'
    protocol_version = 'HTTP/1.1'

    def _run(self):
        path, _, query = self.path.partition('?')
        environ = {'REQUEST_METHOD': self.command, 'PATH_INFO': unquote(path), 'QUERY_STRING': query, 'REMOTE_ADDR': self.client_address[0],
                   'SERVER_NAME': self.server.server_address[0], 'SERVER_PORT': str(self.server.server_address[1]), 'SERVER_PROTOCOL': self.request_version,
                   'CONTENT_TYPE': self.headers.get('Content-Type') or '', 'CONTENT_LENGTH': self.headers.get('Content-Length') or '',
                   'wsgi.input': self.rfile, 'wsgi.errors': sys.stderr, 'wsgi.url_scheme': 'http', 'wsgi.multithread': True}
        for key, value in self.headers.items():
            environ['HTTP_' + key.upper().replace('-', '_')] = value

        def start(status, headers, exc_info=None):
            self._start = (status, headers)
        parts = b''.join(self.server.app(environ, start))
        status, headers = self._start
        self.send_response(int(status.split()[0]), status.split(None, 1)[1])
        for key, value in headers:
            self.send_header(key, value)
        self.send_header('Connection', 'close')
        self.end_headers()
        self.wfile.write(parts)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _run

    def log_request(self, code='-', size='-'):
        self.log_message('"%s" %s %s', self.requestline, str(code), '-')

    def log_message(self, format, *args):
        sys.stderr.write('%s - - [%s] %s\\n' % (self.address_string(), self.log_date_time_string(), format % args))


class _Server(ThreadingHTTPServer):
    def get_request(self):
        return self.socket.accept()


def _own_address():
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            return socket.gethostbyname(socket.gethostname())
    except OSError:
        return '127.0.0.1'


def run_simple(hostname, port, application, use_reloader=False, **options):
    try:
        server = _Server((hostname, port), WSGIRequestHandler)
    except OSError as problem:
        if problem.errno == 98:
            print('Address already in use\\nPort %d is in use by another program. Either identify and stop that program, or start the server with a different port.' % port, file=sys.stderr)
            sys.exit(1)
        raise
    server.app = application
    lines = ['WARNING: This is a development server. Do not use it in a production deployment. Use a production WSGI server instead.']
    if hostname in ('0.0.0.0', ''):
        lines += [' * Running on all addresses (0.0.0.0)', ' * Running on http://127.0.0.1:%d' % port, ' * Running on http://%s:%d' % (_own_address(), port)]
    else:
        lines.append(' * Running on http://%s:%d' % (hostname, port))
    lines.append('Press CTRL+C to quit')
    sys.stderr.write('\\n'.join(lines) + '\\n')
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
`;
