/** `base64`. */
export const SOURCE = String.raw`
from _bytes import to_base64 as _to, from_base64 as _from
import binascii


def _bytes(s):
    return s.encode('ascii') if isinstance(s, str) else bytes(s)


def b64encode(s, altchars=None):
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    made = _to(bytes(s))
    return made.replace(b'+', altchars[:1]).replace(b'/', altchars[1:]) if altchars else made


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars:
        altchars = _bytes(altchars)
        s = s.replace(altchars[:1], b'+').replace(altchars[1:], b'/')
    made = _from(s)
    if made is None:
        raise binascii.Error('Incorrect padding')
    return made


standard_b64encode, standard_b64decode = b64encode, b64decode


def urlsafe_b64encode(s):
    return b64encode(s, b'-_')


def urlsafe_b64decode(s):
    return b64decode(s, b'-_')


def encodebytes(s):
    text = _to(bytes(s))
    return b''.join(text[at:at + 76] + b'\n' for at in range(0, len(text), 76))


decodebytes = b64decode
_A32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def b32encode(s):
    bits = ''.join('%s' % format(byte, '08b') for byte in bytes(s))
    bits += '0' * (-len(bits) % 5)
    text = bytes(_A32[int(bits[at:at + 5], 2)] for at in range(0, len(bits), 5))
    return text + b'=' * (-len(text) % 8)


def b32decode(s, casefold=False):
    text = _bytes(s).rstrip(b'=')
    bits = ''.join(format(_A32.index(bytes([byte])), '05b') for byte in text)
    return bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits) // 8 * 8, 8))


def b16encode(s):
    return bytes(s).hex().upper().encode()


def b16decode(s, casefold=False):
    return bytes.fromhex(_bytes(s).decode())
`;
