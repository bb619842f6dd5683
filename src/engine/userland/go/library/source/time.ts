/** Durations and instants, of the package time. */
export const SOURCE = String.raw`package time

import "errors"

type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

func itoa(n int64) string
func pad(n int64, width int) string
func fraction(v int64, unit int64) string {
	s := pad(v%unit, len(itoa(unit))-1)
	for len(s) > 0 && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s != "" {
		s = "." + s
	}
	return itoa(v/unit) + s
}
func (d Duration) String() string {
	if d == 0 {
		return "0s"
	}
	if d < 0 {
		return "-" + (-d).String()
	}
	n := int64(d)
	if d < Microsecond {
		return itoa(n) + "ns"
	}
	if d < Millisecond {
		return fraction(n, 1000) + "µs"
	}
	if d < Second {
		return fraction(n, 1000000) + "ms"
	}
	s := fraction(n%60000000000, 1000000000) + "s"
	if d >= Minute {
		s = itoa(n/60000000000%60) + "m" + s
	}
	if d >= Hour {
		s = itoa(n/3600000000000) + "h" + s
	}
	return s
}
func (d Duration) Nanoseconds() int64  { return int64(d) }
func (d Duration) Microseconds() int64 { return int64(d) / 1000 }
func (d Duration) Milliseconds() int64 { return int64(d) / 1000000 }
func (d Duration) Seconds() float64    { return float64(d) / 1e9 }
func (d Duration) Minutes() float64    { return float64(d) / 6e10 }
func (d Duration) Hours() float64      { return float64(d) / 3.6e12 }
func (d Duration) Abs() Duration {
	if d < 0 {
		return -d
	}
	return d
}
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return (d + m/2).Truncate(m)
}

var units = map[string]float64{"ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9, "m": 6e10, "h": 3.6e12}

func number(s string) (float64, int)
func ParseDuration(s string) (Duration, error) {
	orig, neg := s, false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	if s == "0" {
		return 0, nil
	}
	bad := errors.New("time: invalid duration " + quote(orig))
	if s == "" {
		return 0, bad
	}
	total := 0.0
	for s != "" {
		v, n := number(s)
		if n == 0 {
			return 0, bad
		}
		s = s[n:]
		i := 0
		for i < len(s) && s[i] != '.' && (s[i] < '0' || s[i] > '9') {
			i++
		}
		if i == 0 {
			return 0, errors.New("time: missing unit in duration " + quote(orig))
		}
		u, ok := units[s[:i]]
		if !ok {
			return 0, errors.New("time: unknown unit " + quote(s[:i]) + " in duration " + quote(orig))
		}
		total += v * u
		s = s[i:]
	}
	if neg {
		total = -total
	}
	return Duration(total), nil
}
func quote(s string) string { return "\"" + s + "\"" }

type Month int
type Weekday int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)
const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var months = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
var days = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

func (m Month) String() string   { return months[m-1] }
func (d Weekday) String() string { return days[d] }

type Location struct{ name string }

var UTC = &Location{"UTC"}
var Local = UTC

func (l *Location) String() string { return l.name }
func LoadLocation(name string) (*Location, error) {
	if name == "" || name == "UTC" {
		return UTC, nil
	}
	return nil, errors.New("unknown time zone " + name)
}
func FixedZone(name string, offset int) *Location { return UTC }

type Time struct {
	sec   int64
	nsec  int64
	set   bool
	clock int64
}

func now() (sec, nsec, monotonic int64)
func parts(sec int64) (year, month, day, hour, minute, second, weekday, yday int)
func fromParts(year, month, day, hour, minute, second int) int64

func Now() Time {
	s, n, m := now()
	return Time{s, n, true, m}
}
func Unix(sec, nsec int64) Time       { return Time{sec + nsec/1000000000, nsec % 1000000000, true, 0} }
func UnixMilli(msec int64) Time       { return Unix(msec/1000, msec%1000*1000000) }
func Since(t Time) Duration           { return Now().Sub(t) }
func Until(t Time) Duration           { return t.Sub(Now()) }
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	return Time{fromParts(year, int(month), day, hour, min, sec), int64(nsec), true, 0}
}
func (t Time) seconds() int64 {
	if !t.set {
		return -62135596800
	}
	return t.sec
}
func (t Time) Unix() int64      { return t.seconds() }
func (t Time) UnixMilli() int64 { return t.seconds()*1000 + t.nsec/1000000 }
func (t Time) UnixMicro() int64 { return t.seconds()*1000000 + t.nsec/1000 }
func (t Time) UnixNano() int64  { return t.seconds()*1000000000 + t.nsec }
func (t Time) IsZero() bool     { return t.seconds() == -62135596800 && t.nsec == 0 }
func (t Time) Sub(u Time) Duration {
	if t.clock != 0 && u.clock != 0 {
		return Duration(t.clock - u.clock)
	}
	return Duration((t.seconds()-u.seconds())*1000000000 + t.nsec - u.nsec)
}
func (t Time) Add(d Duration) Time {
	n := t.nsec + int64(d)%1000000000
	s := t.seconds() + int64(d)/1000000000
	if n >= 1000000000 {
		s, n = s+1, n-1000000000
	}
	if n < 0 {
		s, n = s-1, n+1000000000
	}
	c := t.clock
	if c != 0 {
		c += int64(d)
	}
	return Time{s, n, true, c}
}
func (t Time) AddDate(years, months, days int) Time {
	y, mo, d, h, mi, s, _, _ := parts(t.seconds())
	return Time{fromParts(y+years, mo+months, d+days, h, mi, s), t.nsec, true, 0}
}
func (t Time) Before(u Time) bool  { return t.seconds() < u.seconds() || t.seconds() == u.seconds() && t.nsec < u.nsec }
func (t Time) After(u Time) bool   { return u.Before(t) }
func (t Time) Equal(u Time) bool   { return t.seconds() == u.seconds() && t.nsec == u.nsec }
func (t Time) Compare(u Time) int {
	if t.Before(u) {
		return -1
	}
	if u.Before(t) {
		return 1
	}
	return 0
}
func (t Time) UTC() Time               { return Time{t.seconds(), t.nsec, true, 0} }
func (t Time) Local() Time             { return t.UTC() }
func (t Time) In(loc *Location) Time   { return t.UTC() }
func (t Time) Location() *Location     { return UTC }
func (t Time) Truncate(d Duration) Time {
	if d <= 0 {
		return t
	}
	return t.Add(-Duration(t.UnixNano() % int64(d)))
}
func (t Time) Year() int       { y, _, _, _, _, _, _, _ := parts(t.seconds()); return y }
func (t Time) Month() Month    { _, m, _, _, _, _, _, _ := parts(t.seconds()); return Month(m) }
func (t Time) Day() int        { _, _, d, _, _, _, _, _ := parts(t.seconds()); return d }
func (t Time) Hour() int       { _, _, _, h, _, _, _, _ := parts(t.seconds()); return h }
func (t Time) Minute() int     { _, _, _, _, m, _, _, _ := parts(t.seconds()); return m }
func (t Time) Second() int     { _, _, _, _, _, s, _, _ := parts(t.seconds()); return s }
func (t Time) Nanosecond() int { return int(t.nsec) }
func (t Time) Weekday() Weekday { _, _, _, _, _, _, w, _ := parts(t.seconds()); return Weekday(w) }
func (t Time) YearDay() int    { _, _, _, _, _, _, _, d := parts(t.seconds()); return d }
func (t Time) Date() (int, Month, int) {
	y, m, d, _, _, _, _, _ := parts(t.seconds())
	return y, Month(m), d
}
func (t Time) Clock() (int, int, int) {
	_, _, _, h, m, s, _, _ := parts(t.seconds())
	return h, m, s
}
func (t Time) String() string {
	s := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.clock != 0 {
		s += " m=+" + fraction(t.clock, 1000000000)
	}
	return s
}
func (t Time) MarshalJSON() ([]byte, error) { return []byte(quote(t.Format(RFC3339Nano))), nil }
func (t *Time) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	p, err := Parse(RFC3339, string(data[1:len(data)-1]))
	*t = p
	return err
}

`;
