/** `ipaddress`. */
export const SOURCE = String.raw`
import functools

IPV4LENGTH, IPV6LENGTH = 32, 128


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


def _first(value, kinds, message):
    for kind in kinds:
        try:
            return kind(value)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(message % (value,))


def ip_address(address):
    return _first(address, (IPv4Address, IPv6Address), '%r does not appear to be an IPv4 or IPv6 address')


def ip_network(address, strict=True):
    return _first(address, (lambda one: IPv4Network(one, strict), lambda one: IPv6Network(one, strict)), '%r does not appear to be an IPv4 or IPv6 network')


def ip_interface(address):
    return _first(address, (IPv4Interface, IPv6Interface), '%r does not appear to be an IPv4 or IPv6 interface')


@functools.total_ordering
class _Address:
    def __init__(self, address):
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError('%d (< 0) is not permitted as an IPv%d address' % (address, self.version))
            if address >> self.max_prefixlen:
                raise AddressValueError('%d (>= 2**%d) is not permitted as an IPv%d address' % (address, self.max_prefixlen, self.version))
            self._ip = address
        elif isinstance(address, bytes):
            if len(address) != self.max_prefixlen // 8:
                raise AddressValueError('%r (len %d != %d) is not permitted as an IPv%d address' % (address, len(address), self.max_prefixlen // 8, self.version))
            self._ip = int.from_bytes(address, 'big')
        else:
            text = str(address)
            if '/' in text:
                raise AddressValueError('Unexpected \'/\' in %r' % text)
            self._ip = self._read(text)

    packed = property(lambda self: self._ip.to_bytes(self.max_prefixlen // 8, 'big'))
    compressed = property(str)
    exploded = property(lambda self: self._long(self._ip))
    is_private = property(lambda self: any(self in one for one in _SPECIAL[self.version]['private']) and not any(self in one for one in _SPECIAL[self.version]['public']))
    is_global = property(lambda self: not self.is_private and not (self.version == 4 and self in IPv4Network('100.64.0.0/10')))
    is_loopback = property(lambda self: self in _SPECIAL[self.version]['loopback'])
    is_multicast = property(lambda self: self in _SPECIAL[self.version]['multicast'])
    is_link_local = property(lambda self: self in _SPECIAL[self.version]['link_local'])
    is_reserved = property(lambda self: any(self in one for one in _SPECIAL[self.version]['reserved']))
    is_unspecified = property(lambda self: self._ip == 0)

    @property
    def reverse_pointer(self):
        if self.version == 4:
            return '.'.join(reversed(str(self).split('.'))) + '.in-addr.arpa'
        return '.'.join(reversed(self.exploded.replace(':', ''))) + '.ip6.arpa'

    def __int__(self): return self._ip
    def __str__(self): return self._text(self._ip)
    def __repr__(self): return '%s(%r)' % (type(self).__name__, str(self))
    def __hash__(self): return hash((self.version, self._ip))
    def __add__(self, other): return type(self)(self._ip + other) if isinstance(other, int) else NotImplemented
    def __sub__(self, other): return type(self)(self._ip - other) if isinstance(other, int) else NotImplemented

    def __eq__(self, other):
        return self.version == other.version and self._ip == other._ip if isinstance(other, _Address) else NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Address):
            return NotImplemented
        if self.version != other.version:
            raise TypeError('%s and %s are not of the same version' % (self, other))
        return self._ip < other._ip


class _Four:
    version, max_prefixlen = 4, 32

    @staticmethod
    def _read(text):
        if not text:
            raise AddressValueError('Address cannot be empty')
        parts = text.split('.')
        if len(parts) != 4:
            raise AddressValueError('Expected 4 octets in %r' % text)
        number = 0
        for part in parts:
            if not part:
                raise AddressValueError('Empty octet not permitted in %r' % text)
            if not (part.isascii() and part.isdigit()):
                raise AddressValueError('Only decimal digits permitted in %r in %r' % (part, text))
            if len(part) > 3:
                raise AddressValueError('At most 3 characters permitted in %r in %r' % (part, text))
            if part != '0' and part[0] == '0':
                raise AddressValueError('Leading zeros are not permitted in %r in %r' % (part, text))
            if int(part) > 255:
                raise AddressValueError('Octet %d (> 255) not permitted in %r' % (int(part), text))
            number = number * 256 + int(part)
        return number

    @staticmethod
    def _text(number):
        return '.'.join(str(number >> shift & 255) for shift in (24, 16, 8, 0))

    _long = _text


class _Six:
    version, max_prefixlen = 6, 128

    @staticmethod
    def _read(text):
        if not text:
            raise AddressValueError('Address cannot be empty')
        text = text.partition('%')[0]
        parts = text.split(':')
        if len(parts) < 3:
            raise AddressValueError('At least 3 parts expected in %r' % text)
        if '.' in parts[-1]:
            number = _Four._read(parts.pop())
            parts += ['%x' % (number >> 16), '%x' % (number & 65535)]
        if len(parts) > 9:
            raise AddressValueError('At most 8 colons permitted in %r' % text)
        if text.count('::') > 1:
            raise AddressValueError("At most one '::' permitted in %r" % text)
        if '::' in text:
            before, _, after = ':'.join(parts).partition('::')
            left, right = [one.split(':') if one else [] for one in (before, after)]
            parts = left + ['0'] * (8 - len(left) - len(right)) + right
        if len(parts) != 8:
            raise AddressValueError("Exactly 8 parts expected without '::' in %r" % text)
        number = 0
        for part in parts:
            if not part or any(char not in '0123456789abcdefABCDEF' for char in part):
                raise AddressValueError('Only hex digits permitted in %r in %r' % (part, text))
            if len(part) > 4:
                raise AddressValueError('At most 4 characters permitted in %r in %r' % (part, text))
            number = number << 16 | int(part, 16)
        return number

    @staticmethod
    def _text(number):
        words = ['%x' % (number >> shift & 65535) for shift in range(112, -1, -16)]
        best, size, at = -1, 1, 0
        while at < 8:
            end = at
            while end < 8 and words[end] == '0':
                end += 1
            if end - at > size:
                best, size = at, end - at
            at = max(end, at + 1)
        if best < 0:
            return ':'.join(words)
        return ':'.join(words[:best]) + '::' + ':'.join(words[best + size:])

    @staticmethod
    def _long(number):
        return ':'.join('%04x' % (number >> shift & 65535) for shift in range(112, -1, -16))


class IPv4Address(_Four, _Address):
    pass


class IPv6Address(_Six, _Address):
    @property
    def ipv4_mapped(self):
        return IPv4Address(self._ip & 0xffffffff) if self._ip >> 32 == 0xffff else None


def _mask(text, kind, size):
    if text.isascii() and text.isdigit() and int(text) <= size:
        return int(text)
    try:
        number = int(kind(text)) if size == 32 else -1
    except AddressValueError:
        number = -1
    for length in range(size + 1):
        full = (1 << size) - (1 << size - length)
        if number == full or (number == (1 << size) - 1 - full and 0 < length < size):
            return length
    raise NetmaskValueError('%r is not a valid netmask' % text)


def _split(value, kind, size):
    if isinstance(value, (int, bytes)):
        return kind(value), size
    if isinstance(value, tuple):
        return kind(value[0]), _mask(str(value[1]), kind, size) if len(value) > 1 else size
    text, slash, mask = str(value).partition('/')
    if '/' in mask:
        raise AddressValueError("Only one '/' permitted in %r" % str(value))
    return kind(text), _mask(mask, kind, size) if slash else size


@functools.total_ordering
class _Network:
    def __init__(self, address, strict=True):
        one, self._prefixlen = _split(address, self._kind, self.max_prefixlen)
        first = int(one) & int(self.netmask)
        if first != int(one) and strict:
            raise ValueError('%s has host bits set' % (address if not isinstance(address, tuple) else '%s/%d' % (one, self._prefixlen)))
        self.network_address = self._kind(first)

    prefixlen = property(lambda self: self._prefixlen)
    netmask = property(lambda self: self._kind((1 << self.max_prefixlen) - (1 << self.max_prefixlen - self._prefixlen)))
    hostmask = property(lambda self: self._kind((1 << self.max_prefixlen - self._prefixlen) - 1))
    broadcast_address = property(lambda self: self._kind(int(self.network_address) | int(self.hostmask)))
    num_addresses = property(lambda self: 1 << self.max_prefixlen - self._prefixlen)
    with_prefixlen = compressed = property(str)
    with_netmask = property(lambda self: '%s/%s' % (self.network_address, self.netmask))
    with_hostmask = property(lambda self: '%s/%s' % (self.network_address, self.hostmask))
    exploded = property(lambda self: '%s/%d' % (self.network_address.exploded, self._prefixlen))
    is_private = property(lambda self: self.network_address.is_private and self.broadcast_address.is_private)
    is_loopback = property(lambda self: self.network_address.is_loopback and self.broadcast_address.is_loopback)
    is_multicast = property(lambda self: self.network_address.is_multicast and self.broadcast_address.is_multicast)
    is_link_local = property(lambda self: self.network_address.is_link_local and self.broadcast_address.is_link_local)

    def __str__(self): return '%s/%d' % (self.network_address, self._prefixlen)
    def __repr__(self): return '%s(%r)' % (type(self).__name__, str(self))
    def __hash__(self): return hash((int(self.network_address), self._prefixlen))
    def __iter__(self): return (self._kind(one) for one in range(int(self.network_address), int(self.broadcast_address) + 1))

    def __getitem__(self, at):
        if not -self.num_addresses <= at < self.num_addresses:
            raise IndexError('address out of range')
        return self._kind((int(self.network_address) if at >= 0 else int(self.broadcast_address) + 1) + at)

    def __contains__(self, other):
        return isinstance(other, _Address) and other.version == self.version and int(self.network_address) <= other._ip <= int(self.broadcast_address)

    def __eq__(self, other):
        return (self.version, self.network_address, self._prefixlen) == (other.version, other.network_address, other._prefixlen) if isinstance(other, _Network) else NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        if self.version != other.version:
            raise TypeError('%s and %s are not of the same version' % (self, other))
        return (self.network_address, self._prefixlen) < (other.network_address, other._prefixlen)

    def hosts(self):
        first, last = int(self.network_address), int(self.broadcast_address)
        if self._prefixlen == self.max_prefixlen:
            return [self._kind(first)]
        if self._prefixlen == self.max_prefixlen - 1:
            return [self._kind(first), self._kind(last)]
        return (self._kind(one) for one in range(first + 1, last + (self.version == 6)))

    def overlaps(self, other): return other.network_address in self or other.broadcast_address in self or self.network_address in other
    def subnet_of(self, other): return self.network_address in other and self.broadcast_address in other
    def supernet_of(self, other): return other.subnet_of(self)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        length = self._prefixlen + prefixlen_diff if new_prefix is None else new_prefix
        if length < self._prefixlen:
            raise ValueError('new prefix must be longer')
        if length > self.max_prefixlen:
            raise ValueError('prefix length diff %d is invalid for netblock %s' % (length, self))
        if self._prefixlen == self.max_prefixlen:
            return iter([self])
        step = 1 << self.max_prefixlen - length
        return (type(self)((one, length)) for one in range(int(self.network_address), int(self.broadcast_address) + 1, step))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        length = self._prefixlen - prefixlen_diff if new_prefix is None else new_prefix
        if length < 0:
            raise ValueError('current prefixlen is %d, cannot have a prefixlen_diff of %d' % (self._prefixlen, prefixlen_diff))
        return type(self)((int(self.network_address), length), strict=False)

    def address_exclude(self, other):
        if not other.subnet_of(self):
            raise ValueError('%s not contained in %s' % (other, self))
        rest = self
        while rest != other:
            left, right = rest.subnets()
            rest, aside = (left, right) if other.subnet_of(left) else (right, left)
            yield aside


class IPv4Network(_Four, _Network):
    _kind = IPv4Address


class IPv6Network(_Six, _Network):
    _kind = IPv6Address


class _Interface:
    def __init__(self, address):
        one, length = _split(address, self._kind, self.max_prefixlen)
        self._kind.__init__(self, int(one))
        self.network = self._net((int(one), length), strict=False)

    ip = property(lambda self: self._kind(self._ip))
    netmask = property(lambda self: self.network.netmask)
    with_prefixlen = compressed = property(str)
    with_netmask = property(lambda self: '%s/%s' % (self.ip, self.netmask))

    def __str__(self): return '%s/%d' % (self._text(self._ip), self.network.prefixlen)
    def __hash__(self): return hash((self._ip, self.network.prefixlen))


class IPv4Interface(_Interface, IPv4Address):
    _kind, _net = IPv4Address, IPv4Network


class IPv6Interface(_Interface, IPv6Address):
    _kind, _net = IPv6Address, IPv6Network


def summarize_address_range(first, last):
    kind, at, end, size = (IPv4Network if first.version == 4 else IPv6Network), int(first), int(last), first.max_prefixlen
    while at <= end:
        bits = min((at & -at).bit_length() - 1 if at else size, (end - at + 1).bit_length() - 1)
        yield kind((at, size - bits))
        at += 1 << bits


def collapse_addresses(addresses):
    spans = []
    for one in sorted(one if isinstance(one, _Network) else (IPv4Network if one.version == 4 else IPv6Network)(int(one)) for one in addresses):
        if spans and int(one.network_address) <= int(spans[-1][1]) + 1:
            spans[-1][1] = max(spans[-1][1], one.broadcast_address)
        else:
            spans.append([one.network_address, one.broadcast_address])
    return (net for first, last in spans for net in summarize_address_range(first, last))


def _nets(kind, *texts): return [kind(one) for one in texts]


_SPECIAL = {
    4: {
        'private': _nets(IPv4Network, '0.0.0.0/8', '10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.0.170/31', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '240.0.0.0/4', '255.255.255.255/32'),
        'public': _nets(IPv4Network, '192.0.0.9/32', '192.0.0.10/32'),
        'loopback': IPv4Network('127.0.0.0/8'), 'multicast': IPv4Network('224.0.0.0/4'), 'link_local': IPv4Network('169.254.0.0/16'), 'reserved': [IPv4Network('240.0.0.0/4')],
    },
    6: {
        'private': _nets(IPv6Network, '::1/128', '::/128', '::ffff:0:0/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', 'fc00::/7', 'fe80::/10'),
        'public': _nets(IPv6Network, '2001:1::1/128', '2001:1::2/128', '2001:3::/32', '2001:4:112::/48', '2001:20::/28', '2001:30::/28'),
        'loopback': IPv6Network('::1/128'), 'multicast': IPv6Network('ff00::/8'), 'link_local': IPv6Network('fe80::/10'),
        'reserved': _nets(IPv6Network, '::/8', '100::/8', '200::/7', '400::/6', '800::/5', '1000::/4', '4000::/3', '6000::/3', '8000::/3', 'a000::/3', 'c000::/3', 'e000::/4', 'f000::/5', 'f800::/6', 'fe00::/9'),
    },
}

`;
