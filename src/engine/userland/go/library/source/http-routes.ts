/** Which handler a request goes to, of the package net/http. */
export const SOURCE = String.raw`package http

import (
	"path"
	"sort"
	"strconv"
	"strings"
)

type route struct {
	pattern, method string
	segments        []string
	handler         Handler
}

func routeOf(pattern string, h Handler) *route {
	method, p, ok := strings.Cut(pattern, " ")
	if !ok {
		method, p = "", pattern
	}
	p = strings.TrimSpace(p)
	i := strings.Index(p, "/")
	if i < 0 {
		panic("http: invalid pattern")
	}
	return &route{pattern, method, strings.Split(p[i+1:], "/"), h}
}
func (t *route) match(parts []string) (map[string]string, bool) {
	values := map[string]string{}
	for i, s := range t.segments {
		last := i == len(t.segments)-1
		if last && s == "" {
			return values, i < len(parts)
		}
		if last && s == "{$}" {
			return values, i == len(parts)-1 && parts[i] == ""
		}
		if last && strings.HasSuffix(s, "...}") {
			if i < len(parts) {
				values[s[1:len(s)-4]] = strings.Join(parts[i:], "/")
			}
			return values, true
		}
		if i >= len(parts) {
			return nil, false
		}
		if strings.HasPrefix(s, "{") {
			if parts[i] == "" {
				return nil, false
			}
			values[s[1:len(s)-1]] = parts[i]
		} else if s != parts[i] {
			return nil, false
		}
	}
	return values, len(parts) == len(t.segments)
}
func (t *route) weight() int {
	n := 0
	for i, s := range t.segments {
		switch {
		case s == "{$}":
			n += 3
		case s == "" && i == len(t.segments)-1 || strings.HasSuffix(s, "...}"):
		case strings.HasPrefix(s, "{"):
			n += 2 * 10
		default:
			n += 3 * 10
		}
	}
	if t.method != "" {
		n++
	}
	return n
}

type ServeMux struct{ routes []*route }

var DefaultServeMux = NewServeMux()

func NewServeMux() *ServeMux { return &ServeMux{} }
func (m *ServeMux) Handle(pattern string, h Handler) {
	if h == nil {
		panic("http: nil handler")
	}
	for _, t := range m.routes {
		if t.pattern == pattern {
			panic("pattern " + strconv.Quote(pattern) + " conflicts with pattern " + strconv.Quote(pattern) + ":\n" + pattern + " matches the same requests as " + pattern)
		}
	}
	m.routes = append(m.routes, routeOf(pattern, h))
	sort.SliceStable(m.routes, func(i, j int) bool { return m.routes[i].weight() > m.routes[j].weight() })
}
func (m *ServeMux) HandleFunc(pattern string, h func(ResponseWriter, *Request)) {
	if h == nil {
		panic("http: nil handler")
	}
	m.Handle(pattern, HandlerFunc(h))
}
func (m *ServeMux) ServeHTTP(w ResponseWriter, r *Request) {
	clean := path.Clean("/" + r.URL.Path)
	if strings.HasSuffix(r.URL.Path, "/") && clean != "/" {
		clean += "/"
	}
	if clean != r.URL.Path && r.URL.Path != "" {
		Redirect(w, r, clean, StatusMovedPermanently)
		return
	}
	parts := strings.Split(strings.TrimPrefix(clean, "/"), "/")
	var allowed []string
	for _, t := range m.routes {
		values, ok := t.match(parts)
		if !ok {
			continue
		}
		if t.method != "" && t.method != r.Method && !(t.method == "GET" && r.Method == "HEAD") {
			allowed = append(allowed, t.method)
			if t.method == "GET" {
				allowed = append(allowed, "HEAD")
			}
			continue
		}
		r.values = values
		r.Pattern = t.pattern
		t.handler.ServeHTTP(w, r)
		return
	}
	if len(allowed) > 0 {
		sort.Strings(allowed)
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		Error(w, "Method Not Allowed", StatusMethodNotAllowed)
		return
	}
	for _, t := range m.routes {
		if _, ok := t.match(append(parts, "")); ok && t.segments[len(t.segments)-1] == "" && len(t.segments) == len(parts)+1 {
			Redirect(w, r, clean+"/", StatusMovedPermanently)
			return
		}
	}
	NotFound(w, r)
}
func Handle(pattern string, h Handler)                                { DefaultServeMux.Handle(pattern, h) }
func HandleFunc(pattern string, h func(ResponseWriter, *Request))     { DefaultServeMux.HandleFunc(pattern, h) }

`;
