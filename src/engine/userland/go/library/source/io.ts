/** The part of the package io that is written in Go. */
export const SOURCE = `package io

import "errors"

var EOF = errors.New("EOF")
var ErrUnexpectedEOF = errors.New("unexpected EOF")
var ErrShortWrite = errors.New("short write")
var ErrClosedPipe = errors.New("io: read/write on closed pipe")

const (
	SeekStart   = 0
	SeekCurrent = 1
	SeekEnd     = 2
)

type Reader interface{ Read(p []byte) (n int, err error) }
type Writer interface{ Write(p []byte) (n int, err error) }
type Closer interface{ Close() error }
type ReadWriter interface {
	Reader
	Writer
}
type ReadCloser interface {
	Reader
	Closer
}
type WriteCloser interface {
	Writer
	Closer
}
type ReadWriteCloser interface {
	Reader
	Writer
	Closer
}
type StringWriter interface{ WriteString(s string) (n int, err error) }
type ByteReader interface{ ReadByte() (byte, error) }
type ByteWriter interface{ WriteByte(c byte) error }

func WriteString(w Writer, s string) (int, error) {
	if sw, ok := w.(StringWriter); ok {
		return sw.WriteString(s)
	}
	return w.Write([]byte(s))
}
func ReadAll(r Reader) ([]byte, error) {
	var all []byte
	buf := make([]byte, 4096)
	for {
		n, err := r.Read(buf)
		all = append(all, buf[:n]...)
		if err == EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
	}
}
func Copy(dst Writer, src Reader) (int64, error) {
	var written int64
	buf := make([]byte, 4096)
	for {
		n, err := src.Read(buf)
		if n > 0 {
			w, werr := dst.Write(buf[:n])
			written += int64(w)
			if werr != nil {
				return written, werr
			}
		}
		if err == EOF {
			return written, nil
		}
		if err != nil {
			return written, err
		}
	}
}
func CopyN(dst Writer, src Reader, n int64) (int64, error) { return Copy(dst, LimitReader(src, n)) }
func ReadFull(r Reader, buf []byte) (int, error) {
	n := 0
	for n < len(buf) {
		m, err := r.Read(buf[n:])
		n += m
		if err != nil {
			if n == len(buf) {
				return n, nil
			}
			if n > 0 && err == EOF {
				return n, ErrUnexpectedEOF
			}
			return n, err
		}
	}
	return n, nil
}

type limitedReader struct {
	r Reader
	n int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.n <= 0 {
		return 0, EOF
	}
	if int64(len(p)) > l.n {
		p = p[:l.n]
	}
	n, err := l.r.Read(p)
	l.n -= int64(n)
	return n, err
}
func LimitReader(r Reader, n int64) Reader { return &limitedReader{r, n} }

type multiWriter struct{ writers []Writer }

func (m *multiWriter) Write(p []byte) (int, error) {
	for _, w := range m.writers {
		if n, err := w.Write(p); err != nil {
			return n, err
		}
	}
	return len(p), nil
}
func MultiWriter(writers ...Writer) Writer { return &multiWriter{writers} }

type multiReader struct{ readers []Reader }

func (m *multiReader) Read(p []byte) (int, error) {
	for len(m.readers) > 0 {
		n, err := m.readers[0].Read(p)
		if err == EOF {
			m.readers = m.readers[1:]
			if n == 0 {
				continue
			}
			return n, nil
		}
		return n, err
	}
	return 0, EOF
}
func MultiReader(readers ...Reader) Reader { return &multiReader{readers} }

type teeReader struct {
	r Reader
	w Writer
}

func (t *teeReader) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if n > 0 {
		if n, err := t.w.Write(p[:n]); err != nil {
			return n, err
		}
	}
	return n, err
}
func TeeReader(r Reader, w Writer) Reader { return &teeReader{r, w} }

type discard struct{}

func (discard) Write(p []byte) (int, error)       { return len(p), nil }
func (discard) WriteString(s string) (int, error) { return len(s), nil }

var Discard Writer = discard{}

type nopCloser struct{ Reader }

func (nopCloser) Close() error { return nil }
func NopCloser(r Reader) ReadCloser { return nopCloser{r} }
`;
