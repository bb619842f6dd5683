/** The part of the package base64 that is written in Go. */
export const SOURCE = `package base64

import "errors"

type Encoding struct{ url, raw bool }

var StdEncoding = &Encoding{false, false}
var URLEncoding = &Encoding{true, false}
var RawStdEncoding = &Encoding{false, true}
var RawURLEncoding = &Encoding{true, true}

func encode(s string, url, raw bool) string
func decode(s string, url bool) (string, bool)
func (e *Encoding) EncodeToString(src []byte) string { return encode(string(src), e.url, e.raw) }
func (e *Encoding) DecodeString(s string) ([]byte, error) {
	t, ok := decode(s, e.url)
	if !ok {
		return nil, errors.New("illegal base64 data at input byte 0")
	}
	return []byte(t), nil
}
`;
