/** The part of the package errors that is written in Go. */
export const SOURCE = String.raw`package errors

type errorString struct{ s string }

func (e *errorString) Error() string { return e.s }

var ErrUnsupported = New("unsupported operation")

func New(text string) error { return &errorString{text} }

type unwrapper interface{ Unwrap() error }
type manyUnwrapper interface{ Unwrap() []error }
type isser interface{ Is(error) bool }
type asser interface{ As(any) bool }

func same(a, b error) bool
func assignTo(err error, target any) bool

func Unwrap(err error) error {
	if u, ok := err.(unwrapper); ok {
		return u.Unwrap()
	}
	return nil
}
func Is(err, target error) bool {
	for err != nil {
		if same(err, target) {
			return true
		}
		if x, ok := err.(isser); ok && x.Is(target) {
			return true
		}
		if m, ok := err.(manyUnwrapper); ok {
			for _, e := range m.Unwrap() {
				if Is(e, target) {
					return true
				}
			}
			return false
		}
		err = Unwrap(err)
	}
	return target == nil
}
func As(err error, target any) bool {
	for err != nil {
		if assignTo(err, target) {
			return true
		}
		if x, ok := err.(asser); ok && x.As(target) {
			return true
		}
		if m, ok := err.(manyUnwrapper); ok {
			for _, e := range m.Unwrap() {
				if As(e, target) {
					return true
				}
			}
			return false
		}
		err = Unwrap(err)
	}
	return false
}

type joinError struct{ errs []error }

func (e *joinError) Error() string {
	s := ""
	for i, err := range e.errs {
		if i > 0 {
			s += "\n"
		}
		s += err.Error()
	}
	return s
}
func (e *joinError) Unwrap() []error { return e.errs }
func Join(errs ...error) error {
	e := &joinError{}
	for _, err := range errs {
		if err != nil {
			e.errs = append(e.errs, err)
		}
	}
	if len(e.errs) == 0 {
		return nil
	}
	return e
}
`;
