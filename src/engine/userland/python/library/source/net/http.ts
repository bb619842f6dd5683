/** `http`. */
export const SOURCE = `
from enum import IntEnum as _IntEnum


class HTTPStatus(int):
    def __new__(cls, value, phrase='', description=''):
        for one in _all:
            if int(one) == value and not phrase:
                return one
        if not phrase:
            raise ValueError('%r is not a valid HTTPStatus' % value)
        self = int.__new__(cls, value)
        self.phrase, self.description = phrase, description
        self.name = phrase.upper().replace(' ', '_').replace('-', '_').replace("'", '')
        return self

    @property
    def value(self):
        return int(self)

    def __repr__(self):
        return '<HTTPStatus.%s: %d>' % (self.name, int(self))

    def __str__(self):
        return str(int(self))

    is_success = property(lambda self: 200 <= int(self) <= 299)
    is_client_error = property(lambda self: 400 <= int(self) <= 499)
    is_server_error = property(lambda self: 500 <= int(self) <= 599)


class _Iterable(type):
    pass


_all = []
_table = (100, 'Continue'), (101, 'Switching Protocols'), (200, 'OK'), (201, 'Created'), (202, 'Accepted'), (203, 'Non-Authoritative Information'), (
    204, 'No Content'), (205, 'Reset Content'), (206, 'Partial Content'), (300, 'Multiple Choices'), (301, 'Moved Permanently'), (302, 'Found'), (
    303, 'See Other'), (304, 'Not Modified'), (305, 'Use Proxy'), (307, 'Temporary Redirect'), (308, 'Permanent Redirect'), (400, 'Bad Request'), (
    401, 'Unauthorized'), (402, 'Payment Required'), (403, 'Forbidden'), (404, 'Not Found'), (405, 'Method Not Allowed'), (406, 'Not Acceptable'), (
    407, 'Proxy Authentication Required'), (408, 'Request Timeout'), (409, 'Conflict'), (410, 'Gone'), (411, 'Length Required'), (
    412, 'Precondition Failed'), (413, 'Request Entity Too Large'), (414, 'Request-URI Too Long'), (415, 'Unsupported Media Type'), (
    416, 'Requested Range Not Satisfiable'), (417, 'Expectation Failed'), (418, "I'm a Teapot"), (422, 'Unprocessable Entity'), (
    423, 'Locked'), (425, 'Too Early'), (426, 'Upgrade Required'), (428, 'Precondition Required'), (429, 'Too Many Requests'), (
    431, 'Request Header Fields Too Large'), (451, 'Unavailable For Legal Reasons'), (500, 'Internal Server Error'), (501, 'Not Implemented'), (
    502, 'Bad Gateway'), (503, 'Service Unavailable'), (504, 'Gateway Timeout'), (505, 'HTTP Version Not Supported'), (507, 'Insufficient Storage')
_words = {400: 'Bad request syntax or unsupported method', 401: 'No permission -- see authorization schemes', 403: 'Request forbidden -- authorization will not help',
          404: 'Nothing matches the given URI', 405: 'Specified method is invalid for this resource', 500: 'Server got itself in trouble',
          501: 'Server does not support this operation', 301: 'Object moved permanently -- see URI list', 408: 'Request timed out; try again later.'}
for _code, _phrase in _table:
    _one = HTTPStatus(_code, _phrase, _words.get(_code, ''))
    _all.append(_one)
    setattr(HTTPStatus, _one.name, _one)


class _Statuses(type):
    pass


def _iterate():
    return iter(_all)


class HTTPMethod:
    GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS = 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'
`;
