/** `hashlib` and `hmac`. */
export const SOURCE = `
from _bytes import digest as _digest, sizes as _sizes, pbkdf2 as _pbkdf2

algorithms_guaranteed = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_256', 'sha3_512', 'blake2b', 'blake2s'}
algorithms_available = algorithms_guaranteed


class HASH:
    def __init__(self, name, data=b''):
        self.name = name
        self.digest_size, self.block_size = _sizes(name)
        self._data = [bytes(data)]

    def update(self, data):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data.append(bytes(data))

    def digest(self):
        self._data = [b''.join(self._data)]
        return _digest(self.name, self._data[0])

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        made = HASH(self.name)
        made._data = list(self._data)
        return made

    def __repr__(self):
        return '<%s _hashlib.HASH object @ 0x%x>' % (self.name, id(self))


def new(name, data=b'', **kwargs):
    if isinstance(data, str):
        raise TypeError('Strings must be encoded before hashing')
    return HASH(name.lower().replace('-', ''), data)


def _maker(name):
    def make(data=b'', **kwargs):
        return new(name, data)
    make.__name__ = 'openssl_' + name
    return make


for _one in algorithms_guaranteed:
    globals()[_one] = _maker(_one)


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    return _pbkdf2(hash_name, password, salt, iterations, dklen or _sizes(hash_name)[0])


def file_digest(fileobj, digest):
    made = new(digest) if isinstance(digest, str) else digest()
    made.update(fileobj.read())
    return made
`;
