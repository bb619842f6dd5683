/** The part of the package log that is written in Go. */
export const SOURCE = String.raw`package log

import (
	"fmt"
	"io"
	"os"
	"time"
)

const (
	Ldate = 1 << iota
	Ltime
	Lmicroseconds
	Llongfile
	Lshortfile
	LUTC
	Lmsgprefix
	LstdFlags = Ldate | Ltime
)

type Logger struct {
	w      io.Writer
	prefix string
	flags  int
}

var std = New(os.Stderr, "", LstdFlags)

func New(out io.Writer, prefix string, flag int) *Logger { return &Logger{out, prefix, flag} }
func Default() *Logger                                   { return std }
func (l *Logger) output(s string) {
	head := ""
	if l.flags&Lmsgprefix == 0 {
		head = l.prefix
	}
	now := time.Now()
	if l.flags&Ldate != 0 {
		head += now.Format("2006/01/02 ")
	}
	if l.flags&Lmicroseconds != 0 {
		head += now.Format("15:04:05.000000 ")
	} else if l.flags&Ltime != 0 {
		head += now.Format("15:04:05 ")
	}
	if l.flags&Lmsgprefix != 0 {
		head += l.prefix
	}
	if len(s) == 0 || s[len(s)-1] != '\n' {
		s += "\n"
	}
	io.WriteString(l.w, head+s)
}
func (l *Logger) Print(v ...any)                 { l.output(fmt.Sprint(v...)) }
func (l *Logger) Println(v ...any)               { l.output(fmt.Sprintln(v...)) }
func (l *Logger) Printf(format string, v ...any) { l.output(fmt.Sprintf(format, v...)) }
func (l *Logger) Fatal(v ...any) {
	l.Print(v...)
	os.Exit(1)
}
func (l *Logger) Fatalln(v ...any) {
	l.Println(v...)
	os.Exit(1)
}
func (l *Logger) Fatalf(format string, v ...any) {
	l.Printf(format, v...)
	os.Exit(1)
}
func (l *Logger) Panic(v ...any) {
	s := fmt.Sprint(v...)
	l.output(s)
	panic(s)
}
func (l *Logger) Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	l.output(s)
	panic(s)
}
func (l *Logger) SetPrefix(prefix string) { l.prefix = prefix }
func (l *Logger) SetFlags(flag int)       { l.flags = flag }
func (l *Logger) SetOutput(w io.Writer)   { l.w = w }
func (l *Logger) Prefix() string          { return l.prefix }
func (l *Logger) Flags() int              { return l.flags }
func (l *Logger) Writer() io.Writer       { return l.w }
func Print(v ...any)                      { std.Print(v...) }
func Println(v ...any)                    { std.Println(v...) }
func Printf(format string, v ...any)      { std.Printf(format, v...) }
func Fatal(v ...any)                      { std.Fatal(v...) }
func Fatalln(v ...any)                    { std.Fatalln(v...) }
func Fatalf(format string, v ...any)      { std.Fatalf(format, v...) }
func Panic(v ...any)                      { std.Panic(v...) }
func Panicln(v ...any)                    { std.Panic(v...) }
func Panicf(format string, v ...any)      { std.Panicf(format, v...) }
func SetPrefix(prefix string)             { std.SetPrefix(prefix) }
func SetFlags(flag int)                   { std.SetFlags(flag) }
func SetOutput(w io.Writer)               { std.SetOutput(w) }
func Flags() int                          { return std.flags }
func Prefix() string                      { return std.prefix }
func Writer() io.Writer                   { return std.w }
`;
