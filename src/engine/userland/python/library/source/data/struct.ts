/** `struct`. */
export const SOURCE = `
from _bytes import pack as _pack, unpack as _unpack, calcsize as _size


class error(Exception):
    pass


def _as(fn, *args):
    try:
        return fn(*args)
    except ValueError as problem:
        raise error(str(problem)) from None


def calcsize(format):
    return _as(_size, format)


def pack(format, *values):
    return _as(_pack, format, values)


def unpack(format, buffer):
    size = calcsize(format)
    if len(buffer) != size:
        raise error('unpack requires a buffer of %d bytes' % size)
    return _unpack(format, buffer, 0)


def unpack_from(format, buffer, offset=0):
    size = calcsize(format)
    if len(buffer) - offset < size:
        raise error('unpack_from requires a buffer of at least %d bytes for unpacking %d bytes at offset %d (actual buffer size is %d)' % (size + offset, size, offset, len(buffer)))
    return _unpack(format, buffer, offset)


def pack_into(format, buffer, offset, *values):
    for at, byte in enumerate(pack(format, *values)):
        buffer[offset + at] = byte


def iter_unpack(format, buffer):
    size = calcsize(format)
    for at in range(0, len(buffer), size):
        yield _unpack(format, buffer, at)


class Struct:
    def __init__(self, format):
        self.format = format
        self.size = calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def unpack(self, buffer):
        return unpack(self.format, buffer)

    def unpack_from(self, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)
`;
