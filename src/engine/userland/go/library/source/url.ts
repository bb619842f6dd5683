/** The part of the package url that is written in Go. */
export const SOURCE = String.raw`package url

import (
	"errors"
	"sort"
	"strings"
)

type Values map[string][]string

func (v Values) Get(key string) string {
	if len(v[key]) == 0 {
		return ""
	}
	return v[key][0]
}
func (v Values) Set(key, value string) { v[key] = []string{value} }
func (v Values) Add(key, value string) { v[key] = append(v[key], value) }
func (v Values) Del(key string)        { delete(v, key) }
func (v Values) Has(key string) bool {
	_, ok := v[key]
	return ok
}
func (v Values) Encode() string {
	var keys []string
	for k := range v {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var parts []string
	for _, k := range keys {
		for _, one := range v[k] {
			parts = append(parts, QueryEscape(k)+"="+QueryEscape(one))
		}
	}
	return strings.Join(parts, "&")
}

func QueryEscape(s string) string
func PathEscape(s string) string
func unescape(s string, plus bool) (string, bool)
func QueryUnescape(s string) (string, error) {
	t, ok := unescape(s, true)
	if !ok {
		return "", errors.New("invalid URL escape")
	}
	return t, nil
}
func PathUnescape(s string) (string, error) {
	t, ok := unescape(s, false)
	if !ok {
		return "", errors.New("invalid URL escape")
	}
	return t, nil
}
func ParseQuery(query string) (Values, error) {
	v := Values{}
	for _, pair := range strings.Split(query, "&") {
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		k, err := QueryUnescape(key)
		if err != nil {
			return v, err
		}
		w, err := QueryUnescape(value)
		if err != nil {
			return v, err
		}
		v.Add(k, w)
	}
	return v, nil
}

type URL struct {
	Scheme   string
	Host     string
	Path     string
	RawQuery string
	Fragment string
}

func (u *URL) Query() Values {
	v, _ := ParseQuery(u.RawQuery)
	return v
}
func (u *URL) Hostname() string {
	host, _, _ := strings.Cut(u.Host, ":")
	return host
}
func (u *URL) Port() string {
	_, port, _ := strings.Cut(u.Host, ":")
	return port
}
func (u *URL) RequestURI() string {
	s := u.Path
	if s == "" {
		s = "/"
	}
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s
}
func (u *URL) String() string {
	s := ""
	if u.Scheme != "" {
		s = u.Scheme + ":"
	}
	if u.Host != "" {
		s += "//" + u.Host
	}
	s += u.Path
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		s += "#" + u.Fragment
	}
	return s
}

type Error struct {
	Op  string
	URL string
	Err error
}

func (e *Error) Error() string { return e.Op + " \"" + e.URL + "\": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }
func Parse(raw string) (*URL, error) {
	u := &URL{}
	rest := raw
	rest, u.Fragment, _ = strings.Cut(rest, "#")
	rest, u.RawQuery, _ = strings.Cut(rest, "?")
	if i := strings.Index(rest, ":"); i > 0 && !strings.Contains(rest[:i], "/") {
		u.Scheme, rest = strings.ToLower(rest[:i]), rest[i+1:]
	} else if i == 0 {
		return nil, &Error{"parse", raw, errors.New("missing protocol scheme")}
	}
	if strings.HasPrefix(rest, "//") {
		rest = rest[2:]
		i := strings.Index(rest, "/")
		if i < 0 {
			i = len(rest)
		}
		u.Host, rest = rest[:i], rest[i:]
	}
	path, err := PathUnescape(rest)
	if err != nil {
		return nil, &Error{"parse", raw, err}
	}
	u.Path = path
	return u, nil
}
`;
