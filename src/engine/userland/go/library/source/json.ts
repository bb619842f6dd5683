/** The part of the package json that is written in Go. */
export const SOURCE = String.raw`package json

import (
	"errors"
	"io"
)

type Marshaler interface{ MarshalJSON() ([]byte, error) }
type Unmarshaler interface{ UnmarshalJSON([]byte) error }
type SyntaxError struct {
	msg    string
	Offset int64
}

func (e *SyntaxError) Error() string { return e.msg }

type UnmarshalTypeError struct{ msg string }

func (e *UnmarshalTypeError) Error() string { return e.msg }

type RawMessage []byte

func (m RawMessage) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("null"), nil
	}
	return m, nil
}
func (m *RawMessage) UnmarshalJSON(data []byte) error {
	*m = append((*m)[0:0], data...)
	return nil
}

func encode(v any) (string, string)
func decode(s string, v any, strict bool, at int, whole bool) (string, int)
func indent(s, prefix, indent string) string

func problem(s string, offset int) error {
	if s == "" {
		return nil
	}
	if len(s) > 22 && s[:22] == "json: cannot unmarshal" {
		return &UnmarshalTypeError{s}
	}
	if len(s) > 6 && s[:6] == "json: " {
		return errors.New(s)
	}
	return &SyntaxError{s, int64(offset)}
}
func Marshal(v any) ([]byte, error) {
	s, bad := encode(v)
	if bad != "" {
		return nil, errors.New(bad)
	}
	return []byte(s), nil
}
func MarshalIndent(v any, prefix, in string) ([]byte, error) {
	s, bad := encode(v)
	if bad != "" {
		return nil, errors.New(bad)
	}
	return []byte(indent(s, prefix, in)), nil
}
func Unmarshal(data []byte, v any) error { return problem(decode(string(data), v, false, 0, true)) }
func Valid(data []byte) bool {
	var v any
	return Unmarshal(data, &v) == nil
}

type Encoder struct {
	w              io.Writer
	prefix, indent string
}

func NewEncoder(w io.Writer) *Encoder              { return &Encoder{w: w} }
func (e *Encoder) SetIndent(prefix, indent string) { e.prefix, e.indent = prefix, indent }
func (e *Encoder) SetEscapeHTML(on bool)           {}
func (e *Encoder) Encode(v any) error {
	s, bad := encode(v)
	if bad != "" {
		return errors.New(bad)
	}
	if e.prefix != "" || e.indent != "" {
		s = indent(s, e.prefix, e.indent)
	}
	_, err := io.WriteString(e.w, s+"\n")
	return err
}

type Decoder struct {
	r      io.Reader
	text   string
	at     int
	strict bool
	read   bool
}

func NewDecoder(r io.Reader) *Decoder     { return &Decoder{r: r} }
func (d *Decoder) DisallowUnknownFields() { d.strict = true }
func (d *Decoder) fill() error {
	if !d.read {
		d.read = true
		data, err := io.ReadAll(d.r)
		if err != nil {
			return err
		}
		d.text = string(data)
	}
	for d.at < len(d.text) && (d.text[d.at] == ' ' || d.text[d.at] == '\n' || d.text[d.at] == '\t' || d.text[d.at] == '\r') {
		d.at++
	}
	return nil
}
func (d *Decoder) Decode(v any) error {
	if err := d.fill(); err != nil {
		return err
	}
	if d.at >= len(d.text) {
		return io.EOF
	}
	bad, end := decode(d.text, v, d.strict, d.at, false)
	d.at = end
	if bad == "unexpected end of JSON input" {
		return io.ErrUnexpectedEOF
	}
	return problem(bad, end)
}
func (d *Decoder) More() bool { return d.fill() == nil && d.at < len(d.text) }
`;
