/** The part of the package unicode that is written in Go. */
export const SOURCE = String.raw`package unicode

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
)

func IsLetter(r rune) bool
func IsDigit(r rune) bool
func IsNumber(r rune) bool { return IsDigit(r) }
func IsSpace(r rune) bool
func IsUpper(r rune) bool
func IsLower(r rune) bool
func IsPunct(r rune) bool
func IsControl(r rune) bool { return r < 32 || r >= 0x7f && r < 0xa0 }
func IsPrint(r rune) bool
func ToUpper(r rune) rune
func ToLower(r rune) rune
`;
