/** `binascii`. */
export const SOURCE = String.raw`
from _bytes import to_base64 as _to, from_base64 as _from, crc32 as _crc32


class Error(ValueError):
    pass


Incomplete = Error


def hexlify(data, sep=None):
    return bytes(data).hex().encode()


b2a_hex = hexlify


def unhexlify(text):
    return bytes.fromhex(text if isinstance(text, str) else text.decode())


a2b_hex = unhexlify


def crc32(data, value=0):
    return _crc32(data, value)


def b2a_base64(data, *, newline=True):
    return _to(data) + (b'\n' if newline else b'')


def a2b_base64(data):
    made = _from(data)
    if made is None:
        raise Error('Incorrect padding')
    return made
`;
