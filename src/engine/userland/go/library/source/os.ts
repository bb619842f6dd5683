/** The part of the package os that is written in Go. */
export const SOURCE = `package os

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
	"time"
)

type PathError = fs.PathError
type FileMode = fs.FileMode
type FileInfo = fs.FileInfo
type DirEntry = fs.DirEntry
type Signal interface {
	String() string
	Signal()
}
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }
func (e *SyscallError) Unwrap() error { return e.Err }

var (
	ErrNotExist   = fs.ErrNotExist
	ErrExist      = fs.ErrExist
	ErrPermission = fs.ErrPermission
	ErrClosed     = fs.ErrClosed
	ErrInvalid    = fs.ErrInvalid
	Interrupt     Signal = syscall.SIGINT
	Kill          Signal = syscall.SIGKILL
	Args          []string = arguments()
	Stdin                  = &File{0, "/dev/stdin"}
	Stdout                 = &File{1, "/dev/stdout"}
	Stderr                 = &File{2, "/dev/stderr"}
)

const (
	O_RDONLY          = 0
	O_WRONLY          = 1
	O_RDWR            = 2
	O_CREATE          = 0100
	O_EXCL            = 0200
	O_TRUNC           = 01000
	O_APPEND          = 02000
	ModeDir           = fs.ModeDir
	ModePerm          = fs.ModePerm
	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

func arguments() []string
func lookup(key string) (string, bool)
func setenv(key, value string)
func unsetenv(key string)
func environ() []string
func open(name string, flag int, perm uint32) (int, int)
func read(fd int, max int) (string, int)
func write(fd int, s string) (int, int)
func closeFd(fd int) int
func seek(fd int, offset int64, whence int) (int64, int)
func stat(name string) (size int64, mode uint32, dir bool, seconds int64, errno int)
func remove(name string) int
func removeAll(name string) int
func mkdir(name string, perm uint32) int
func rename(from, to string) int
func symlink(from, to string) int
func readdir(name string) ([]string, int)
func chmod(name string, mode uint32) int
func chdir(name string) int
func cwd() string
func hostname() string
func executable() string
func Exit(code int)
func Getpid() int
func Getppid() int
func Getuid() int
func Getgid() int
func Geteuid() int
func isTerminal(fd int) bool

func Getenv(key string) string {
	v, _ := lookup(key)
	return v
}
func LookupEnv(key string) (string, bool) { return lookup(key) }
func Setenv(key, value string) error {
	setenv(key, value)
	return nil
}
func Unsetenv(key string) error {
	unsetenv(key)
	return nil
}
func Environ() []string            { return environ() }
func Hostname() (string, error)    { return hostname(), nil }
func Getwd() (string, error)       { return cwd(), nil }
func Executable() (string, error)  { return executable(), nil }
func Getpagesize() int             { return 4096 }
func TempDir() string {
	if d := Getenv("TMPDIR"); d != "" {
		return d
	}
	return "/tmp"
}
func UserHomeDir() (string, error) {
	if h := Getenv("HOME"); h != "" {
		return h, nil
	}
	return "", errors.New("$HOME is not defined")
}
func Expand(s string, mapping func(string) string) string {
	out := ""
	for i := 0; i < len(s); i++ {
		if s[i] != '$' || i+1 == len(s) {
			out += s[i : i+1]
			continue
		}
		j := i + 1
		if s[j] == '{' {
			for j < len(s) && s[j] != '}' {
				j++
			}
			out += mapping(s[i+2 : j])
			i = j
			continue
		}
		for j < len(s) && (s[j] == '_' || s[j] >= '0' && s[j] <= '9' || s[j] >= 'a' && s[j] <= 'z' || s[j] >= 'A' && s[j] <= 'Z') {
			j++
		}
		out += mapping(s[i+1 : j])
		i = j - 1
	}
	return out
}
func ExpandEnv(s string) string { return Expand(s, Getenv) }

func failed(op, name string, errno int) error {
	if errno == 0 {
		return nil
	}
	return &PathError{op, name, syscall.Errno(errno)}
}

type File struct {
	fd   int
	name string
}

func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	fd, errno := open(name, flag, uint32(perm))
	if errno != 0 {
		return nil, failed("open", name, errno)
	}
	return &File{fd, name}, nil
}
func Open(name string) (*File, error)   { return OpenFile(name, O_RDONLY, 0) }
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }
func NewFile(fd uintptr, name string) *File { return &File{int(fd), name} }
func (f *File) Name() string { return f.name }
func (f *File) Fd() uintptr  { return uintptr(f.fd) }
func (f *File) Read(p []byte) (int, error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if len(p) == 0 {
		return 0, nil
	}
	s, errno := read(f.fd, len(p))
	if errno != 0 {
		return 0, failed("read", f.name, errno)
	}
	if s == "" {
		return 0, io.EOF
	}
	return copy(p, s), nil
}
func (f *File) WriteString(s string) (int, error) {
	if f == nil {
		return 0, ErrInvalid
	}
	n, errno := write(f.fd, s)
	return n, failed("write", f.name, errno)
}
func (f *File) Write(p []byte) (int, error) { return f.WriteString(string(p)) }
func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	if f.fd < 0 {
		return &PathError{"close", f.name, ErrClosed}
	}
	errno := closeFd(f.fd)
	f.fd = -1
	return failed("close", f.name, errno)
}
func (f *File) Sync() error { return nil }
func (f *File) Seek(offset int64, whence int) (int64, error) {
	n, errno := seek(f.fd, offset, whence)
	return n, failed("seek", f.name, errno)
}
func (f *File) Stat() (FileInfo, error) { return Stat(f.name) }

type info struct {
	name    string
	size    int64
	mode    FileMode
	dir     bool
	seconds int64
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return i.size }
func (i *info) IsDir() bool        { return i.dir }
func (i *info) ModTime() time.Time { return time.Unix(i.seconds, 0) }
func (i *info) Mode() FileMode {
	if i.dir {
		return i.mode | ModeDir
	}
	return i.mode
}

type entry struct{ path, name string }

func (e *entry) Name() string { return e.name }
func (e *entry) IsDir() bool {
	_, _, dir, _, _ := stat(e.path)
	return dir
}
func (e *entry) Info() (FileInfo, error) { return Stat(e.path) }

func base(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			return name[i+1:]
		}
	}
	return name
}
func Stat(name string) (FileInfo, error) {
	size, mode, dir, seconds, errno := stat(name)
	if errno != 0 {
		return nil, failed("stat", name, errno)
	}
	return &info{base(name), size, FileMode(mode), dir, seconds}, nil
}
func Lstat(name string) (FileInfo, error) { return Stat(name) }
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	f.Close()
	return err
}
func ReadDir(name string) ([]DirEntry, error) {
	names, errno := readdir(name)
	if errno != 0 {
		return nil, failed("open", name, errno)
	}
	var list []DirEntry
	for _, n := range names {
		list = append(list, &entry{name + "/" + n, n})
	}
	return list, nil
}
func Remove(name string) error                     { return failed("remove", name, remove(name)) }
func RemoveAll(name string) error                  { return failed("unlinkat", name, removeAll(name)) }
func Mkdir(name string, perm FileMode) error       { return failed("mkdir", name, mkdir(name, uint32(perm))) }
func Chmod(name string, mode FileMode) error       { return failed("chmod", name, chmod(name, uint32(mode))) }
func Chdir(dir string) error                       { return failed("chdir", dir, chdir(dir)) }
func MkdirAll(path string, perm FileMode) error {
	for i := 1; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' {
			errno := mkdir(path[:i], uint32(perm))
			if _, _, dir, _, _ := stat(path[:i]); errno != 0 && !dir {
				return failed("mkdir", path[:i], errno)
			}
		}
	}
	return nil
}

type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }
func (e *LinkError) Unwrap() error { return e.Err }
func Rename(from, to string) error {
	if errno := rename(from, to); errno != 0 {
		return &LinkError{"rename", from, to, syscall.Errno(errno)}
	}
	return nil
}
func Symlink(from, to string) error {
	if errno := symlink(from, to); errno != 0 {
		return &LinkError{"symlink", from, to, syscall.Errno(errno)}
	}
	return nil
}
func IsNotExist(err error) bool   { return errors.Is(err, ErrNotExist) }
func IsExist(err error) bool      { return errors.Is(err, ErrExist) }
func IsPermission(err error) bool { return errors.Is(err, ErrPermission) }

type Process struct{ Pid int }

func FindProcess(pid int) (*Process, error) { return &Process{pid}, nil }
func (p *Process) Signal(sig Signal) error {
	s, _ := sig.(syscall.Signal)
	return syscall.Kill(p.Pid, s)
}
func (p *Process) Kill() error { return p.Signal(Kill) }
`;
