/** Requests, responses and headers, of the package net/http. */
export const SOURCE = String.raw`package http

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

const (
	MethodGet     = "GET"
	MethodHead    = "HEAD"
	MethodPost    = "POST"
	MethodPut     = "PUT"
	MethodPatch   = "PATCH"
	MethodDelete  = "DELETE"
	MethodOptions = "OPTIONS"
)
const (
	StatusContinue            = 100
	StatusOK                  = 200
	StatusCreated             = 201
	StatusAccepted            = 202
	StatusNoContent           = 204
	StatusMovedPermanently    = 301
	StatusFound               = 302
	StatusSeeOther            = 303
	StatusNotModified         = 304
	StatusTemporaryRedirect   = 307
	StatusPermanentRedirect   = 308
	StatusBadRequest          = 400
	StatusUnauthorized        = 401
	StatusForbidden           = 403
	StatusNotFound            = 404
	StatusMethodNotAllowed    = 405
	StatusRequestTimeout      = 408
	StatusConflict            = 409
	StatusGone                = 410
	StatusTeapot              = 418
	StatusUnprocessableEntity = 422
	StatusTooManyRequests     = 429
	StatusInternalServerError = 500
	StatusNotImplemented      = 501
	StatusBadGateway          = 502
	StatusServiceUnavailable  = 503
	StatusGatewayTimeout      = 504
)

var ErrServerClosed = errors.New("http: Server closed")
var ErrAbortHandler = errors.New("net/http: abort Handler")

func StatusText(code int) string
func listen(host string, port int) (int, int, int, int)
func accept(fd, stop int) int
func serve(fd int, handle func(method, target, remote string, headers []string, body string) (int, []string, string))
func closeFd(fd int)
func stamp(seconds int64) string
func roundTrip(method, host string, port int, target string, headers []string, body string) (int, string, []string, string, string)

type Header map[string][]string

func CanonicalHeaderKey(s string) string {
	b := []byte(strings.ToLower(s))
	upper := true
	for i, c := range b {
		if upper && c >= 'a' && c <= 'z' {
			b[i] = c - 32
		}
		upper = c == '-'
	}
	return string(b)
}
func (h Header) Get(key string) string {
	v := h[CanonicalHeaderKey(key)]
	if len(v) == 0 {
		return ""
	}
	return v[0]
}
func (h Header) Values(key string) []string { return h[CanonicalHeaderKey(key)] }
func (h Header) Set(key, value string)      { h[CanonicalHeaderKey(key)] = []string{value} }
func (h Header) Add(key, value string) {
	k := CanonicalHeaderKey(key)
	h[k] = append(h[k], value)
}
func (h Header) Del(key string) { delete(h, CanonicalHeaderKey(key)) }
func (h Header) Clone() Header {
	c := Header{}
	for k, v := range h {
		c[k] = append([]string(nil), v...)
	}
	return c
}
func (h Header) lines() []string {
	var keys, lines []string
	for k := range h {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		for _, v := range h[k] {
			lines = append(lines, k, v)
		}
	}
	return lines
}
func headerOf(lines []string) Header {
	h := Header{}
	for i := 0; i+1 < len(lines); i += 2 {
		h.Add(lines[i], lines[i+1])
	}
	return h
}

type Cookie struct {
	Name, Value, Path, Domain string
	MaxAge                    int
	Secure, HttpOnly          bool
}

func (c *Cookie) String() string {
	s := c.Name + "=" + c.Value
	if c.Path != "" {
		s += "; Path=" + c.Path
	}
	if c.MaxAge > 0 {
		s += "; Max-Age=" + strconv.Itoa(c.MaxAge)
	}
	if c.HttpOnly {
		s += "; HttpOnly"
	}
	if c.Secure {
		s += "; Secure"
	}
	return s
}
func SetCookie(w ResponseWriter, c *Cookie) { w.Header().Add("Set-Cookie", c.String()) }

var ErrNoCookie = errors.New("http: named cookie not present")

type Request struct {
	Method        string
	URL           *url.URL
	Proto         string
	Header        Header
	Body          io.ReadCloser
	ContentLength int64
	Host          string
	Form          url.Values
	PostForm      url.Values
	RemoteAddr    string
	RequestURI    string
	Pattern       string
	ctx           context.Context
	values        map[string]string
}

func (r *Request) Context() context.Context {
	if r.ctx == nil {
		return context.Background()
	}
	return r.ctx
}
func (r *Request) WithContext(ctx context.Context) *Request {
	c := *r
	c.ctx = ctx
	return &c
}
func (r *Request) PathValue(name string) string     { return r.values[name] }
func (r *Request) SetPathValue(name, value string) {
	if r.values == nil {
		r.values = map[string]string{}
	}
	r.values[name] = value
}
func (r *Request) UserAgent() string { return r.Header.Get("User-Agent") }
func (r *Request) Cookie(name string) (*Cookie, error) {
	for _, pair := range strings.Split(r.Header.Get("Cookie"), ";") {
		if k, v, ok := strings.Cut(strings.TrimSpace(pair), "="); ok && k == name {
			return &Cookie{Name: k, Value: v}, nil
		}
	}
	return nil, ErrNoCookie
}
func (r *Request) ParseForm() error {
	if r.Form != nil {
		return nil
	}
	r.Form = r.URL.Query()
	r.PostForm = url.Values{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		data, _ := io.ReadAll(r.Body)
		form, err := url.ParseQuery(string(data))
		if err != nil {
			return err
		}
		r.PostForm = form
		for k, v := range form {
			r.Form[k] = append(v, r.Form[k]...)
		}
	}
	return nil
}
func (r *Request) FormValue(key string) string {
	r.ParseForm()
	return r.Form.Get(key)
}
func (r *Request) PostFormValue(key string) string {
	r.ParseForm()
	return r.PostForm.Get(key)
}
func (r *Request) BasicAuth() (string, string, bool) { return "", "", false }

type ResponseWriter interface {
	Header() Header
	Write([]byte) (int, error)
	WriteHeader(statusCode int)
}
type Flusher interface{ Flush() }
type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}
type HandlerFunc func(ResponseWriter, *Request)

func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request) { f(w, r) }

type response struct {
	header Header
	sent   Header
	status int
	body   bytes.Buffer
}

func (w *response) Header() Header { return w.header }
func (w *response) Flush()         {}
func (w *response) WriteHeader(code int) {
	if w.status != 0 {
		log.Printf("http: superfluous response.WriteHeader call from main.main (main.go:1)")
		return
	}
	w.status = code
	w.sent = w.header.Clone()
}
func (w *response) Write(p []byte) (int, error) { return w.WriteString(string(p)) }
func (w *response) WriteString(s string) (int, error) {
	if w.status == 0 {
		w.WriteHeader(200)
	}
	return w.body.WriteString(s)
}
func DetectContentType(data []byte) string {
	s := strings.ToLower(strings.TrimLeft(string(data), " \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<script", "<h1", "<div", "<p>", "<p ", "<body", "<title", "<a ", "<br", "<table", "<style", "<!--", "<b>", "<b "} {
		if strings.HasPrefix(s, tag) {
			return "text/html; charset=utf-8"
		}
	}
	if strings.HasPrefix(s, "<?xml") {
		return "text/xml; charset=utf-8"
	}
	if strings.HasPrefix(string(data), "\x89PNG") {
		return "image/png"
	}
	for _, c := range data {
		if c < 9 || c > 13 && c < 32 && c != 27 {
			return "application/octet-stream"
		}
	}
	return "text/plain; charset=utf-8"
}
func (w *response) finish(r *Request) (int, []string, string) {
	if w.status == 0 {
		w.WriteHeader(200)
	}
	body := w.body.String()
	lines := w.sent.lines()
	lines = append(lines, "Date", stamp(time.Now().Unix()))
	empty := w.status == 204 || w.status == 304
	if !empty && len(body) <= 2048 && w.sent.Get("Content-Length") == "" {
		lines = append(lines, "Content-Length", strconv.Itoa(len(body)))
	}
	if _, set := w.sent["Content-Type"]; !set && !empty && body != "" {
		lines = append(lines, "Content-Type", DetectContentType([]byte(body)))
	}
	if empty {
		body = ""
	}
	return w.status, lines, body
}

func Error(w ResponseWriter, message string, code int) {
	h := w.Header()
	h.Del("Content-Length")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(code)
	fmt.Fprintln(w, message)
}
func NotFound(w ResponseWriter, r *Request) { Error(w, "404 page not found", StatusNotFound) }
func NotFoundHandler() Handler              { return HandlerFunc(NotFound) }
func Redirect(w ResponseWriter, r *Request, to string, code int) {
	w.Header().Set("Location", to)
	if r.Method == "GET" || r.Method == "HEAD" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	w.WriteHeader(code)
	if r.Method == "GET" {
		fmt.Fprintf(w, "<a href=\"%s\">%s</a>.\n\n", to, StatusText(code))
	}
}
func RedirectHandler(to string, code int) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) { Redirect(w, r, to, code) })
}
func StripPrefix(prefix string, h Handler) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		p, ok := strings.CutPrefix(r.URL.Path, prefix)
		if !ok {
			NotFound(w, r)
			return
		}
		c, u := *r, *r.URL
		u.Path = p
		c.URL = &u
		h.ServeHTTP(w, &c)
	})
}

`;
