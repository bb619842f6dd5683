/** Clients, of the package net/http. */
export const SOURCE = `package http

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
)

type Response struct {
	Status        string
	StatusCode    int
	Proto         string
	Header        Header
	Body          io.ReadCloser
	ContentLength int64
	Request       *Request
}
type RoundTripper interface {
	RoundTrip(*Request) (*Response, error)
}
type Transport struct {
	MaxIdleConns        int
	IdleConnTimeout     time.Duration
	TLSHandshakeTimeout time.Duration
}

var DefaultTransport RoundTripper = &Transport{}

func (t *Transport) RoundTrip(r *Request) (*Response, error) {
	if r.URL.Scheme != "http" {
		if r.URL.Scheme == "https" {
			return nil, errors.New("https is not in the part of net/http that this model has")
		}
		return nil, errors.New("unsupported protocol scheme " + strconv.Quote(r.URL.Scheme))
	}
	port := 80
	if p := r.URL.Port(); p != "" {
		port, _ = strconv.Atoi(p)
	}
	body := ""
	if r.Body != nil {
		data, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(data)
	}
	lines := []string{"Host", r.URL.Host}
	if r.Header.Get("User-Agent") == "" {
		lines = append(lines, "User-Agent", "Go-http-client/1.1")
	}
	lines = append(lines, r.Header.lines()...)
	status, reason, headers, text, problem := roundTrip(r.Method, r.URL.Hostname(), port, r.URL.RequestURI(), lines, body)
	if problem == "EOF" {
		return nil, io.EOF
	}
	if problem != "" {
		return nil, errors.New(problem)
	}
	return &Response{Status: strconv.Itoa(status) + " " + reason, StatusCode: status, Proto: "HTTP/1.1", Header: headerOf(headers), Body: io.NopCloser(strings.NewReader(text)), ContentLength: int64(len(text)), Request: r}, nil
}

type Client struct {
	Timeout       time.Duration
	Transport     RoundTripper
	CheckRedirect func(req *Request, via []*Request) error
}

var DefaultClient = &Client{}

func NewRequest(method, target string, body io.Reader) (*Request, error) {
	return NewRequestWithContext(context.Background(), method, target, body)
}
func NewRequestWithContext(ctx context.Context, method, target string, body io.Reader) (*Request, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	if method == "" {
		method = "GET"
	}
	r := &Request{Method: method, URL: u, Proto: "HTTP/1.1", Header: Header{}, Host: u.Host, ctx: ctx}
	if body != nil {
		r.Body = io.NopCloser(body)
	}
	return r, nil
}

type timeoutError struct{ s string }

func (e *timeoutError) Error() string { return e.s }
func (e *timeoutError) Timeout() bool { return true }

type outcome struct {
	res *Response
	err error
}

func (c *Client) once(r *Request) (*Response, error) {
	t := c.Transport
	if t == nil {
		t = DefaultTransport
	}
	done := make(chan outcome, 1)
	go func() {
		res, err := t.RoundTrip(r)
		done <- outcome{res, err}
	}()
	var limit <-chan time.Time
	if c.Timeout > 0 {
		limit = time.After(c.Timeout)
	}
	select {
	case o := <-done:
		return o.res, o.err
	case <-limit:
		return nil, &timeoutError{"context deadline exceeded (Client.Timeout exceeded while awaiting headers)"}
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}
func (c *Client) Do(r *Request) (*Response, error) {
	op := r.Method[:1] + strings.ToLower(r.Method[1:])
	for i := 0; i < 10; i++ {
		res, err := c.once(r)
		if err != nil {
			return nil, &url.Error{Op: op, URL: r.URL.String(), Err: err}
		}
		to := res.Header.Get("Location")
		if to == "" || res.StatusCode < 301 || res.StatusCode > 308 || res.StatusCode == 304 {
			return res, nil
		}
		if strings.HasPrefix(to, "/") {
			to = r.URL.Scheme + "://" + r.URL.Host + to
		}
		n, err := NewRequestWithContext(r.Context(), "GET", to, nil)
		if err != nil {
			return nil, err
		}
		r = n
	}
	return nil, &url.Error{Op: op, URL: r.URL.String(), Err: errors.New("stopped after 10 redirects")}
}
func (c *Client) Get(target string) (*Response, error) {
	r, err := NewRequest("GET", target, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(r)
}
func (c *Client) Head(target string) (*Response, error) {
	r, err := NewRequest("HEAD", target, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(r)
}
func (c *Client) Post(target, contentType string, body io.Reader) (*Response, error) {
	r, err := NewRequest("POST", target, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", contentType)
	return c.Do(r)
}
func (c *Client) PostForm(target string, data url.Values) (*Response, error) {
	return c.Post(target, "application/x-www-form-urlencoded", strings.NewReader(data.Encode()))
}
func Get(target string) (*Response, error)                                  { return DefaultClient.Get(target) }
func Head(target string) (*Response, error)                                 { return DefaultClient.Head(target) }
func Post(target, contentType string, body io.Reader) (*Response, error)    { return DefaultClient.Post(target, contentType, body) }
func PostForm(target string, data url.Values) (*Response, error)            { return DefaultClient.PostForm(target, data) }

`;
