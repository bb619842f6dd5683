/** Servers, and files that are served, of the package net/http. */
export const SOURCE = String.raw`package http

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

type Server struct {
	Addr              string
	Handler           Handler
	ReadTimeout       time.Duration
	ReadHeaderTimeout time.Duration
	WriteTimeout      time.Duration
	IdleTimeout       time.Duration
	MaxHeaderBytes    int
	ErrorLog          *log.Logger
	listening         int
	stopper           int
	active            sync.WaitGroup
	closed            bool
	closers           []func()
}

func ListenAndServe(addr string, h Handler) error {
	s := &Server{Addr: addr, Handler: h}
	return s.ListenAndServe()
}
func (s *Server) RegisterOnShutdown(f func()) { s.closers = append(s.closers, f) }
func (s *Server) ListenAndServe() error {
	if s.closed {
		return ErrServerClosed
	}
	addr := s.Addr
	if addr == "" {
		addr = ":http"
	}
	i := strings.LastIndex(addr, ":")
	if i < 0 {
		return errors.New("listen tcp: address " + addr + ": missing port in address")
	}
	host, name := addr[:i], addr[i+1:]
	if name == "http" {
		name = "80"
	}
	port, err := strconv.Atoi(name)
	if err != nil {
		return errors.New("listen tcp: lookup tcp/" + name + ": unknown port")
	}
	if port < 0 || port > 65535 {
		return errors.New("listen tcp: address " + name + ": invalid port")
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	fd, stop, stopper, errno := listen(host, port)
	if errno != 0 {
		return errors.New("listen tcp " + addr + ": bind: " + syscall.Errno(errno).Error())
	}
	s.listening, s.stopper = fd, stopper
	for {
		c := accept(fd, stop)
		if c < 0 {
			return ErrServerClosed
		}
		go serve(c, s.handle)
	}
}
func (s *Server) handle(method, target, remote string, headers []string, body string) (status int, lines []string, out string) {
	s.active.Add(1)
	defer s.active.Done()
	defer func() {
		if p := recover(); p != nil {
			if p != ErrAbortHandler {
				log.Printf("http: panic serving %v: %v\ngoroutine 1 [running]:\n", remote, p)
			}
			status = 0
		}
	}()
	h := headerOf(headers)
	u, err := url.Parse(target)
	if err != nil {
		return 400, []string{"Content-Type", "text/plain; charset=utf-8", "Connection", "close"}, "400 Bad Request"
	}
	r := &Request{Method: method, URL: u, Proto: "HTTP/1.1", Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Host: h.Get("Host"), RemoteAddr: remote, RequestURI: target}
	h.Del("Host")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r.ctx = ctx
	w := &response{header: Header{}}
	handler := s.Handler
	if handler == nil {
		handler = DefaultServeMux
	}
	handler.ServeHTTP(w, r)
	return w.finish(r)
}
func (s *Server) Shutdown(ctx context.Context) error {
	s.Close()
	done := make(chan struct{})
	go func() {
		s.active.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
func (s *Server) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	for _, f := range s.closers {
		f()
	}
	if s.stopper != 0 {
		closeFd(s.stopper)
		closeFd(s.listening)
	}
	return nil
}

type FileSystem interface{ root() string }
type Dir string

func (d Dir) root() string             { return string(d) }
func FileServer(root FileSystem) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		name := path.Join(root.root(), path.Clean("/"+r.URL.Path))
		serveFile(w, r, name)
	})
}

var types = map[string]string{".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".txt": "text/plain; charset=utf-8", ".xml": "text/xml; charset=utf-8"}

func serveFile(w ResponseWriter, r *Request, name string) {
	info, err := os.Stat(name)
	if err != nil {
		NotFound(w, r)
		return
	}
	if info.IsDir() {
		if !strings.HasSuffix(r.URL.Path, "/") && r.URL.Path != "" {
			w.Header().Set("Location", path.Base(r.URL.Path)+"/")
			w.WriteHeader(StatusMovedPermanently)
			return
		}
		if _, err := os.Stat(name + "/index.html"); err == nil {
			serveFile(w, r, name+"/index.html")
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n")
		entries, _ := os.ReadDir(name)
		for _, e := range entries {
			n := e.Name()
			if e.IsDir() {
				n += "/"
			}
			fmt.Fprintf(w, "<a href=\"%s\">%s</a>\n", n, n)
		}
		fmt.Fprintf(w, "</pre>\n")
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		Error(w, "403 Forbidden", StatusForbidden)
		return
	}
	if t, ok := types[path.Ext(name)]; ok {
		w.Header().Set("Content-Type", t)
	}
	w.Header().Set("Accept-Ranges", "bytes")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.Header().Set("Last-Modified", stamp(info.ModTime().Unix()))
	w.Write(data)
}
func ServeFile(w ResponseWriter, r *Request, name string) { serveFile(w, r, name) }
func MaxBytesReader(w ResponseWriter, r io.ReadCloser, n int64) io.ReadCloser {
	return io.NopCloser(io.LimitReader(r, n))
}
func TimeoutHandler(h Handler, dt time.Duration, msg string) Handler { return h }

`;
