/** The part of the package flag that is written in Go. */
export const SOURCE = String.raw`package flag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"time"
)

var ErrHelp = errors.New("flag: help requested")

type ErrorHandling int

const (
	ContinueOnError ErrorHandling = iota
	ExitOnError
	PanicOnError
)

type Value interface {
	String() string
	Set(string) error
}
type Flag struct {
	Name     string
	Usage    string
	Value    Value
	DefValue string
}
type value struct {
	set  func(string) error
	get  func() string
	kind string
}

func (v *value) Set(s string) error { return v.set(s) }
func (v *value) String() string     { return v.get() }

type FlagSet struct {
	Usage   func()
	name    string
	formal  map[string]*Flag
	actual  map[string]bool
	args    []string
	handing ErrorHandling
	out     io.Writer
	parsed  bool
}

var CommandLine = NewFlagSet(os.Args[0], ExitOnError)
var Usage = func() {
	fmt.Fprintf(CommandLine.Output(), "Usage of %s:\n", os.Args[0])
	PrintDefaults()
}

func NewFlagSet(name string, h ErrorHandling) *FlagSet {
	return &FlagSet{name: name, handing: h, formal: map[string]*Flag{}, actual: map[string]bool{}}
}
func (f *FlagSet) Output() io.Writer {
	if f.out == nil {
		return os.Stderr
	}
	return f.out
}
func (f *FlagSet) SetOutput(w io.Writer) { f.out = w }
func (f *FlagSet) Name() string          { return f.name }
func (f *FlagSet) Var(v Value, name, usage string) {
	if _, ok := f.formal[name]; ok {
		panic("flag redefined: " + name)
	}
	f.formal[name] = &Flag{name, usage, v, v.String()}
}
func bad(kind string, err error) error {
	if err != nil {
		if errors.Is(err, strconv.ErrRange) {
			return errors.New("value out of range")
		}
		return errors.New("parse error")
	}
	return nil
}
func (f *FlagSet) StringVar(p *string, name, def, usage string) {
	*p = def
	f.Var(&value{func(s string) error { *p = s; return nil }, func() string { return *p }, "string"}, name, usage)
}
func (f *FlagSet) IntVar(p *int, name string, def int, usage string) {
	*p = def
	f.Var(&value{func(s string) error {
		v, err := strconv.ParseInt(s, 0, 64)
		*p = int(v)
		return bad("int", err)
	}, func() string { return strconv.Itoa(*p) }, "int"}, name, usage)
}
func (f *FlagSet) Float64Var(p *float64, name string, def float64, usage string) {
	*p = def
	f.Var(&value{func(s string) error {
		v, err := strconv.ParseFloat(s, 64)
		*p = v
		return bad("float", err)
	}, func() string { return strconv.FormatFloat(*p, 'g', -1, 64) }, "float"}, name, usage)
}
func (f *FlagSet) BoolVar(p *bool, name string, def bool, usage string) {
	*p = def
	f.Var(&value{func(s string) error {
		v, err := strconv.ParseBool(s)
		*p = v
		return bad("bool", err)
	}, func() string { return strconv.FormatBool(*p) }, ""}, name, usage)
}
func (f *FlagSet) DurationVar(p *time.Duration, name string, def time.Duration, usage string) {
	*p = def
	f.Var(&value{func(s string) error {
		v, err := time.ParseDuration(s)
		*p = v
		return bad("duration", err)
	}, func() string { return p.String() }, "duration"}, name, usage)
}
func (f *FlagSet) String(name, def, usage string) *string {
	p := new(string)
	f.StringVar(p, name, def, usage)
	return p
}
func (f *FlagSet) Int(name string, def int, usage string) *int {
	p := new(int)
	f.IntVar(p, name, def, usage)
	return p
}
func (f *FlagSet) Float64(name string, def float64, usage string) *float64 {
	p := new(float64)
	f.Float64Var(p, name, def, usage)
	return p
}
func (f *FlagSet) Bool(name string, def bool, usage string) *bool {
	p := new(bool)
	f.BoolVar(p, name, def, usage)
	return p
}
func (f *FlagSet) Duration(name string, def time.Duration, usage string) *time.Duration {
	p := new(time.Duration)
	f.DurationVar(p, name, def, usage)
	return p
}
func (f *FlagSet) sorted() []*Flag {
	var list []*Flag
	for _, fl := range f.formal {
		list = append(list, fl)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}
func (f *FlagSet) VisitAll(fn func(*Flag)) {
	for _, fl := range f.sorted() {
		fn(fl)
	}
}
func (f *FlagSet) Visit(fn func(*Flag)) {
	for _, fl := range f.sorted() {
		if f.actual[fl.Name] {
			fn(fl)
		}
	}
}
func (f *FlagSet) Lookup(name string) *Flag { return f.formal[name] }
func isZero(s string) bool                  { return s == "" || s == "0" || s == "false" || s == "0s" }
func unquoteUsage(fl *Flag) (string, string) {
	for i := 0; i < len(fl.Usage); i++ {
		if fl.Usage[i] == 96 {
			for j := i + 1; j < len(fl.Usage); j++ {
				if fl.Usage[j] == 96 {
					return fl.Usage[i+1 : j], fl.Usage[:i] + fl.Usage[i+1:j] + fl.Usage[j+1:]
				}
			}
		}
	}
	if v, ok := fl.Value.(*value); ok {
		return v.kind, fl.Usage
	}
	return "value", fl.Usage
}
func (f *FlagSet) PrintDefaults() {
	for _, fl := range f.sorted() {
		kind, usage := unquoteUsage(fl)
		line := "  -" + fl.Name
		if kind != "" {
			line += " " + kind
		}
		if len(line) <= 4 {
			line += "\t"
		} else {
			line += "\n    \t"
		}
		line += usage
		if !isZero(fl.DefValue) {
			if kind == "string" {
				line += fmt.Sprintf(" (default %q)", fl.DefValue)
			} else {
				line += fmt.Sprintf(" (default %v)", fl.DefValue)
			}
		}
		fmt.Fprintln(f.Output(), line)
	}
}
func (f *FlagSet) usage() {
	if f.Usage != nil {
		f.Usage()
	} else if f == CommandLine {
		Usage()
	} else {
		if f.name == "" {
			fmt.Fprintf(f.Output(), "Usage:\n")
		} else {
			fmt.Fprintf(f.Output(), "Usage of %s:\n", f.name)
		}
		f.PrintDefaults()
	}
}
func (f *FlagSet) failf(format string, a ...any) error {
	err := fmt.Errorf(format, a...)
	fmt.Fprintln(f.Output(), err)
	f.usage()
	return err
}
func (f *FlagSet) parseOne() (bool, error) {
	if len(f.args) == 0 {
		return false, nil
	}
	s := f.args[0]
	if len(s) < 2 || s[0] != '-' {
		return false, nil
	}
	minuses := 1
	if s[1] == '-' {
		minuses = 2
		if len(s) == 2 {
			f.args = f.args[1:]
			return false, nil
		}
	}
	name := s[minuses:]
	if name == "" || name[0] == '-' || name[0] == '=' {
		return false, f.failf("bad flag syntax: %s", s)
	}
	f.args = f.args[1:]
	given, has := "", false
	for i := 1; i < len(name); i++ {
		if name[i] == '=' {
			given, has, name = name[i+1:], true, name[:i]
			break
		}
	}
	fl, ok := f.formal[name]
	if !ok {
		if name == "help" || name == "h" {
			f.usage()
			return false, ErrHelp
		}
		return false, f.failf("flag provided but not defined: -%s", name)
	}
	v, own := fl.Value.(*value)
	if own && v.kind == "" {
		if !has {
			given = "true"
		}
		if err := v.Set(given); err != nil {
			return false, f.failf("invalid boolean value %q for -%s: %v", given, name, err)
		}
	} else {
		if !has && len(f.args) > 0 {
			given, has = f.args[0], true
			f.args = f.args[1:]
		}
		if !has {
			return false, f.failf("flag needs an argument: -%s", name)
		}
		if err := fl.Value.Set(given); err != nil {
			return false, f.failf("invalid value %q for flag -%s: %v", given, name, err)
		}
	}
	f.actual[name] = true
	return true, nil
}
func (f *FlagSet) Parse(arguments []string) error {
	f.parsed = true
	f.args = arguments
	for {
		seen, err := f.parseOne()
		if seen {
			continue
		}
		if err == nil {
			return nil
		}
		switch f.handing {
		case ExitOnError:
			if err == ErrHelp {
				os.Exit(0)
			}
			os.Exit(2)
		case PanicOnError:
			panic(err)
		}
		return err
	}
}
func (f *FlagSet) Args() []string { return f.args }
func (f *FlagSet) NArg() int      { return len(f.args) }
func (f *FlagSet) NFlag() int     { return len(f.actual) }
func (f *FlagSet) Parsed() bool   { return f.parsed }
func (f *FlagSet) Arg(i int) string {
	if i < 0 || i >= len(f.args) {
		return ""
	}
	return f.args[i]
}
func Parse()                                                            { CommandLine.Parse(os.Args[1:]) }
func Args() []string                                                    { return CommandLine.args }
func NArg() int                                                         { return CommandLine.NArg() }
func NFlag() int                                                        { return CommandLine.NFlag() }
func Parsed() bool                                                      { return CommandLine.parsed }
func Arg(i int) string                                                  { return CommandLine.Arg(i) }
func PrintDefaults()                                                    { CommandLine.PrintDefaults() }
func Lookup(name string) *Flag                                          { return CommandLine.Lookup(name) }
func Var(v Value, name, usage string)                                   { CommandLine.Var(v, name, usage) }
func String(name, def, usage string) *string                            { return CommandLine.String(name, def, usage) }
func Int(name string, def int, usage string) *int                       { return CommandLine.Int(name, def, usage) }
func Float64(name string, def float64, usage string) *float64           { return CommandLine.Float64(name, def, usage) }
func Bool(name string, def bool, usage string) *bool                    { return CommandLine.Bool(name, def, usage) }
func Duration(name string, def time.Duration, usage string) *time.Duration { return CommandLine.Duration(name, def, usage) }
func StringVar(p *string, name, def, usage string)                      { CommandLine.StringVar(p, name, def, usage) }
func IntVar(p *int, name string, def int, usage string)                 { CommandLine.IntVar(p, name, def, usage) }
func BoolVar(p *bool, name string, def bool, usage string)              { CommandLine.BoolVar(p, name, def, usage) }
func DurationVar(p *time.Duration, name string, def time.Duration, usage string) {
	CommandLine.DurationVar(p, name, def, usage)
}
`;
