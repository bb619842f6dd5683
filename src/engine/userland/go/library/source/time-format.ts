/** How the package time writes instants, and reads them. */
export const SOURCE = `package time

import "errors"

var words = []string{"January", "Jan", "Monday", "Mon", "MST", "2006", "-0700", "-07:00", "Z07:00", "01", "02", "03", "04", "05", "06", "002", "15", "PM", "pm", "_2", "1", "2", "3", "4", "5"}

func next(layout string) (word string, size int) {
	if layout[0] == '.' || layout[0] == ',' {
		i := 1
		for i < len(layout) && (layout[i] == '0' || layout[i] == '9') && layout[i] == layout[1] {
			i++
		}
		if i > 1 && (i == len(layout) || layout[i] < '0' || layout[i] > '9') {
			return layout[:i], i
		}
	}
	for _, w := range words {
		if len(layout) >= len(w) && layout[:len(w)] == w {
			return w, len(w)
		}
	}
	return "", 1
}
func (t Time) Format(layout string) string {
	y, mo, d, h, mi, s, wd, yd := parts(t.seconds())
	h12 := h % 12
	if h12 == 0 {
		h12 = 12
	}
	out := ""
	for layout != "" {
		w, n := next(layout)
		switch w {
		case "":
			out += layout[:1]
		case "January":
			out += months[mo-1]
		case "Jan":
			out += months[mo-1][:3]
		case "Monday":
			out += days[wd]
		case "Mon":
			out += days[wd][:3]
		case "MST":
			out += "UTC"
		case "2006":
			out += pad(int64(y), 4)
		case "06":
			out += pad(int64(y%100), 2)
		case "-0700":
			out += "+0000"
		case "-07:00":
			out += "+00:00"
		case "Z07:00":
			out += "Z"
		case "01":
			out += pad(int64(mo), 2)
		case "1":
			out += itoa(int64(mo))
		case "02":
			out += pad(int64(d), 2)
		case "2":
			out += itoa(int64(d))
		case "_2":
			if d < 10 {
				out += " "
			}
			out += itoa(int64(d))
		case "002":
			out += pad(int64(yd), 3)
		case "15":
			out += pad(int64(h), 2)
		case "03":
			out += pad(int64(h12), 2)
		case "3":
			out += itoa(int64(h12))
		case "04":
			out += pad(int64(mi), 2)
		case "4":
			out += itoa(int64(mi))
		case "05":
			out += pad(int64(s), 2)
		case "5":
			out += itoa(int64(s))
		case "PM", "pm":
			half := "AM"
			if h >= 12 {
				half = "PM"
			}
			if w == "pm" {
				half = map[string]string{"AM": "am", "PM": "pm"}[half]
			}
			out += half
		default:
			f := pad(t.nsec, 9)[:n-1]
			if w[1] == '9' {
				for f != "" && f[len(f)-1] == '0' {
					f = f[:len(f)-1]
				}
			}
			if f != "" {
				out += w[:1] + f
			}
		}
		layout = layout[n:]
	}
	return out
}

type ParseError struct{ Layout, Value, LayoutElem, ValueElem, Message string }

func (e *ParseError) Error() string {
	return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) + " as " + quote(e.LayoutElem)
}
func digits(s string, most int) (int, int) {
	v, n := 0, 0
	for n < len(s) && n < most && s[n] >= '0' && s[n] <= '9' {
		v = v*10 + int(s[n]-'0')
		n++
	}
	return v, n
}
func Parse(layout, value string) (Time, error) {
	y, mo, d, h, mi, s, offset := 0, 1, 1, 0, 0, 0, 0
	var nsec int64
	pm := false
	l, v := layout, value
	for l != "" {
		w, n := next(l)
		used := 0
		fail := &ParseError{layout, value, w, v, ""}
		switch w {
		case "":
			if v == "" || v[0] != l[0] {
				return Time{}, &ParseError{layout, value, l[:1], v, ""}
			}
			used = 1
		case "2006":
			y, used = digits(v, 4)
		case "01", "1":
			mo, used = digits(v, 2)
		case "02", "2":
			d, used = digits(v, 2)
		case "15", "03", "3":
			h, used = digits(v, 2)
		case "04", "4":
			mi, used = digits(v, 2)
		case "05", "5":
			s, used = digits(v, 2)
			if used > 0 && len(v) > used && v[used] == '.' && (len(l) <= n || l[n] != '.') {
				f, m := digits(v[used+1:], 9)
				for i := m; i < 9; i++ {
					f *= 10
				}
				nsec = int64(f)
				used += m + 1
			}
		case "January", "Jan":
			for i, name := range months {
				if w == "Jan" {
					name = name[:3]
				}
				if len(v) >= len(name) && v[:len(name)] == name {
					mo, used = i+1, len(name)
				}
			}
		case "Monday", "Mon":
			for _, name := range days {
				if w == "Mon" {
					name = name[:3]
				}
				if len(v) >= len(name) && v[:len(name)] == name {
					used = len(name)
				}
			}
		case "PM":
			if len(v) >= 2 {
				pm, used = v[:2] == "PM", 2
			}
		case "MST":
			if len(v) >= 3 {
				used = 3
			}
		case "Z07:00", "-07:00", "-0700":
			if v != "" && v[0] == 'Z' && w == "Z07:00" {
				used = 1
			} else if v != "" && (v[0] == '+' || v[0] == '-') {
				hh, a := digits(v[1:], 2)
				gap := 0
				if len(v) > 3 && v[3] == ':' {
					gap = 1
				}
				if len(v) >= 5+gap && a == 2 {
					mm, _ := digits(v[3+gap:], 2)
					offset = (hh*60 + mm) * 60
					if v[0] == '-' {
						offset = -offset
					}
					used = 5 + gap
				}
			}
		default:
			if v != "" && v[0] == '.' {
				f, m := digits(v[1:], 9)
				for i := m; i < 9; i++ {
					f *= 10
				}
				nsec, used = int64(f), m+1
			} else if w[1] == '9' {
				l = l[n:]
				continue
			}
		}
		if used == 0 {
			return Time{}, fail
		}
		l, v = l[n:], v[used:]
	}
	if v != "" {
		return Time{}, errors.New("parsing time " + quote(value) + ": extra text: " + quote(v))
	}
	if pm && h < 12 {
		h += 12
	}
	return Time{fromParts(y, mo, d, h, mi, s) - int64(offset), nsec, true, 0}, nil
}

`;
