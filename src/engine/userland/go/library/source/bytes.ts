/** The part of the package bytes that is written in Go. */
export const SOURCE = `package bytes

import (
	"io"
	"strings"
	"unicode/utf8"
)

func Contains(b, sub []byte) bool      { return strings.Contains(string(b), string(sub)) }
func Equal(a, b []byte) bool           { return string(a) == string(b) }
func Compare(a, b []byte) int          { return strings.Compare(string(a), string(b)) }
func HasPrefix(s, prefix []byte) bool  { return strings.HasPrefix(string(s), string(prefix)) }
func HasSuffix(s, suffix []byte) bool  { return strings.HasSuffix(string(s), string(suffix)) }
func Index(s, sep []byte) int          { return strings.Index(string(s), string(sep)) }
func ToUpper(s []byte) []byte          { return []byte(strings.ToUpper(string(s))) }
func ToLower(s []byte) []byte          { return []byte(strings.ToLower(string(s))) }
func TrimSpace(s []byte) []byte        { return []byte(strings.TrimSpace(string(s))) }
func Repeat(b []byte, count int) []byte { return []byte(strings.Repeat(string(b), count)) }
func ReplaceAll(s, old, new []byte) []byte {
	return []byte(strings.ReplaceAll(string(s), string(old), string(new)))
}
func each(parts []string) [][]byte {
	var list [][]byte
	for _, part := range parts {
		list = append(list, []byte(part))
	}
	return list
}
func Split(s, sep []byte) [][]byte { return each(strings.Split(string(s), string(sep))) }
func Fields(s []byte) [][]byte     { return each(strings.Fields(string(s))) }
func Join(s [][]byte, sep []byte) []byte {
	var out []byte
	for i, part := range s {
		if i > 0 {
			out = append(out, sep...)
		}
		out = append(out, part...)
	}
	return out
}

type Buffer struct{ text string }

func NewBuffer(buf []byte) *Buffer            { return &Buffer{string(buf)} }
func NewBufferString(s string) *Buffer        { return &Buffer{s} }
func NewReader(b []byte) *strings.Reader      { return strings.NewReader(string(b)) }
func (b *Buffer) Bytes() []byte               { return []byte(b.text) }
func (b *Buffer) String() string {
	if b == nil {
		return "<nil>"
	}
	return b.text
}
func (b *Buffer) Len() int                    { return len(b.text) }
func (b *Buffer) Reset()                      { b.text = "" }
func (b *Buffer) Truncate(n int)              { b.text = b.text[:n] }
func (b *Buffer) Grow(n int)                  {}
func (b *Buffer) Write(p []byte) (int, error) {
	b.text += string(p)
	return len(p), nil
}
func (b *Buffer) WriteString(s string) (int, error) {
	b.text += s
	return len(s), nil
}
func (b *Buffer) WriteByte(c byte) error {
	b.text += string([]byte{c})
	return nil
}
func (b *Buffer) WriteRune(r rune) (int, error) {
	b.text += string(r)
	return utf8.RuneLen(r), nil
}
func (b *Buffer) Read(p []byte) (int, error) {
	if b.text == "" {
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n := copy(p, b.text)
	b.text = b.text[n:]
	return n, nil
}
func (b *Buffer) ReadByte() (byte, error) {
	if b.text == "" {
		return 0, io.EOF
	}
	c := b.text[0]
	b.text = b.text[1:]
	return c, nil
}
func (b *Buffer) ReadString(delim byte) (string, error) {
	i := strings.IndexByte(b.text, delim)
	if i < 0 {
		line := b.text
		b.text = ""
		return line, io.EOF
	}
	line := b.text[:i+1]
	b.text = b.text[i+1:]
	return line, nil
}
`;
