/** `hmac`. */
export const SOURCE = `
from _bytes import hmac as _hmac, sizes as _sizes


class HMAC:
    def __init__(self, key, msg=None, digestmod=''):
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._key = bytes(key)
        self._name = digestmod if isinstance(digestmod, str) else digestmod().name
        self._data = bytes(msg or b'')
        self.digest_size = _sizes(self._name)[0]

    def update(self, msg):
        self._data += bytes(msg)

    def digest(self):
        return _hmac(self._name, self._key, self._data)

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=''):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    return a == b
`;
