/** The part of the package runtime that is written in Go. */
export const SOURCE = `package runtime

const (
	GOOS     = "linux"
	GOARCH   = "amd64"
	Compiler = "gc"
)

type Error interface {
	error
	RuntimeError()
}
type MemStats struct {
	Alloc, TotalAlloc, Sys, Mallocs, Frees, HeapAlloc, HeapSys, HeapInuse, HeapObjects uint64
	NumGC                                                                             uint32
}

// The linker says with which release the program was built.
var version = "go1.25.5"

func Version() string      { return version }
func NumCPU() int
func NumGoroutine() int
func rss() uint64
func Gosched()
func Goexit()
func GC()                  {}
func GOROOT() string       { return "/usr/local/go" }
func GOMAXPROCS(n int) int { return NumCPU() }
func ReadMemStats(m *MemStats) {
	m.Alloc = rss()
	m.HeapAlloc = m.Alloc
	m.Sys = m.Alloc
	m.TotalAlloc = m.Alloc
}
`;
