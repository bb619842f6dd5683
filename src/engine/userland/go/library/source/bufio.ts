/** The part of the package bufio that is written in Go. */
export const SOURCE = String.raw`package bufio

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

const MaxScanTokenSize = 64 * 1024

var ErrTooLong = errors.New("bufio.Scanner: token too long")

type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

func ScanLines(data []byte, atEOF bool) (int, []byte, error) {
	if i := strings.IndexByte(string(data), '\n'); i >= 0 {
		return i + 1, []byte(strings.TrimSuffix(string(data[:i]), "\r")), nil
	}
	if atEOF && len(data) > 0 {
		return len(data), []byte(strings.TrimSuffix(string(data), "\r")), nil
	}
	return 0, nil, nil
}
func ScanWords(data []byte, atEOF bool) (int, []byte, error) {
	start := 0
	for start < len(data) && (data[start] == ' ' || data[start] == '\n' || data[start] == '\t' || data[start] == '\r') {
		start++
	}
	for i := start; i < len(data); i++ {
		if data[i] == ' ' || data[i] == '\n' || data[i] == '\t' || data[i] == '\r' {
			return i + 1, data[start:i], nil
		}
	}
	if atEOF && len(data) > start {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}
func ScanRunes(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	_, size := utf8.DecodeRune(data)
	return size, data[:size], nil
}
func ScanBytes(data []byte, atEOF bool) (int, []byte, error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

type Scanner struct {
	r     io.Reader
	split SplitFunc
	data  []byte
	token []byte
	eof   bool
	err   error
	max   int
}

func NewScanner(r io.Reader) *Scanner          { return &Scanner{r: r, split: ScanLines, max: MaxScanTokenSize} }
func (s *Scanner) Split(split SplitFunc)       { s.split = split }
func (s *Scanner) Buffer(buf []byte, max int)  { s.max = max }
func (s *Scanner) Text() string                { return string(s.token) }
func (s *Scanner) Bytes() []byte               { return s.token }
func (s *Scanner) Err() error                  { return s.err }
func (s *Scanner) Scan() bool {
	for {
		if len(s.data) > 0 || s.eof {
			advance, token, err := s.split(s.data, s.eof)
			if err != nil {
				s.err = err
				return false
			}
			s.data = s.data[advance:]
			if token != nil {
				s.token = token
				return true
			}
			if s.eof {
				s.token = nil
				return false
			}
		}
		if len(s.data) >= s.max {
			s.err = ErrTooLong
			return false
		}
		buf := make([]byte, 4096)
		n, err := s.r.Read(buf)
		s.data = append(s.data, buf[:n]...)
		if err == io.EOF {
			s.eof = true
		} else if err != nil {
			s.err = err
			s.eof = true
		}
	}
}

type Reader struct {
	r    io.Reader
	data string
	err  error
}

func NewReader(r io.Reader) *Reader               { return &Reader{r: r} }
func NewReaderSize(r io.Reader, size int) *Reader { return &Reader{r: r} }
func (b *Reader) fill() {
	buf := make([]byte, 4096)
	n, err := b.r.Read(buf)
	b.data += string(buf[:n])
	b.err = err
}
func (b *Reader) Read(p []byte) (int, error) {
	if b.data == "" && b.err == nil {
		b.fill()
	}
	if b.data == "" {
		return 0, b.err
	}
	n := copy(p, b.data)
	b.data = b.data[n:]
	return n, nil
}
func (b *Reader) ReadString(delim byte) (string, error) {
	for {
		if i := strings.IndexByte(b.data, delim); i >= 0 {
			s := b.data[:i+1]
			b.data = b.data[i+1:]
			return s, nil
		}
		if b.err != nil {
			s := b.data
			b.data = ""
			return s, b.err
		}
		b.fill()
	}
}
func (b *Reader) ReadBytes(delim byte) ([]byte, error) {
	s, err := b.ReadString(delim)
	return []byte(s), err
}
func (b *Reader) ReadLine() ([]byte, bool, error) {
	s, err := b.ReadString('\n')
	if s == "" && err != nil {
		return nil, false, err
	}
	return []byte(strings.TrimRight(s, "\r\n")), false, nil
}
func (b *Reader) ReadByte() (byte, error) {
	p := make([]byte, 1)
	if _, err := b.Read(p); err != nil {
		return 0, err
	}
	return p[0], nil
}
func (b *Reader) ReadRune() (rune, int, error) {
	for b.err == nil && len(b.data) < 4 {
		b.fill()
	}
	if b.data == "" {
		return 0, 0, b.err
	}
	r, size := utf8.DecodeRuneInString(b.data)
	b.data = b.data[size:]
	return r, size, nil
}

type Writer struct {
	w    io.Writer
	data string
}

func NewWriter(w io.Writer) *Writer               { return &Writer{w: w} }
func NewWriterSize(w io.Writer, size int) *Writer { return &Writer{w: w} }
func (b *Writer) Flush() error {
	if b.data == "" {
		return nil
	}
	_, err := io.WriteString(b.w, b.data)
	b.data = ""
	return err
}
func (b *Writer) WriteString(s string) (int, error) {
	b.data += s
	if len(b.data) >= 4096 {
		return len(s), b.Flush()
	}
	return len(s), nil
}
func (b *Writer) Write(p []byte) (int, error)  { return b.WriteString(string(p)) }
func (b *Writer) WriteByte(c byte) error {
	_, err := b.WriteString(string([]byte{c}))
	return err
}
func (b *Writer) WriteRune(r rune) (int, error) { return b.WriteString(string(r)) }

type ReadWriter struct {
	*Reader
	*Writer
}

func NewReadWriter(r *Reader, w *Writer) *ReadWriter { return &ReadWriter{r, w} }
`;
