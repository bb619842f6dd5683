/** `calendar`. */
export const SOURCE = String.raw`
import datetime
import sys

January, February = 1, 2
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
day_name = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
day_abbr = [name[:3] for name in day_name]
month_name = ['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
month_abbr = [name[:3] for name in month_name]
_WIDTH, _GAP = 20, 6


class IllegalMonthError(ValueError):
    def __init__(self, month):
        self.month = month

    def __str__(self):
        return 'bad month number %r; must be 1-12' % self.month


class IllegalWeekdayError(ValueError):
    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return 'bad weekday number %r; must be 0 (Monday) to 6 (Sunday)' % self.weekday


def isleap(year): return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
def leapdays(y1, y2): return sum(isleap(year) for year in range(y1, y2))
def weekday(year, month, day): return datetime.date(year, month, day).weekday()


def monthrange(year, month):
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), mdays[month] + (month == 2 and isleap(year))


class Calendar:
    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self): return self.firstweekday
    def setfirstweekday(self, firstweekday): self.firstweekday = firstweekday
    def iterweekdays(self): return ((self.firstweekday + at) % 7 for at in range(7))

    def itermonthdays(self, year, month):
        first, count = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        yield from [0] * before
        yield from range(1, count + 1)
        yield from [0] * (-(before + count) % 7)

    def itermonthdays2(self, year, month):
        return ((day, (self.firstweekday + at) % 7) for at, day in enumerate(self.itermonthdays(year, month)))

    def itermonthdates(self, year, month):
        days = list(self.itermonthdays(year, month))
        first = datetime.date(year, month, 1) - datetime.timedelta(days.index(1))
        return (first + datetime.timedelta(at) for at in range(len(days)))

    def _weeks(self, days):
        days = list(days)
        return [days[at:at + 7] for at in range(0, len(days), 7)]

    def monthdayscalendar(self, year, month): return self._weeks(self.itermonthdays(year, month))
    def monthdays2calendar(self, year, month): return self._weeks(self.itermonthdays2(year, month))
    def monthdatescalendar(self, year, month): return self._weeks(self.itermonthdates(year, month))


class TextCalendar(Calendar):
    def formatday(self, day, weekday, width): return ('%2i' % day if day else '').center(width)
    def formatweek(self, theweek, width): return ' '.join(self.formatday(day, at, width) for day, at in theweek)
    def formatweekday(self, day, width): return (day_name if width >= 9 else day_abbr)[day][:width].center(width)
    def formatweekheader(self, width): return ' '.join(self.formatweekday(one, width) for one in self.iterweekdays())
    def formatmonthname(self, theyear, themonth, width, withyear=True): return (month_name[themonth] + (' %r' % theyear if withyear else '')).center(width)
    def prmonth(self, theyear, themonth, w=0, l=0): print(self.formatmonth(theyear, themonth, w, l), end='')
    def pryear(self, theyear, w=0, l=0, c=6, m=3): print(self.formatyear(theyear, w, l, c, m), end='')

    def _month(self, year, month, width, with_year):
        rows = [self.formatmonthname(year, month, 7 * (width + 1) - 1, with_year), self.formatweekheader(width)]
        return rows + [self.formatweek(week, width) for week in self.monthdays2calendar(year, month)]

    def formatmonth(self, theyear, themonth, w=0, l=0):
        return ''.join(row.rstrip() + '\n' * max(1, l) for row in self._month(theyear, themonth, max(2, w), True))

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        w, l, c = max(2, w), max(1, l), max(2, c)
        width = (w + 1) * 7 - 1
        text = repr(theyear).center(width * m + c * (m - 1)).rstrip() + '\n' * l
        for start in range(1, 13, m):
            months = [self._month(theyear, month, w, False) for month in range(start, min(start + m, 13))]
            height = max(map(len, months))
            text += '\n' * l
            for at in range(height):
                row = (' ' * c).join((one[at] if at < len(one) else '').center(width) for one in months)
                text += row.rstrip() + '\n' * l
        return text


_shared = TextCalendar()
firstweekday = _shared.getfirstweekday
monthcalendar = _shared.monthdayscalendar
month, calendar = _shared.formatmonth, _shared.formatyear
prmonth, prcal = _shared.prmonth, _shared.pryear
weekheader = _shared.formatweekheader


def setfirstweekday(firstweekday):
    if not 0 <= firstweekday <= 6:
        raise IllegalWeekdayError(firstweekday)
    _shared.firstweekday = firstweekday


def timegm(tuple):
    year, month, day, hour, minute, second = tuple[:6]
    return ((datetime.date(year, month, 1).toordinal() - 719163 + day - 1) * 24 + hour) * 3600 + minute * 60 + second


def _main():
    args = [one for one in sys.argv[1:] if not one.startswith('-')]
    if len(args) == 2:
        print(month(int(args[0]), int(args[1])), end='')
    else:
        print(calendar(int(args[0]) if args else datetime.date.today().year), end='')

`;
