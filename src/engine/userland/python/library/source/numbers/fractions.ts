/** `fractions`. */
export const SOURCE = String.raw`
import math
import re
import sys
from numbers import Rational

__all__ = ['Fraction']
_FORM = re.compile(r'\s*([-+]?)(?=\d|\.\d)(\d*(?:_\d+)*)(?:/(\d+(?:_\d+)*)|(?:\.(\d*(?:_\d+)*))?(?:[eE]([-+]?\d+))?)\s*')
_HASH = (1 << 61) - 1


class Fraction(Rational):
    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None):
        self = super().__new__(cls)
        if denominator is None:
            if isinstance(numerator, int):
                top, bottom = int(numerator), 1
            elif isinstance(numerator, Fraction):
                top, bottom = numerator._numerator, numerator._denominator
            elif isinstance(numerator, str):
                top, bottom = cls._read(numerator)
            elif hasattr(numerator, 'as_integer_ratio'):
                top, bottom = numerator.as_integer_ratio()
            else:
                raise TypeError('argument should be a string or a Rational instance' if sys.version_info < (3, 12) else 'argument should be a string or a number')
        elif isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction)):
            top = numerator.numerator * denominator.denominator
            bottom = numerator.denominator * denominator.numerator
        else:
            raise TypeError('both arguments should be Rational instances')
        if bottom == 0:
            raise ZeroDivisionError('Fraction(%s, 0)' % top)
        shared = math.gcd(top, bottom)
        if bottom < 0:
            shared = -shared
        self._numerator, self._denominator = top // shared, bottom // shared
        return self

    @staticmethod
    def _read(text):
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError('Invalid literal for Fraction: %r' % text)
        sign, whole, bottom, decimals, power = found.groups()
        top, below = int(whole or '0'), int(bottom or '1')
        if decimals:
            decimals = decimals.replace('_', '')
            below = 10 ** len(decimals)
            top = top * below + int(decimals)
        if power:
            top, below = (top * 10 ** int(power), below) if int(power) >= 0 else (top, below * 10 ** -int(power))
        return -top if sign == '-' else top, below

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    @classmethod
    def from_float(cls, f):
        return cls(*f.as_integer_ratio())

    from_decimal = from_float

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def is_integer(self):
        return self._denominator == 1

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        before, now = (0, 1), (1, 0)
        top, bottom = self._numerator, self._denominator
        while True:
            step = top // bottom
            if before[1] + step * now[1] > max_denominator:
                break
            before, now = now, (before[0] + step * now[0], before[1] + step * now[1])
            top, bottom = bottom, top - step * bottom
        times = (max_denominator - before[1]) // now[1]
        near = Fraction(before[0] + times * now[0], before[1] + times * now[1])
        other = Fraction(*now)
        return other if abs(other - self) <= abs(near - self) else near

    def __repr__(self):
        return 'Fraction(%s, %s)' % (self._numerator, self._denominator)

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else '%s/%s' % (self._numerator, self._denominator)

    def __format__(self, spec):
        return str(self) if not spec else format(float(self), spec) if spec[-1] in 'eEfFgG%' else format(str(self), spec)

    def _with(self, other, exact, rough, is_left=True):
        if isinstance(other, (int, Fraction)):
            a, b = (self, Fraction(other)) if is_left else (Fraction(other), self)
            return exact(a._numerator, a._denominator, b._numerator, b._denominator)
        if isinstance(other, (float, complex)):
            a = float(self) if isinstance(other, float) else complex(self)
            return rough(a, other) if is_left else rough(other, a)
        return NotImplemented

    def __add__(self, other): return self._with(other, _add, lambda a, b: a + b)
    def __radd__(self, other): return self._with(other, _add, lambda a, b: a + b, False)
    def __sub__(self, other): return self._with(other, _sub, lambda a, b: a - b)
    def __rsub__(self, other): return self._with(other, _sub, lambda a, b: a - b, False)
    def __mul__(self, other): return self._with(other, _mul, lambda a, b: a * b)
    def __rmul__(self, other): return self._with(other, _mul, lambda a, b: a * b, False)
    def __truediv__(self, other): return self._with(other, _div, lambda a, b: a / b)
    def __rtruediv__(self, other): return self._with(other, _div, lambda a, b: a / b, False)
    def __floordiv__(self, other): return self._with(other, _floordiv, lambda a, b: a // b)
    def __rfloordiv__(self, other): return self._with(other, _floordiv, lambda a, b: a // b, False)
    def __mod__(self, other): return self._with(other, _mod, lambda a, b: a % b)
    def __rmod__(self, other): return self._with(other, _mod, lambda a, b: a % b, False)
    def __divmod__(self, other): return self // other, self % other

    def __pow__(self, other):
        if isinstance(other, int):
            top, bottom = self._numerator, self._denominator
            if other >= 0:
                return Fraction(top ** other, bottom ** other)
            return Fraction(bottom ** -other, top ** -other)
        return float(self) ** float(other)

    def __rpow__(self, other):
        return other ** (self._numerator if self._denominator == 1 else float(self))

    def __pos__(self): return Fraction(self)
    def __neg__(self): return Fraction(-self._numerator, self._denominator)
    def __abs__(self): return Fraction(abs(self._numerator), self._denominator)
    def __bool__(self): return self._numerator != 0
    def __int__(self): return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator
    def __trunc__(self): return int(self)
    def __float__(self): return self._numerator / self._denominator
    def __complex__(self): return complex(float(self))
    def __floor__(self): return self._numerator // self._denominator
    def __ceil__(self): return -(-self._numerator // self._denominator)
    def __copy__(self): return self
    def __deepcopy__(self, memo): return self

    def __round__(self, ndigits=None):
        if ndigits is not None:
            scale = 10 ** abs(ndigits)
            return Fraction(round(self * scale), scale) if ndigits > 0 else Fraction(round(self / scale) * scale)
        below, rest = divmod(self._numerator, self._denominator)
        return below + (rest * 2 > self._denominator or (rest * 2 == self._denominator and below % 2))

    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        try:
            found = hash(abs(self._numerator)) * pow(self._denominator, -1, _HASH) % _HASH
        except ValueError:
            found = 314159
        return -found if self._numerator < 0 else found

    def __eq__(self, other):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return (self._numerator, self._denominator) == (other._numerator, other._denominator)
        return float(self) == other if isinstance(other, (float, complex)) else NotImplemented

    def _order(self, other, compare):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return compare(self._numerator * other._denominator, other._numerator * self._denominator)
        return compare(float(self), other) if isinstance(other, float) else NotImplemented

    def __lt__(self, other): return self._order(other, lambda a, b: a < b)
    def __gt__(self, other): return self._order(other, lambda a, b: a > b)
    def __le__(self, other): return self._order(other, lambda a, b: a <= b)
    def __ge__(self, other): return self._order(other, lambda a, b: a >= b)


def _add(a, b, c, d): return Fraction(a * d + c * b, b * d)
def _sub(a, b, c, d): return Fraction(a * d - c * b, b * d)
def _mul(a, b, c, d): return Fraction(a * c, b * d)
def _floordiv(a, b, c, d): return (a * d) // (b * c)


def _div(a, b, c, d):
    return Fraction(a * d, b * c)


def _mod(a, b, c, d):
    return Fraction((a * d) % (c * b), b * d)

`;
