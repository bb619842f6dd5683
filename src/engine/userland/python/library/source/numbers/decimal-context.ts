/** `decimal`: contexts, rounding, and what is shown. */
export const SOURCE = String.raw`
import math
import numbers
import re
import threading
from collections import namedtuple

ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN = 'ROUND_CEILING', 'ROUND_DOWN', 'ROUND_FLOOR', 'ROUND_HALF_DOWN'
ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, ROUND_05UP = 'ROUND_HALF_EVEN', 'ROUND_HALF_UP', 'ROUND_UP', 'ROUND_05UP'
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
DecimalTuple = namedtuple('DecimalTuple', 'sign digits exponent')
_FORM = re.compile(r'([-+]?)(?:(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?|(inf(?:inity)?)|(s?nan)\d*)', re.IGNORECASE)
_SPEC = re.compile(r'(?:(.)?([<>=^]))?([-+ ])?(0)?(\d+)?(,)?(?:\.(\d+))?([eEfFgGn%])?', re.DOTALL)


class DecimalException(ArithmeticError): pass
class Clamped(DecimalException): pass
class InvalidOperation(DecimalException): pass
class ConversionSyntax(InvalidOperation): pass
class DivisionImpossible(InvalidOperation): pass
class DivisionUndefined(InvalidOperation, ZeroDivisionError): pass
class DivisionByZero(DecimalException, ZeroDivisionError): pass
class Inexact(DecimalException): pass
class Rounded(DecimalException): pass
class Subnormal(DecimalException): pass
class Overflow(Inexact, Rounded): pass
class Underflow(Inexact, Rounded, Subnormal): pass
class FloatOperation(DecimalException, TypeError): pass


def _is_up(rounding, sign, last, rest, half):
    # Whether what is cut off, rest out of twice half, makes the last digit one more.
    if not rest:
        return False
    if rounding == ROUND_HALF_EVEN:
        return rest > half or (rest == half and last % 2 == 1)
    return {
        ROUND_HALF_UP: rest >= half, ROUND_HALF_DOWN: rest > half, ROUND_UP: True, ROUND_DOWN: False,
        ROUND_CEILING: not sign, ROUND_FLOOR: bool(sign), ROUND_05UP: last % 5 == 0,
    }[rounding]


def _cut(number, places, rounding, sign):
    if places <= 0:
        return number * 10 ** -places
    unit = 10 ** places
    whole, rest = divmod(number, unit)
    return whole + _is_up(rounding, sign, whole, rest * 2, unit)


class Context:
    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        self.prec = 28 if prec is None else prec
        self.rounding = rounding or ROUND_HALF_EVEN
        self.Emin, self.Emax, self.capitals, self.clamp = -999999 if Emin is None else Emin, 999999 if Emax is None else Emax, 1 if capitals is None else capitals, clamp or 0
        chosen = [InvalidOperation, DivisionByZero, Overflow] if traps is None else traps
        self.traps = dict(chosen) if isinstance(chosen, dict) else {one: one in chosen for one in (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)}
        self.flags = {one: False for one in self.traps}

    def __repr__(self):
        return 'Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=[%s], traps=[%s])' % (
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, ', '.join(k.__name__ for k, v in self.flags.items() if v), ', '.join(k.__name__ for k, v in self.traps.items() if v))

    def copy(self): return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, None, dict(self.traps))
    def clear_flags(self): self.flags = {one: False for one in self.flags}
    def create_decimal(self, num='0'): return Decimal(num)._fix(self)
    def divide(self, a, b): return Decimal(a).__truediv__(Decimal(b), self)
    def sqrt(self, a): return Decimal(a).sqrt(self)
    def quantize(self, a, b): return Decimal(a).quantize(b, context=self)

    def _tell(self, kind, value, message=None):
        base = next(one for one in kind.__mro__ if one in self.flags)
        self.flags[base] = True
        if self.traps.get(base):
            raise base([kind]) if message is None else kind(message)
        return value


_local = threading.local()
DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP)
ExtendedContext = Context(prec=9, traps=[])


def getcontext():
    if not hasattr(_local, 'context'):
        _local.context = DefaultContext.copy()
    return _local.context


def setcontext(context, /):
    _local.context = context


class localcontext:
    def __init__(self, ctx=None, **kwargs):
        self._new = (ctx or getcontext()).copy()
        for key, value in kwargs.items():
            setattr(self._new, key, value)

    def __enter__(self):
        self._kept = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *error):
        setcontext(self._kept)


def _make(sign, number, exp, special=''):
    self = object.__new__(Decimal)
    self._sign, self._int, self._exp, self._special = int(sign), number, exp, special
    return self


def _special(sign, word):
    return _make(sign, 0, 0, word)


def _plain(digits, exp):
    if exp >= 0:
        return digits
    digits = digits.rjust(1 - exp, '0')
    return digits[:exp] + '.' + digits[exp:]


def _part(both, which):
    return NotImplemented if both is None or both is NotImplemented else both[which]


def _rank(one, other):
    if one._special or other._special:
        return (-1 if one._sign else 1) if one._special else 0
    number = one._int * 10 ** (one._exp - min(one._exp, other._exp))
    return -number if one._sign else number


def _power(base, times):
    found = Decimal(1)
    while times:
        if times & 1:
            found = found * base
        times >>= 1
        if times:
            base = base * base
    return found


def _formatted(self, spec, context):
    found = _SPEC.fullmatch(spec)
    if found is None:
        raise ValueError('invalid format string')
    fill, align, sign, zero, width, comma, places, kind = found.groups()
    value, rounding = self, context.rounding
    if self._special:
        body = self._special
    else:
        kind = kind or ('g' if places is None else 'g')
        if kind == '%':
            value = _make(value._sign, value._int, value._exp + 2 if value._int or value._exp else 0)
        if places is not None:
            if kind in 'fF%':
                value = _make(value._sign, _cut(value._int, -int(places) - value._exp, rounding, value._sign), -int(places))
            else:
                keep = int(places) + 1 if kind in 'eE' else max(int(places), 1)
                over = len(str(value._int)) - keep
                if over > 0 or kind in 'eE':
                    number = _cut(value._int, over, rounding, value._sign)
                    extra = len(str(number)) > keep and number > 0
                    value = _make(value._sign, number // 10 if extra else number, value._exp + over + extra)
        digits = str(value._int)
        power = value._exp + len(digits) - 1
        if kind in 'fF%':
            body = _plain(digits if value._exp <= 0 else digits + '0' * value._exp, min(value._exp, 0))
        elif kind in 'eE' or value._exp > 0 or power < -6:
            body = digits[0] + ('.' + digits[1:] if len(digits) > 1 else '') + ('e' if kind in 'eg' and found.group(8) else 'E') + '%+d' % power
        else:
            body = _plain(digits, value._exp)
        if comma:
            whole, dot, rest = body.partition('.')
            body = '{:{}}'.format(int(whole), comma) + dot + rest if whole.isdigit() else body
        body += '%' if kind == '%' else ''
    mark = '-' if value._sign else sign if sign in ('+', ' ') else ''
    room = int(width or 0) - len(mark) - len(body)
    if zero and not align:
        fill, align = '0', '='
    fill, align = fill or ' ', align or '>'
    if room <= 0:
        return mark + body
    if align == '=':
        return mark + fill * room + body
    left = {'<': 0, '>': room, '^': room // 2}[align]
    return fill * left + mark + body + fill * (room - left)

`;
