/** `uuid`. */
export const SOURCE = `
import os
import time


class UUID:
    def __init__(self, hex=None, bytes=None, int=None, version=None):
        if hex is not None:
            digits = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
            if len(digits) != 32:
                raise ValueError('badly formed hexadecimal UUID string')
            int = _int(digits, 16)
        elif bytes is not None:
            int = _int.from_bytes(bytes, 'big')
        if version is not None:
            int = int & ~(0xc000 << 48) | 0x8000 << 48
            int = int & ~(0xf000 << 64) | version << 76
        self.int = int

    @property
    def hex(self):
        return '%032x' % self.int

    @property
    def bytes(self):
        return self.int.to_bytes(16, 'big')

    @property
    def version(self):
        return self.int >> 76 & 15

    @property
    def urn(self):
        return 'urn:uuid:' + str(self)

    def __str__(self):
        digits = self.hex
        return '-'.join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def __repr__(self):
        return 'UUID(%r)' % str(self)

    def __eq__(self, other):
        return isinstance(other, UUID) and self.int == other.int

    def __lt__(self, other):
        return self.int < other.int

    def __hash__(self):
        return hash(self.int)

    def __int__(self):
        return self.int


_int = int


def uuid4():
    return UUID(bytes=os.urandom(16), version=4)


def getnode():
    return _int.from_bytes(os.urandom(6), 'big') | 1 << 40


def uuid1(node=None, clock_seq=None):
    stamp = time.time_ns() // 100 + 0x01b21dd213814000
    seq = _int.from_bytes(os.urandom(2), 'big') & 0x3fff
    number = (stamp & 0xffffffff) << 96 | (stamp >> 32 & 0xffff) << 80 | (stamp >> 48 & 0x0fff) << 64 | seq << 48 | (node or getnode())
    return UUID(int=number, version=1)


def _named(version, kind):
    def make(namespace, name):
        import hashlib
        data = namespace.bytes + (name.encode() if isinstance(name, str) else name)
        return UUID(bytes=hashlib.new(kind, data).digest()[:16], version=version)
    return make


uuid3, uuid5 = _named(3, 'md5'), _named(5, 'sha1')
NAMESPACE_DNS = UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_URL = UUID('6ba7b811-9dad-11d1-80b4-00c04fd430c8')
`;
