/** The part of the package testing that is written in Go. */
export const SOURCE = String.raw`package testing

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

type TB interface {
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
}
type T struct {
	name    string
	depth   int
	failed  bool
	skipped bool
	output  string
	subs    string
	place   string
	cleanup []func()
}
type M struct{ run func() int }

func (m *M) Run() int { return m.run() }

var verbose bool

func line() string

func Short() bool   { return false }
func Verbose() bool { return verbose }
func (t *T) Name() string    { return t.name }
func (t *T) Helper()         {}
func (t *T) Parallel()       {}
func (t *T) Failed() bool    { return t.failed }
func (t *T) Skipped() bool   { return t.skipped }
func (t *T) Cleanup(f func()) { t.cleanup = append(t.cleanup, f) }
func (t *T) Setenv(key, value string) {
	old, had := os.LookupEnv(key)
	os.Setenv(key, value)
	t.Cleanup(func() {
		if had {
			os.Setenv(key, old)
		} else {
			os.Unsetenv(key)
		}
	})
}
func (t *T) TempDir() string {
	dir := "/tmp/" + strings.ReplaceAll(t.name, "/", "_") + "/001"
	os.MkdirAll(dir, 0777)
	return dir
}
func (t *T) log(s string) {
	pad := strings.Repeat("    ", t.depth+1)
	t.output += pad + line() + ": " + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n"+pad+"    ") + "\n"
}
func (t *T) Log(args ...any)                   { t.log(fmt.Sprintln(args...)) }
func (t *T) Logf(format string, args ...any)   { t.log(fmt.Sprintf(format, args...)) }
func (t *T) Fail()                             { t.failed = true }
func (t *T) FailNow() {
	t.failed = true
	runtime.Goexit()
}
func (t *T) Error(args ...any) {
	t.log(fmt.Sprintln(args...))
	t.failed = true
}
func (t *T) Errorf(format string, args ...any) {
	t.log(fmt.Sprintf(format, args...))
	t.failed = true
}
func (t *T) Fatal(args ...any) {
	t.log(fmt.Sprintln(args...))
	t.FailNow()
}
func (t *T) Fatalf(format string, args ...any) {
	t.log(fmt.Sprintf(format, args...))
	t.FailNow()
}
func (t *T) Skip(args ...any) {
	t.log(fmt.Sprintln(args...))
	t.skipped = true
	runtime.Goexit()
}
func (t *T) Skipf(format string, args ...any) { t.Skip(fmt.Sprintf(format, args...)) }
func (t *T) Run(name string, f func(t *T)) bool {
	s := &T{name: t.name + "/" + strings.ReplaceAll(name, " ", "_"), depth: t.depth + 1}
	runOne(s, f)
	if s.failed {
		t.failed = true
	}
	t.subs += s.subs
	return !s.failed
}
func runOne(t *T, f func(t *T)) {
	if verbose {
		fmt.Println("=== RUN   " + t.name)
	}
	start := time.Now()
	done := make(chan bool)
	go func() {
		defer close(done)
		f(t)
	}()
	<-done
	for i := len(t.cleanup) - 1; i >= 0; i-- {
		t.cleanup[i]()
	}
	word := "PASS"
	if t.skipped {
		word = "SKIP"
	}
	if t.failed {
		word = "FAIL"
	}
	inner := t.subs
	if verbose {
		fmt.Print(t.output)
		t.output = ""
	}
	head := fmt.Sprintf("%s--- %s: %s (%.2fs)\n", strings.Repeat("    ", t.depth), word, t.name, time.Since(start).Seconds())
	t.subs = ""
	if t.failed || verbose {
		t.subs = head + t.output + inner
	}
}

type InternalTest struct {
	Name string
	F    func(t *T)
}

// Main runs tests and gives the status to leave with.
func Main(chatty bool, tests []InternalTest) int {
	verbose = chatty
	failed := false
	for _, test := range tests {
		t := &T{name: test.Name}
		runOne(t, test.F)
		fmt.Print(t.subs)
		failed = failed || t.failed
	}
	if failed {
		fmt.Println("FAIL")
		return 1
	}
	if len(tests) > 0 || chatty {
		fmt.Println("PASS")
	}
	return 0
}

type B struct{ N int }
`;
