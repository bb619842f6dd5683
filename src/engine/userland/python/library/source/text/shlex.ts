/** `shlex`. */
export const SOURCE = String.raw`
import re
import sys

__all__ = ['shlex', 'split', 'quote', 'join']
_PLAIN = re.compile(r'[\w@%+=:,./-]+', re.ASCII)


def quote(s):
    if not s:
        return "''"
    if _PLAIN.fullmatch(s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return ' '.join(quote(one) for one in split_command)


class shlex:
    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if instream is None:
            instream = sys.stdin
        self._text = instream if isinstance(instream, str) else instream.read()
        self._at = 0
        self.infile, self.posix, self.eof = infile, posix, None if posix else ''
        self.commenters, self.whitespace, self.whitespace_split = '#', ' \t\r\n', False
        self.quotes, self.escape, self.escapedquotes = '\'"', '\\', '"'
        self.wordchars = 'abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
        self.punctuation_chars = '();<>|&' if punctuation_chars is True else punctuation_chars or ''
        if self.punctuation_chars:
            self.wordchars += '~-./*?='
        self.lineno = 1
        self._pushed = []

    def push_token(self, tok):
        self._pushed.insert(0, tok)

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token

    def get_token(self):
        return self._pushed.pop(0) if self._pushed else self.read_token()

    def _next(self):
        char = self._text[self._at:self._at + 1]
        self._at += 1
        self.lineno += char == '\n'
        return char

    def read_token(self):
        token, is_quoted, is_begun = '', False, False
        while True:
            char = self._next()
            if not char:
                return token if is_begun or is_quoted else self.eof
            if char in self.whitespace:
                if is_begun or is_quoted:
                    return token
            elif char in self.commenters and not is_begun:
                while char not in ('', '\n'):
                    char = self._next()
            elif self.posix and char in self.escape:
                following = self._next()
                if not following:
                    raise ValueError('No escaped character')
                token, is_begun = token + following, True
            elif char in self.quotes and (self.posix or not is_begun):
                text = self._quoted(char)
                token, is_quoted = token + text, True
                if not self.posix:
                    return token
                is_begun = True
            elif self.punctuation_chars and char in self.punctuation_chars:
                if is_begun:
                    self._at -= 1
                    return token
                while char and char in self.punctuation_chars:
                    token, char = token + char, self._next()
                self._at -= 1
                return token
            elif self.whitespace_split or char in self.wordchars or char in self.quotes or (self.posix and char > '\x7f'):
                token, is_begun = token + char, True
            else:
                if not is_begun:
                    return char
                self._at -= 1
                return token

    def _quoted(self, mark):
        text = '' if self.posix else mark
        while True:
            char = self._next()
            if not char:
                raise ValueError('No closing quotation')
            if char == mark:
                return text if self.posix else text + mark
            if self.posix and char in self.escape and mark in self.escapedquotes:
                following = self._next()
                if not following:
                    raise ValueError('No escaped character')
                text += following if following in (mark, char) else char + following
            else:
                text += char


def split(s, comments=False, posix=True):
    if s is None:
        raise ValueError('s argument must not be None')
    lexer = shlex(s, posix=posix)
    lexer.whitespace_split = True
    if not comments:
        lexer.commenters = ''
    return list(lexer)

`;
