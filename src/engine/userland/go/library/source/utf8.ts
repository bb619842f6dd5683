/** The part of the package utf8 that is written in Go. */
export const SOURCE = String.raw`package utf8

const (
	RuneError = '\uFFFD'
	RuneSelf  = 0x80
	UTFMax    = 4
)

func RuneCountInString(s string) int
func RuneCount(p []byte) int { return RuneCountInString(string(p)) }
func DecodeRuneInString(s string) (rune, int)
func DecodeRune(p []byte) (rune, int) { return DecodeRuneInString(string(p)) }
func DecodeLastRuneInString(s string) (rune, int) {
	r := []rune(s)
	if len(r) == 0 {
		return RuneError, 0
	}
	return r[len(r)-1], RuneLen(r[len(r)-1])
}
func RuneLen(r rune) int { return len(string(r)) }
func ValidString(s string) bool
func Valid(p []byte) bool { return ValidString(string(p)) }
func AppendRune(p []byte, r rune) []byte { return append(p, string(r)...) }
`;
