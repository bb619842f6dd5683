/** The part of the package httptest that is written in Go. */
export const SOURCE = `package httptest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

type ResponseRecorder struct {
	Code      int
	HeaderMap http.Header
	Body      *bytes.Buffer
	wrote     bool
}

func NewRecorder() *ResponseRecorder {
	return &ResponseRecorder{Code: 200, HeaderMap: http.Header{}, Body: new(bytes.Buffer)}
}
func (w *ResponseRecorder) Header() http.Header { return w.HeaderMap }
func (w *ResponseRecorder) WriteHeader(code int) {
	if !w.wrote {
		w.Code, w.wrote = code, true
	}
}
func (w *ResponseRecorder) Write(p []byte) (int, error) {
	w.wrote = true
	return w.Body.Write(p)
}
func (w *ResponseRecorder) Result() *http.Response {
	return &http.Response{StatusCode: w.Code, Header: w.HeaderMap, Body: io.NopCloser(strings.NewReader(w.Body.String()))}
}
func NewRequest(method, target string, body io.Reader) *http.Request {
	r, err := http.NewRequest(method, target, body)
	if err != nil {
		panic(err)
	}
	if r.Body == nil {
		r.Body = io.NopCloser(strings.NewReader(""))
	}
	r.RemoteAddr = "192.0.2.1:1234"
	if r.Host == "" {
		r.Host = "example.com"
	}
	return r
}
`;
