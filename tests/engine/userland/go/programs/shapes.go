package main

import (
	"errors"
	"fmt"
	"math"
	"os"
)

type Shape interface {
	Area() float64
	Perimeter() float64
}

type Rect struct{ W, H float64 }
type Circle struct{ R float64 }

func (r Rect) Area() float64        { return r.W * r.H }
func (r Rect) Perimeter() float64   { return 2 * (r.W + r.H) }
func (c Circle) Area() float64      { return math.Pi * c.R * c.R }
func (c Circle) Perimeter() float64 { return 2 * math.Pi * c.R }
func (c Circle) String() string     { return fmt.Sprintf("Circle(%g)", c.R) }

type Animal struct {
	Name string
	legs int
}

func (a *Animal) Rename(n string) { a.Name = n }

type Dog struct {
	*Animal
	Tricks []string
}

type NotFound struct{ Key string }

func (e *NotFound) Error() string { return "not found: " + e.Key }

var ErrClosed = errors.New("closed")

func find(key string) error {
	switch key {
	case "a":
		return nil
	case "b":
		return fmt.Errorf("find %q: %w", key, ErrClosed)
	}
	return &NotFound{key}
}

type Level int

const (
	Debug Level = iota
	Info
	Error
)

func (l Level) String() string { return [...]string{"DEBUG", "INFO", "ERROR"}[l] }

func main() {
	for _, s := range []Shape{Rect{3, 4}, Circle{1}, &Rect{1, 2}} {
		fmt.Printf("%T %v %.3f %.3f\n", s, s, s.Area(), s.Perimeter())
		if c, ok := s.(Circle); ok {
			fmt.Println("circle of", c.R)
		}
	}
	d := Dog{&Animal{"Rex", 4}, nil}
	d.Rename("Max")
	d.Tricks = append(d.Tricks, "sit", "roll")
	fmt.Println(d.Name, d.legs, d.Tricks, len(d.Tricks))
	fmt.Printf("%v %+v\n", *d.Animal, *d.Animal)
	for _, key := range []string{"a", "b", "c"} {
		err := find(key)
		var nf *NotFound
		fmt.Println(err, errors.Is(err, ErrClosed), errors.As(err, &nf))
	}
	fmt.Println(Info, []Level{Debug, Error}, map[Level]int{Error: 2, Debug: 1})
	fmt.Printf("%d %s %v %q\n", Info, Info, Info, Info)
	var s Shape
	fmt.Println(s == nil, s)
	if _, err := os.Open("/no/such/file"); err != nil {
		var pe *os.PathError
		fmt.Println(err, errors.Is(err, os.ErrNotExist), errors.As(err, &pe), pe.Op)
	}
}
