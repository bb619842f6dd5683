/** `datetime`. */
export const SOURCE = String.raw`
class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if not 0 <= hour <= 23:
            raise ValueError('hour must be in 0..23')
        if not 0 <= minute <= 59:
            raise ValueError('minute must be in 0..59')
        if not 0 <= second <= 59:
            raise ValueError('second must be in 0..59')
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo

    def isoformat(self, timespec='auto'):
        return _clock(self, timespec) + _offset_text(self.tzinfo.utcoffset(None) if self.tzinfo else None)

    __str__ = isoformat

    def strftime(self, format):
        return _strftime(format, (1900, 1, 1, self.hour, self.minute, self.second, 0, 1, -1), self.microsecond, '', '')

    @classmethod
    def fromisoformat(cls, text):
        return datetime.fromisoformat('2000-01-01T' + text).time()

    def _key(self):
        return (self.hour, self.minute, self.second, self.microsecond)

    def __eq__(self, other):
        return isinstance(other, time) and self._key() == other._key()

    def __lt__(self, other):
        return self._key() < other._key()

    def __le__(self, other):
        return self._key() <= other._key()

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        text = 'datetime.time(%d, %d' % (self.hour, self.minute)
        if self.second or self.microsecond:
            text += ', %d' % self.second
        if self.microsecond:
            text += ', %d' % self.microsecond
        return text + ')'


def _clock(t, timespec):
    if timespec == 'auto':
        timespec = 'microseconds' if t.microsecond else 'seconds'
    text = '%02d' % t.hour
    if timespec != 'hours':
        text += ':%02d' % t.minute
        if timespec != 'minutes':
            text += ':%02d' % t.second
            if timespec == 'milliseconds':
                text += '.%03d' % (t.microsecond // 1000)
            elif timespec == 'microseconds':
                text += '.%06d' % t.microsecond
    return text


class datetime(date):
    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self = date.__new__(cls, year, month, day)
        time(hour, minute, second)
        if not 0 <= microsecond <= 999999:
            raise ValueError('microsecond must be in 0..999999')
        self._hour, self._minute, self._second, self._micro, self._tz = hour, minute, second, microsecond, tzinfo
        self.fold = fold
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._micro)
    tzinfo = property(lambda self: self._tz)

    @classmethod
    def now(cls, tz=None):
        ns = _time.time_ns()
        return cls._at(ns // 1000, tz)

    @classmethod
    def utcnow(cls):
        return cls._at(_time.time_ns() // 1000, None)

    @classmethod
    def _at(cls, micros, tz):
        days, rest = divmod(micros, 86400000000)
        year, month, day = _from_ordinal(719163 + days)
        seconds, micro = divmod(rest, 1000000)
        made = cls(year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60, micro, tz)
        return made if tz is None else tz.fromutc(made)

    @classmethod
    def fromtimestamp(cls, t, tz=None):
        return cls._at(round(t * 1000000), tz)

    @classmethod
    def utcfromtimestamp(cls, t):
        return cls._at(round(t * 1000000), None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, time.tzinfo if tzinfo is True else tzinfo)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def strptime(cls, text, format):
        year, month, day, hour, minute, second, micro, offset = _parse(text, format)
        tz = None if offset is None else timezone.utc if offset == 0 else timezone(timedelta(minutes=offset))
        return cls(year, month, day, hour, minute, second, micro, tz)

    @classmethod
    def fromisoformat(cls, text):
        import re
        found = re.fullmatch(r'(\d{4})-?(\d\d)-?(\d\d)(?:.(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,6})\d*)?)?)?(Z|[-+]\d\d:?\d\d(?::?\d\d)?)?)?', text) if isinstance(text, str) else None
        if found is None:
            raise ValueError('Invalid isoformat string: %r' % (text,))
        numbers = [int(one or 0) for one in found.groups()[:6]]
        micro = int((found.group(7) or '').ljust(6, '0') or 0)
        tz = None
        zone = found.group(8)
        if zone:
            if zone == 'Z':
                tz = timezone.utc
            else:
                digits = zone[1:].replace(':', '')
                minutes = int(digits[:2]) * 60 + int(digits[2:4])
                tz = timezone(timedelta(minutes=-minutes if zone[0] == '-' else minutes)) if minutes else timezone.utc
        return cls(*numbers, micro, tz)

    def date(self):
        return date(self._year, self._month, self._day)

    def time(self):
        return time(self._hour, self._minute, self._second, self._micro)

    def timetz(self):
        return time(self._hour, self._minute, self._second, self._micro, self._tz)

    def utcoffset(self):
        return None if self._tz is None else self._tz.utcoffset(self)

    def tzname(self):
        return None if self._tz is None else self._tz.tzname(self)

    def dst(self):
        return None if self._tz is None else self._tz.dst(self)

    def timetuple(self):
        return _time.struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second, self.weekday(), self.toordinal() - _ordinal(self._year, 1, 1) + 1, -1 if self._tz is None else 0))

    def utctimetuple(self):
        return (self - (self.utcoffset() or timedelta(0))).timetuple()

    def _micros(self):
        return ((self.toordinal() * 24 + self._hour) * 60 + self._minute) * 60000000 + self._second * 1000000 + self._micro

    def _utc(self):
        offset = self.utcoffset()
        return self._micros() - (offset._total() if offset else 0)

    def timestamp(self):
        return (self._utc() - 719163 * 86400000000) / 1000000

    def astimezone(self, tz=None):
        tz = tz or timezone.utc
        here = self if self._tz is not None else self.replace(tzinfo=timezone.utc)
        plain = datetime._at(here._utc() - 719163 * 86400000000, None)
        return tz.fromutc(plain.replace(tzinfo=tz))

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        pick = lambda new, old: old if new is None else new
        return type(self)(pick(year, self._year), pick(month, self._month), pick(day, self._day), pick(hour, self._hour), pick(minute, self._minute),
                          pick(second, self._second), pick(microsecond, self._micro), self._tz if tzinfo is True else tzinfo)

    def isoformat(self, sep='T', timespec='auto'):
        return date.isoformat(self) + sep + _clock(self, timespec) + _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat(' ')

    def __repr__(self):
        parts = [self._year, self._month, self._day, self._hour, self._minute]
        if self._second or self._micro:
            parts.append(self._second)
        if self._micro:
            parts.append(self._micro)
        text = ', '.join(map(str, parts))
        return 'datetime.datetime(' + text + (', tzinfo=%r' % self._tz if self._tz is not None else '') + ')'

    def strftime(self, format):
        return _strftime(format, self.timetuple(), self._micro, self.tzname() or '', _offset_text(self.utcoffset(), ''))

    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')

    def __add__(self, other):
        if isinstance(other, timedelta):
            made = type(self)._at(self._micros() - 719163 * 86400000000 + other._total(), None)
            return made if self._tz is None else made.replace(tzinfo=self._tz)
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if isinstance(other, datetime):
            if (self._tz is None) != (other._tz is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return timedelta(microseconds=self._utc() - other._utc())
        return NotImplemented

    def _compared(self, other):
        if (self._tz is None) != (other._tz is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return self._utc() - other._utc()

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return (self._tz is None) == (other._tz is None) and self._utc() == other._utc()

    def __lt__(self, other):
        return self._compared(other) < 0 if isinstance(other, datetime) else NotImplemented

    def __le__(self, other):
        return self._compared(other) <= 0 if isinstance(other, datetime) else NotImplemented

    def __gt__(self, other):
        return self._compared(other) > 0 if isinstance(other, datetime) else NotImplemented

    def __ge__(self, other):
        return self._compared(other) >= 0 if isinstance(other, datetime) else NotImplemented

    def __hash__(self):
        return hash(self._utc())


date.min, date.max = date(1, 1, 1), date(9999, 12, 31)
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)
`;
