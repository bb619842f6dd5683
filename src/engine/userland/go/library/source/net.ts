/** The part of the package net that is written in Go. */
export const SOURCE = `package net

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type Error interface {
	error
	Timeout() bool
}
type Addr interface {
	Network() string
	String() string
}
type Conn interface {
	Read(b []byte) (int, error)
	Write(b []byte) (int, error)
	Close() error
	RemoteAddr() Addr
	LocalAddr() Addr
}
type Listener interface {
	Accept() (Conn, error)
	Close() error
	Addr() Addr
}
type tcpAddr struct{ s string }

func (a *tcpAddr) Network() string { return "tcp" }
func (a *tcpAddr) String() string  { return a.s }

var ErrClosed = errors.New("use of closed network connection")

type OpError struct {
	Op  string
	Net string
	Err error
}

func (e *OpError) Error() string { return e.Err.Error() }
func (e *OpError) Unwrap() error { return e.Err }

func dial(host string, port int) (int, string)
func listen(host string, port int) (int, int, int, int)
func accept(fd, stop int) int
func read(fd, max int) (string, int)
func write(fd int, s string) int
func closeFd(fd int)
func names(fd int) (string, string)
func lookup(host string) ([]string, string)

func SplitHostPort(hostport string) (host, port string, err error) {
	i := strings.LastIndex(hostport, ":")
	if i < 0 {
		return "", "", errors.New("address " + hostport + ": missing port in address")
	}
	return strings.Trim(hostport[:i], "[]"), hostport[i+1:], nil
}
func JoinHostPort(host, port string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]:" + port
	}
	return host + ":" + port
}

type conn struct{ fd int }

func (c *conn) Read(b []byte) (int, error) {
	s, errno := read(c.fd, len(b))
	if errno != 0 {
		return 0, &OpError{"read", "tcp", syscall.Errno(errno)}
	}
	if s == "" {
		return 0, io.EOF
	}
	return copy(b, s), nil
}
func (c *conn) Write(b []byte) (int, error) {
	if errno := write(c.fd, string(b)); errno != 0 {
		return 0, &OpError{"write", "tcp", syscall.Errno(errno)}
	}
	return len(b), nil
}
func (c *conn) Close() error {
	closeFd(c.fd)
	return nil
}
func (c *conn) SetDeadline(t time.Time) error { return nil }
func (c *conn) LocalAddr() Addr {
	local, _ := names(c.fd)
	return &tcpAddr{local}
}
func (c *conn) RemoteAddr() Addr {
	_, peer := names(c.fd)
	return &tcpAddr{peer}
}
func Dial(network, address string) (Conn, error) {
	host, port, err := SplitHostPort(address)
	if err != nil {
		return nil, &OpError{"dial", network, errors.New("dial " + network + ": " + err.Error())}
	}
	n, _ := strconv.Atoi(port)
	fd, problem := dial(host, n)
	if problem != "" {
		return nil, &OpError{"dial", network, errors.New(problem)}
	}
	return &conn{fd}, nil
}
func DialTimeout(network, address string, timeout time.Duration) (Conn, error) { return Dial(network, address) }

type listener struct {
	fd, stop, stopper int
	addr              string
}

func Listen(network, address string) (Listener, error) {
	host, port, err := SplitHostPort(address)
	if err != nil {
		return nil, errors.New("listen " + network + ": " + err.Error())
	}
	n, _ := strconv.Atoi(port)
	fd, stop, stopper, errno := listen(host, n)
	if errno != 0 {
		return nil, &OpError{"listen", network, errors.New("listen " + network + " " + address + ": bind: " + syscall.Errno(errno).Error())}
	}
	if host == "" {
		host = "::"
	}
	return &listener{fd, stop, stopper, JoinHostPort(host, port)}, nil
}
func (l *listener) Accept() (Conn, error) {
	fd := accept(l.fd, l.stop)
	if fd < 0 {
		return nil, &OpError{"accept", "tcp", ErrClosed}
	}
	return &conn{fd}, nil
}
func (l *listener) Close() error {
	closeFd(l.stopper)
	closeFd(l.fd)
	return nil
}
func (l *listener) Addr() Addr { return &tcpAddr{l.addr} }
func LookupHost(host string) ([]string, error) {
	list, problem := lookup(host)
	if problem != "" {
		return nil, errors.New(problem)
	}
	return list, nil
}
`;
