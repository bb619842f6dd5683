package main

import (
	"fmt"
	"os"
)

func main() {
	defer fmt.Println("never printed")
	if len(os.Args) < 3 {
		fmt.Fprintf(os.Stderr, "usage: %d arguments wanted\n", 2)
		os.Exit(64)
	}
	fmt.Println(os.Args[1:])
	os.Exit(7)
}
