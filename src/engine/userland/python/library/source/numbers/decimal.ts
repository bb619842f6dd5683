/** `decimal`: numbers. */
export const SOURCE = `
class Decimal:
    __slots__ = ('_sign', '_int', '_exp', '_special')

    def __new__(cls, value='0', context=None):
        self = object.__new__(cls)
        self._special = ''
        if isinstance(value, Decimal):
            self._sign, self._int, self._exp, self._special = value._sign, value._int, value._exp, value._special
        elif isinstance(value, int):
            self._sign, self._int, self._exp = int(value < 0), abs(int(value)), 0
        elif isinstance(value, float):
            return cls.from_float(value)
        elif isinstance(value, (tuple, list)):
            self._sign, digits, self._exp = value
            self._int = int(''.join(map(str, digits)) or '0')
            if isinstance(self._exp, str):
                self._special, self._exp, self._int = {'F': 'Infinity', 'n': 'NaN', 'N': 'sNaN'}[self._exp], 0, 0
        elif isinstance(value, str):
            found = _FORM.fullmatch(value.strip().replace('_', ''))
            if found is None:
                return (context or getcontext())._tell(ConversionSyntax, Decimal('NaN'))
            sign, whole, rest, power, infinite, nan = found.groups()
            self._sign = int(sign == '-')
            self._special = 'Infinity' if infinite else {'nan': 'NaN', 'snan': 'sNaN'}[nan.lower()] if nan else ''
            self._int, self._exp = (0, 0) if self._special else (int((whole or '') + (rest or '') or '0'), int(power or 0) - len(rest or ''))
        else:
            raise TypeError('conversion from %s to Decimal is not supported' % type(value).__name__)
        return self

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return cls(f)
        if not math.isfinite(f):
            return cls(repr(f))
        top, bottom = abs(f).as_integer_ratio()
        places = bottom.bit_length() - 1
        return _make(int(math.copysign(1.0, f) < 0), top * 5 ** places, -places)

    def _fix(self, context=None):
        context = context or getcontext()
        over = len(str(self._int)) - context.prec
        if self._special or (over <= 0 and self._exp + len(str(self._int)) - 1 <= context.Emax):
            return self
        number, exp = self._int, self._exp
        if over > 0:
            number, exp = _cut(number, over, context.rounding, self._sign), exp + over
            context.flags[Rounded] = True
            if number * 10 ** over != self._int:
                context._tell(Inexact, None)
            if len(str(number)) > context.prec:
                number, exp = number // 10, exp + 1
        if number and exp + len(str(number)) - 1 > context.Emax:
            return context._tell(Overflow, _special(self._sign, 'Infinity'))
        return _make(self._sign, number, exp)

    def is_nan(self): return self._special in ('NaN', 'sNaN')
    def is_qnan(self): return self._special == 'NaN'
    def is_snan(self): return self._special == 'sNaN'
    def is_infinite(self): return self._special == 'Infinity'
    def is_finite(self): return not self._special
    def is_zero(self): return not self._special and self._int == 0
    def is_signed(self): return bool(self._sign)
    def adjusted(self): return 0 if self._special else self._exp + len(str(self._int)) - 1
    def canonical(self): return self
    def copy_abs(self): return _make(0, self._int, self._exp, self._special)
    def copy_negate(self): return _make(1 - self._sign, self._int, self._exp, self._special)
    def conjugate(self): return self
    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def as_tuple(self):
        digits = () if self._special in ('NaN', 'sNaN') else tuple(map(int, str(self._int)))
        return DecimalTuple(self._sign, digits, {'Infinity': 'F', 'NaN': 'n', 'sNaN': 'N'}.get(self._special, self._exp))

    def as_integer_ratio(self):
        if self._special:
            raise (OverflowError if self.is_infinite() else ValueError)('cannot convert %s to integer ratio' % ('Infinity' if self.is_infinite() else 'NaN'))
        top, bottom = self._int * 10 ** max(self._exp, 0), 10 ** max(-self._exp, 0)
        shared = math.gcd(top, bottom)
        return (-top if self._sign else top) // shared, bottom // shared

    def __repr__(self): return "Decimal('%s')" % self

    def __str__(self):
        sign = '-' if self._sign else ''
        if self._special:
            return sign + self._special
        digits = str(self._int)
        power = self._exp + len(digits) - 1
        if self._exp > 0 or power < -6:
            return sign + digits[0] + ('.' + digits[1:] if len(digits) > 1 else '') + 'E%+d' % power
        return sign + _plain(digits, self._exp)

    def to_eng_string(self, context=None): return str(self)
    def __bool__(self): return bool(self._special) or self._int != 0
    def __copy__(self): return self
    def __deepcopy__(self, memo): return self

    def __int__(self):
        if self._special:
            raise (OverflowError if self.is_infinite() else ValueError)('cannot convert %s to integer' % ('Infinity' if self.is_infinite() else 'NaN'))
        number = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** -self._exp
        return -number if self._sign else number

    __trunc__ = __int__
    def __float__(self): return float(str(self))
    def __complex__(self): return complex(float(self))
    def __floor__(self): return int(self.to_integral_value(ROUND_FLOOR))
    def __ceil__(self): return int(self.to_integral_value(ROUND_CEILING))

    def __round__(self, n=None):
        return int(self.to_integral_value(ROUND_HALF_EVEN)) if n is None else self.quantize(_make(0, 1, -n), ROUND_HALF_EVEN)

    def __hash__(self):
        if self._special:
            return hash(float(str(self).replace('s', '')))
        from fractions import Fraction
        return hash(Fraction(*self.as_integer_ratio()))

    def __neg__(self): return _make(int(not self._sign and self._int != 0 or bool(self._special) and not self._sign), self._int, self._exp, self._special)._fix()
    def __pos__(self): return _make(self._sign if self._int or self._special else 0, self._int, self._exp, self._special)._fix()
    def __abs__(self): return self.copy_abs()._fix()

    def _both(self, other):
        # The other one as a decimal; what comes of a NaN.
        if isinstance(other, int):
            other = Decimal(other)
        if not isinstance(other, Decimal):
            return None, None
        for one in (self, other):
            if one.is_snan():
                getcontext()._tell(InvalidOperation, None)
        return other, next((_special(one._sign, 'NaN') for one in (self, other) if one.is_nan()), None)

    def __add__(self, other, context=None):
        other, nan = self._both(other)
        if other is None or nan is not None:
            return NotImplemented if other is None else nan
        if self._special or other._special:
            if self._special and other._special and self._sign != other._sign:
                return getcontext()._tell(InvalidOperation, Decimal('NaN'))
            return self if self._special else other
        exp = min(self._exp, other._exp)
        total = sum((-1 if one._sign else 1) * one._int * 10 ** (one._exp - exp) for one in (self, other))
        sign = int(total < 0) if total else self._sign & other._sign or int((context or getcontext()).rounding == ROUND_FLOOR and self._sign != other._sign)
        return _make(sign, abs(total), exp)._fix(context)

    __radd__ = __add__

    def __sub__(self, other):
        other, nan = self._both(other)
        return NotImplemented if other is None else nan if nan is not None else self + other.copy_negate()

    def __rsub__(self, other):
        other, _ = self._both(other)
        return NotImplemented if other is None else other - self

    def __mul__(self, other):
        other, nan = self._both(other)
        if other is None or nan is not None:
            return NotImplemented if other is None else nan
        sign = self._sign ^ other._sign
        if self._special or other._special:
            return _special(sign, 'Infinity') if self and other else getcontext()._tell(InvalidOperation, Decimal('NaN'))
        return _make(sign, self._int * other._int, self._exp + other._exp)._fix()

    __rmul__ = __mul__

    def __truediv__(self, other, context=None):
        context = context or getcontext()
        other, nan = self._both(other)
        if other is None or nan is not None:
            return NotImplemented if other is None else nan
        sign = self._sign ^ other._sign
        if self._special:
            return context._tell(InvalidOperation, Decimal('NaN')) if other._special else _special(sign, 'Infinity')
        if other._special:
            return _make(sign, 0, 0)
        if not other:
            return context._tell(DivisionByZero, _special(sign, 'Infinity')) if self else context._tell(DivisionUndefined, Decimal('NaN'))
        ideal = self._exp - other._exp
        shift = len(str(other._int)) - len(str(self._int)) + context.prec + 1
        exp = ideal - shift
        number, rest = divmod(self._int * 10 ** max(shift, 0), other._int * 10 ** max(-shift, 0))
        if rest:
            number += number % 5 == 0
        else:
            while exp < ideal and number % 10 == 0:
                number, exp = number // 10, exp + 1
        return _make(sign, number, exp)._fix(context)

    def __rtruediv__(self, other):
        other, _ = self._both(other)
        return NotImplemented if other is None else other / self

    def __divmod__(self, other):
        other, nan = self._both(other)
        if other is None or nan is not None:
            return NotImplemented if other is None else (nan, nan)
        context, sign = getcontext(), self._sign ^ other._sign
        if self._special:
            wrong = context._tell(InvalidOperation, Decimal('NaN'))
            return (wrong if other._special else _special(sign, 'Infinity')), wrong
        if not other:
            if self:
                return context._tell(DivisionByZero, _special(sign, 'Infinity')), context._tell(InvalidOperation, Decimal('NaN'))
            return (context._tell(DivisionUndefined, Decimal('NaN')),) * 2
        exp = min(self._exp, other._exp) if not other._special else self._exp
        if other._special:
            return _make(sign, 0, 0), self._fix()
        whole, rest = divmod(self._int * 10 ** (self._exp - exp), other._int * 10 ** (other._exp - exp))
        if len(str(whole)) > context.prec:
            return (context._tell(DivisionImpossible, Decimal('NaN')),) * 2
        return _make(sign, whole, 0), _make(self._sign, rest, exp)._fix()

    def __floordiv__(self, other): return _part(divmod(self, other) if isinstance(other, (int, Decimal)) else None, 0)
    def __mod__(self, other): return self._modulo(other) if isinstance(other, (int, Decimal)) else NotImplemented
    def _modulo(self, other):
        if self and not self._special and not other:
            return getcontext()._tell(InvalidOperation, Decimal('NaN'))
        return divmod(self, other)[1]

    def __rfloordiv__(self, other): return Decimal(other) // self if isinstance(other, int) else NotImplemented
    def __rmod__(self, other): return Decimal(other) % self if isinstance(other, int) else NotImplemented
    def __rdivmod__(self, other): return divmod(Decimal(other), self) if isinstance(other, int) else NotImplemented

    def __pow__(self, other, modulo=None):
        other, nan = self._both(other)
        if other is None or nan is not None:
            return NotImplemented if other is None else nan
        context = getcontext()
        if not other._special and other == int(other):
            power = int(other)
            if power < 0 and not self:
                return _special(self._sign & power, 'Infinity')
            if not power:
                return Decimal(1) if self else context._tell(InvalidOperation, Decimal('NaN'))
            with localcontext(prec=context.prec + len(str(abs(power))) + 4):
                found = _power(self, abs(power))
                found = Decimal(1) / found if power < 0 else found
            return found._fix(context)
        if self._sign and self:
            return context._tell(InvalidOperation, Decimal('NaN'))
        with localcontext(prec=context.prec + 6):
            found = (self.ln() * other).exp() if self else Decimal(0)
        return found._fix(context)

    def __rpow__(self, other): return Decimal(other) ** self if isinstance(other, int) else NotImplemented

    def sqrt(self, context=None):
        context = context or getcontext()
        if self._special or not self:
            return _make(self._sign, 0, self._exp // 2) if not self._special else self
        if self._sign:
            return context._tell(InvalidOperation, Decimal('NaN'))
        number, exp = self._int * 10 ** (self._exp & 1), self._exp - (self._exp & 1)
        shift = max(0, context.prec + 1 - (len(str(number)) + 1) // 2)
        root = math.isqrt(number * 100 ** shift)
        half = exp // 2 - shift
        if root * root == number * 100 ** shift:
            while half < exp // 2 and root % 10 == 0:
                root, half = root // 10, half + 1
        else:
            root += root % 5 == 0
        return _make(0, root, half)._fix(context)

    def exp(self, context=None):
        context = context or getcontext()
        if self._special or not self:
            return Decimal(1) if not self else Decimal(0) if self._sign and self.is_infinite() else self
        with localcontext(prec=context.prec + 8 + max(self.adjusted(), 0)):
            halvings = max(0, self.adjusted() + 1) * 4 + 4
            small = self / (1 << halvings)
            total = term = Decimal(1)
            turn = 0
            while term.adjusted() > total.adjusted() - getcontext().prec - 2 and term:
                turn += 1
                term = term * small / turn
                total += term
            for _ in range(halvings):
                total *= total
        return total._fix(context)

    def ln(self, context=None):
        context = context or getcontext()
        if not self:
            return Decimal('-Infinity')
        if self._sign:
            return context._tell(InvalidOperation, Decimal('NaN'))
        if self._special or self == 1:
            return self if self._special else Decimal(0)
        with localcontext(prec=context.prec + 8):
            found = Decimal(math.log(self._int) + self._exp * math.log(10))
            for _ in range(3 + context.prec.bit_length() // 4):
                near = found.exp()
                found += 2 * (self - near) / (self + near)
        return found._fix(context)

    def log10(self, context=None):
        context = context or getcontext()
        if self and not self._special and not self._sign and str(self._int).rstrip('0') == '1':
            return Decimal(self.adjusted())
        with localcontext(prec=context.prec + 6):
            found = self.ln() / Decimal(10).ln()
        return found._fix(context)

    def quantize(self, exp, rounding=None, context=None):
        context = context or getcontext()
        exp = Decimal(exp)
        if self._special or exp._special:
            return self if self._special == exp._special else context._tell(InvalidOperation, Decimal('NaN'))
        number = _cut(self._int, exp._exp - self._exp, rounding or context.rounding, self._sign)
        if len(str(number)) > context.prec:
            return context._tell(InvalidOperation, Decimal('NaN'))
        return _make(self._sign, number, exp._exp)

    def to_integral_value(self, rounding=None, context=None):
        if self._special or self._exp >= 0:
            return self
        return _make(self._sign, _cut(self._int, -self._exp, rounding or (context or getcontext()).rounding, self._sign), 0)

    to_integral = to_integral_exact = to_integral_value

    def normalize(self, context=None):
        fixed = self._fix(context)
        if fixed._special:
            return fixed
        number, exp = fixed._int, fixed._exp if fixed._int else 0
        while number and number % 10 == 0:
            number, exp = number // 10, exp + 1
        return _make(fixed._sign, number, exp)

    def scaleb(self, other, context=None): return _make(self._sign, self._int, self._exp + int(other), self._special)._fix(context)
    def compare(self, other, context=None): return Decimal((self > other) - (self < other))
    def max(self, other, context=None): return (self if self >= other else Decimal(other))._fix(context)
    def min(self, other, context=None): return (self if self <= other else Decimal(other))._fix(context)
    def fma(self, other, third, context=None): return _make(self._sign ^ Decimal(other)._sign, self._int * Decimal(other)._int, self._exp + Decimal(other)._exp) + third
    def same_quantum(self, other, context=None): return self._exp == Decimal(other)._exp
    def copy_sign(self, other, context=None): return _make(Decimal(other)._sign, self._int, self._exp, self._special)

    def _order(self, other, compare):
        if isinstance(other, float):
            other = Decimal.from_float(other)
        elif isinstance(other, int):
            other = Decimal(other)
        elif not isinstance(other, Decimal):
            return NotImplemented
        if self.is_nan() or other.is_nan():
            return False
        return compare(_rank(self, other), _rank(other, self))

    def __eq__(self, other): return self._order(other, lambda a, b: a == b)
    def __lt__(self, other): return self._order(other, lambda a, b: a < b)
    def __le__(self, other): return self._order(other, lambda a, b: a <= b)
    def __gt__(self, other): return self._order(other, lambda a, b: a > b)
    def __ge__(self, other): return self._order(other, lambda a, b: a >= b)

    def __format__(self, spec, context=None): return _formatted(self, spec, context or getcontext())


numbers.Number.register(Decimal)

`;
