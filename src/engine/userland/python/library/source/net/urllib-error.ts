/** `urllib.error`. */
export const SOURCE = `
class URLError(OSError):
    def __init__(self, reason, filename=None):
        self.args = (reason,)
        self.reason = reason

    def __str__(self):
        return '<urlopen error %s>' % self.reason


class HTTPError(URLError):
    def __init__(self, url, code, msg, hdrs, fp):
        self.url, self.code, self.status, self.msg, self.reason, self.hdrs, self.headers, self.fp = url, code, code, msg, msg, hdrs, hdrs, fp
        self.args = ()

    def read(self, *args):
        return self.fp.read(*args)

    def info(self):
        return self.hdrs

    def getcode(self):
        return self.code

    def geturl(self):
        return self.url

    def close(self):
        self.fp.close()

    def __str__(self):
        return 'HTTP Error %s: %s' % (self.code, self.msg)


class ContentTooShortError(URLError):
    pass
`;
