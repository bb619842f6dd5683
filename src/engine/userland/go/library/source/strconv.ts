/** The part of the package strconv that is written in Go. */
export const SOURCE = `package strconv

import "errors"

const IntSize = 64

var ErrRange = errors.New("value out of range")
var ErrSyntax = errors.New("invalid syntax")

type NumError struct {
	Func string
	Num  string
	Err  error
}

func (e *NumError) Error() string { return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error() }
func (e *NumError) Unwrap() error { return e.Err }

func parseInteger(s string, base, bits int, signed bool) (int64, int)
func parseUnsigned(s string, base, bits int, signed bool) (uint64, int)
func parseFloat(s string) (float64, int)
func FormatInt(i int64, base int) string
func FormatUint(i uint64, base int) string
func FormatFloat(f float64, fmt byte, prec, bitSize int) string
func Quote(s string) string
func QuoteToASCII(s string) string
func QuoteRune(r rune) string
func unquote(s string) (string, bool)

func failure(fn, s string, code int) error {
	if code == 0 {
		return nil
	}
	if code == 2 {
		return &NumError{fn, s, ErrRange}
	}
	return &NumError{fn, s, ErrSyntax}
}
func Itoa(i int) string { return FormatInt(int64(i), 10) }
func Atoi(s string) (int, error) {
	i, code := parseInteger(s, 10, 64, true)
	return int(i), failure("Atoi", s, code)
}
func ParseInt(s string, base int, bitSize int) (int64, error) {
	i, code := parseInteger(s, base, bitSize, true)
	return i, failure("ParseInt", s, code)
}
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	i, code := parseUnsigned(s, base, bitSize, false)
	return i, failure("ParseUint", s, code)
}
func ParseFloat(s string, bitSize int) (float64, error) {
	f, code := parseFloat(s)
	return f, failure("ParseFloat", s, code)
}
func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, &NumError{"ParseBool", str, ErrSyntax}
}
func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}
func Unquote(s string) (string, error) {
	t, ok := unquote(s)
	if !ok {
		return "", ErrSyntax
	}
	return t, nil
}
func AppendInt(dst []byte, i int64, base int) []byte { return append(dst, FormatInt(i, base)...) }
`;
