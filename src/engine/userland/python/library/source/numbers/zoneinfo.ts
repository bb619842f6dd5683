/** `zoneinfo`. */
export const SOURCE = String.raw`
import os
from datetime import datetime, timedelta, tzinfo
from struct import unpack

__all__ = ['ZoneInfo', 'ZoneInfoNotFoundError', 'InvalidTZPathWarning', 'available_timezones', 'reset_tzpath', 'TZPATH']
TZPATH = ('/usr/share/zoneinfo', '/usr/lib/zoneinfo', '/usr/share/lib/zoneinfo', '/etc/zoneinfo')
_EPOCH = datetime(1970, 1, 1)


class ZoneInfoNotFoundError(KeyError):
    pass


class InvalidTZPathWarning(RuntimeWarning):
    pass


def reset_tzpath(to=None):
    global TZPATH
    TZPATH = tuple(to) if to is not None else TZPATH


def available_timezones():
    found = {'UTC'}
    for folder in TZPATH:
        for where, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(where, name)
                with open(path, 'rb') as file:
                    if file.read(4) == b'TZif':
                        found.add(os.path.relpath(path, folder))
    return found


def _table(data, at, size):
    # A block of a TZif file (RFC 8536): the moments of changes, their kinds, the kinds; and where the block ends.
    is_utc, is_std, leaps, times, kinds, chars = unpack('>6l', data[at + 20:at + 44])
    at += 44
    moments = unpack('>%d%s' % (times, 'q' if size == 8 else 'l'), data[at:at + times * size])
    at += times * size
    which = list(data[at:at + times])
    at += times
    raw = [unpack('>lBB', data[at + 6 * one:at + 6 * one + 6]) for one in range(kinds)]
    at += kinds * 6
    names = data[at:at + chars]
    known = [(offset, bool(dst), names[start:names.index(b'\0', start)].decode()) for offset, dst, start in raw]
    return (moments, which, known), at + chars + leaps * (size + 4) + is_std + is_utc


class ZoneInfo(tzinfo):
    _cache = {}

    def __new__(cls, key):
        if key not in cls._cache:
            cls._cache[key] = cls.no_cache(key)
        return cls._cache[key]

    @classmethod
    def no_cache(cls, key):
        if os.path.isabs(key) or '..' in key.split('/'):
            raise ValueError('ZoneInfo keys may not be absolute paths, got: %s' % key)
        for folder in TZPATH:
            path = os.path.join(folder, key)
            if os.path.isfile(path):
                with open(path, 'rb') as file:
                    data = file.read()
                if data[:4] == b'TZif':
                    return cls._made(key, data)
        if key in ('UTC', 'Etc/UTC'):
            return cls._made(key, None)
        raise ZoneInfoNotFoundError('No time zone found with key %s' % key)

    @classmethod
    def from_file(cls, fobj, /, key=None):
        return cls._made(key, fobj.read())

    @classmethod
    def _made(cls, key, data):
        self = super().__new__(cls)
        self._key = key
        if data is None:
            self._moments, self._which, self._kinds = (), [], [(0, False, 'UTC')]
            return self
        table, end = _table(data, 0, 4)
        if data[4:5] >= b'2':
            table, end = _table(data, end, 8)
        self._moments, self._which, self._kinds = table
        return self

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        for key in list(cls._cache) if only_keys is None else only_keys:
            cls._cache.pop(key, None)

    key = property(lambda self: self._key)

    def _at(self, seconds):
        if not self._moments or seconds < self._moments[0]:
            return next((one for one in self._kinds if not one[1]), self._kinds[0])
        low, high = 0, len(self._moments)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._moments[middle] <= seconds else (low, middle)
        return self._kinds[self._which[low]]

    def _local(self, dt):
        if dt is None:
            return self._kinds[0] if len(self._kinds) == 1 else None
        span = dt.replace(tzinfo=None) - _EPOCH
        seconds = span.days * 86400 + span.seconds
        before, after = self._at(seconds - 86400), self._at(seconds + 86400)
        early, late = self._at(seconds - before[0]), self._at(seconds - after[0])
        return early if early == late or not dt.fold else late

    def utcoffset(self, dt):
        kind = self._local(dt)
        return None if kind is None else timedelta(seconds=kind[0])

    def dst(self, dt):
        kind = self._local(dt)
        return None if kind is None else timedelta(hours=1 if kind[1] else 0)

    def tzname(self, dt):
        kind = self._local(dt)
        return None if kind is None else kind[2]

    def fromutc(self, dt):
        span = dt.replace(tzinfo=None) - _EPOCH
        return dt + timedelta(seconds=self._at(span.days * 86400 + span.seconds)[0])

    def __str__(self):
        return self._key if self._key is not None else repr(self)

    def __repr__(self):
        return 'zoneinfo.ZoneInfo(key=%r)' % self._key

`;
