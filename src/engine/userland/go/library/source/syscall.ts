/** The part of the package syscall that is written in Go. */
export const SOURCE = `package syscall

type Errno uintptr

func message(n int) string
func (e Errno) Error() string { return message(int(e)) }
func (e Errno) Is(target error) bool {
	switch target.Error() {
	case "permission denied":
		return e == EACCES || e == EPERM
	case "file already exists":
		return e == EEXIST || e == ENOTEMPTY
	case "file does not exist":
		return e == ENOENT
	}
	return false
}
func (e Errno) Timeout() bool { return e == ETIMEDOUT }

const (
	EPERM        = Errno(1)
	ENOENT       = Errno(2)
	EACCES       = Errno(13)
	EEXIST       = Errno(17)
	EINVAL       = Errno(22)
	ENOTEMPTY    = Errno(39)
	EADDRINUSE   = Errno(98)
	ETIMEDOUT    = Errno(110)
	ECONNREFUSED = Errno(111)
)

type Signal int

func name(n int) string
func (s Signal) Signal()        {}
func (s Signal) String() string { return name(int(s)) }

const (
	SIGHUP  = Signal(1)
	SIGINT  = Signal(2)
	SIGQUIT = Signal(3)
	SIGABRT = Signal(6)
	SIGKILL = Signal(9)
	SIGUSR1 = Signal(10)
	SIGSEGV = Signal(11)
	SIGUSR2 = Signal(12)
	SIGPIPE = Signal(13)
	SIGALRM = Signal(14)
	SIGTERM = Signal(15)
	SIGCHLD = Signal(17)
)

func kill(pid int, sig int) int
func Kill(pid int, sig Signal) error {
	if e := kill(pid, int(sig)); e != 0 {
		return Errno(e)
	}
	return nil
}
func Getpid() int
`;
