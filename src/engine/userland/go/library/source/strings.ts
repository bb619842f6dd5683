/** The part of the package strings that is written in Go. */
export const SOURCE = `package strings

import (
	"io"
	"unicode"
	"unicode/utf8"
)

func Contains(s, substr string) bool
func Count(s, substr string) int
func Fields(s string) []string
func HasPrefix(s, prefix string) bool
func HasSuffix(s, suffix string) bool
func Index(s, substr string) int
func Join(elems []string, sep string) string
func LastIndex(s, substr string) int
func Repeat(s string, count int) string
func Replace(s, old, new string, n int) string
func SplitN(s, sep string, n int) []string
func Title(s string) string
func ToLower(s string) string
func ToUpper(s string) string
func ToTitle(s string) string { return ToUpper(s) }
func Trim(s, cutset string) string
func TrimLeft(s, cutset string) string
func TrimRight(s, cutset string) string
func TrimSpace(s string) string
func EqualFold(s, t string) bool { return ToLower(s) == ToLower(t) }
func Compare(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}
func Clone(s string) string                 { return s }
func ContainsAny(s, chars string) bool      { return IndexAny(s, chars) >= 0 }
func ContainsRune(s string, r rune) bool    { return IndexRune(s, r) >= 0 }
func IndexByte(s string, c byte) int        { return Index(s, string([]byte{c})) }
func IndexRune(s string, r rune) int        { return Index(s, string(r)) }
func ReplaceAll(s, old, new string) string  { return Replace(s, old, new, -1) }
func Split(s, sep string) []string          { return SplitN(s, sep, -1) }
func IndexAny(s, chars string) int {
	for i, r := range s {
		if ContainsRune(chars, r) {
			return i
		}
	}
	return -1
}
func IndexFunc(s string, f func(rune) bool) int {
	for i, r := range s {
		if f(r) {
			return i
		}
	}
	return -1
}
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }
func SplitAfter(s, sep string) []string {
	parts := Split(s, sep)
	for i := 0; i < len(parts)-1; i++ {
		parts[i] += sep
	}
	return parts
}
func Cut(s, sep string) (before, after string, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}
func TrimPrefix(s, prefix string) string {
	s, _ = CutPrefix(s, prefix)
	return s
}
func TrimSuffix(s, suffix string) string {
	s, _ = CutSuffix(s, suffix)
	return s
}
func FieldsFunc(s string, f func(rune) bool) []string {
	var fields []string
	field := ""
	for _, r := range s {
		if !f(r) {
			field += string(r)
		} else if field != "" {
			fields = append(fields, field)
			field = ""
		}
	}
	if field != "" {
		fields = append(fields, field)
	}
	return fields
}
func TrimFunc(s string, f func(rune) bool) string { return TrimRightFunc(TrimLeftFunc(s, f), f) }
func TrimLeftFunc(s string, f func(rune) bool) string {
	for i, r := range s {
		if !f(r) {
			return s[i:]
		}
	}
	return ""
}
func TrimRightFunc(s string, f func(rune) bool) string {
	runes := []rune(s)
	for len(runes) > 0 && f(runes[len(runes)-1]) {
		runes = runes[:len(runes)-1]
	}
	return string(runes)
}
func Map(mapping func(rune) rune, s string) string {
	var b Builder
	for _, r := range s {
		if m := mapping(r); m >= 0 {
			b.WriteRune(m)
		}
	}
	return b.String()
}
func SplitSeq(s, sep string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, part := range Split(s, sep) {
			if !yield(part) {
				return
			}
		}
	}
}

type Builder struct{ text string }

func (b *Builder) WriteString(s string) (int, error) {
	b.text += s
	return len(s), nil
}
func (b *Builder) Write(p []byte) (int, error) {
	b.text += string(p)
	return len(p), nil
}
func (b *Builder) WriteByte(c byte) error {
	b.text += string([]byte{c})
	return nil
}
func (b *Builder) WriteRune(r rune) (int, error) {
	b.text += string(r)
	return utf8.RuneLen(r), nil
}
func (b *Builder) String() string { return b.text }
func (b *Builder) Len() int       { return len(b.text) }
func (b *Builder) Reset()         { b.text = "" }
func (b *Builder) Grow(n int)     {}
func (b *Builder) Cap() int       { return len(b.text) }

type Reader struct {
	s string
	i int
}

func NewReader(s string) *Reader { return &Reader{s, 0} }
func (r *Reader) Len() int       { return len(r.s) - r.i }
func (r *Reader) Read(b []byte) (int, error) {
	if r.i >= len(r.s) {
		return 0, io.EOF
	}
	n := copy(b, r.s[r.i:])
	r.i += n
	return n, nil
}
func (r *Reader) ReadByte() (byte, error) {
	if r.i >= len(r.s) {
		return 0, io.EOF
	}
	r.i++
	return r.s[r.i-1], nil
}
func (r *Reader) ReadRune() (rune, int, error) {
	if r.i >= len(r.s) {
		return 0, 0, io.EOF
	}
	c, size := utf8.DecodeRuneInString(r.s[r.i:])
	r.i += size
	return c, size, nil
}

type Replacer struct{ pairs []string }

func NewReplacer(oldnew ...string) *Replacer { return &Replacer{oldnew} }
func (r *Replacer) Replace(s string) string {
	var b Builder
	for i := 0; i < len(s); {
		matched := false
		for p := 0; p+1 < len(r.pairs); p += 2 {
			if r.pairs[p] != "" && HasPrefix(s[i:], r.pairs[p]) {
				b.WriteString(r.pairs[p+1])
				i += len(r.pairs[p])
				matched = true
				break
			}
		}
		if !matched {
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

var _ = unicode.IsSpace
`;
