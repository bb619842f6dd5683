package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	n := 0
	for in.Scan() {
		n++
		fmt.Printf("%3d  %s\n", n, in.Text())
	}
	if n == 0 {
		fmt.Fprintln(os.Stderr, "nothing to read")
		os.Exit(1)
	}
}
