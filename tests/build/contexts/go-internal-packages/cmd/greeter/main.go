package main

import (
	"errors"
	"fmt"

	"example.com/greetings/greet"
	"example.com/greetings/internal/store"
)

func main() {
	names := store.New()
	for _, name := range []string{"Ann", "Bob", "Ann"} {
		names.Add(name)
	}
	g := greet.Polite("Dr.")
	for _, name := range names.Names() {
		n, _ := names.Count(name)
		fmt.Println(g.Greet(name), n)
	}
	_, err := names.Count("Eve")
	fmt.Println(errors.Is(err, store.ErrNotFound))
}
