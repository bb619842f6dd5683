/** The part of the package fmt that is written in Go. */
export const SOURCE = String.raw`package fmt

import (
	"io"
	"os"
)

type Stringer interface{ String() string }
type GoStringer interface{ GoString() string }
type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

func Sprint(a ...any) string
func Sprintln(a ...any) string
func Sprintf(format string, a ...any) string
func wrapped(format string, a []any) []error
func scanWords(words []string, a []any) (int, string)
func scanFormat(text, format string, a []any) (int, string)

func Print(a ...any) (int, error)                                 { return os.Stdout.WriteString(Sprint(a...)) }
func Println(a ...any) (int, error)                               { return os.Stdout.WriteString(Sprintln(a...)) }
func Printf(format string, a ...any) (int, error)                 { return os.Stdout.WriteString(Sprintf(format, a...)) }
func Fprint(w io.Writer, a ...any) (int, error)                   { return io.WriteString(w, Sprint(a...)) }
func Fprintln(w io.Writer, a ...any) (int, error)                 { return io.WriteString(w, Sprintln(a...)) }
func Fprintf(w io.Writer, format string, a ...any) (int, error)   { return io.WriteString(w, Sprintf(format, a...)) }
func Append(b []byte, a ...any) []byte                            { return append(b, Sprint(a...)...) }
func Appendf(b []byte, format string, a ...any) []byte            { return append(b, Sprintf(format, a...)...) }

type plainError struct{ s string }

func (e *plainError) Error() string { return e.s }

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }

func Errorf(format string, a ...any) error {
	s := Sprintf(format, a...)
	errs := wrapped(format, a)
	switch len(errs) {
	case 0:
		return &plainError{s}
	case 1:
		return &wrapError{s, errs[0]}
	}
	return &wrapErrors{s, errs}
}

type scanError struct{ s string }

func (e *scanError) Error() string { return e.s }

func scanned(n int, problem string) (int, error) {
	if problem == "" {
		return n, nil
	}
	if problem == "EOF" {
		return n, io.EOF
	}
	return n, &scanError{problem}
}
func readByte(r io.Reader) (byte, bool) {
	b := make([]byte, 1)
	n, err := r.Read(b)
	return b[0], n == 1 && (err == nil || err == io.EOF)
}
func Fscan(r io.Reader, a ...any) (int, error) {
	var words []string
	for range a {
		word := ""
		for {
			c, ok := readByte(r)
			if !ok || (word != "" && (c == ' ' || c == '\n' || c == '\t' || c == '\r')) {
				break
			}
			if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
				word += string([]byte{c})
			}
		}
		if word == "" {
			break
		}
		words = append(words, word)
	}
	return scanned(scanWords(words, a))
}
func line(r io.Reader) (string, bool) {
	text := ""
	for {
		c, ok := readByte(r)
		if !ok {
			return text, text != ""
		}
		if c == '\n' {
			return text, true
		}
		text += string([]byte{c})
	}
}
func fields(s string) []string {
	var words []string
	word := ""
	for _, c := range s + " " {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			word += string(c)
		} else if word != "" {
			words = append(words, word)
			word = ""
		}
	}
	return words
}
func Fscanln(r io.Reader, a ...any) (int, error) {
	text, ok := line(r)
	if !ok {
		return 0, io.EOF
	}
	words := fields(text)
	if len(words) < len(a) {
		n, _ := scanWords(words, a)
		return n, &scanError{"unexpected newline"}
	}
	if len(words) > len(a) {
		n, _ := scanWords(words, a)
		return n, &scanError{"expected newline"}
	}
	return scanned(scanWords(words, a))
}
func Scan(a ...any) (int, error)                    { return Fscan(os.Stdin, a...) }
func Scanln(a ...any) (int, error)                  { return Fscanln(os.Stdin, a...) }
func Sscan(s string, a ...any) (int, error)         { return scanned(scanWords(fields(s), a)) }
func Sscanf(s, format string, a ...any) (int, error) { return scanned(scanFormat(s, format, a)) }
func Scanf(format string, a ...any) (int, error) {
	text, ok := line(os.Stdin)
	if !ok {
		return 0, io.EOF
	}
	return Sscanf(text, format, a...)
}
`;
