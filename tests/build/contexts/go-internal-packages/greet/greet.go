package greet

import "fmt"

type Greeter interface {
	Greet(name string) string
}

type polite struct{ title string }

func (p polite) Greet(name string) string { return fmt.Sprintf("Good day, %s %s.", p.title, name) }

func Polite(title string) Greeter { return polite{title} }
