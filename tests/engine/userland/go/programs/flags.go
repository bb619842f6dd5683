package main

import (
	"flag"
	"fmt"
	"time"
)

func main() {
	name := flag.String("name", "world", "who to greet")
	times := flag.Int("n", 1, "how many times")
	loud := flag.Bool("loud", false, "shout")
	wait := flag.Duration("wait", 50*time.Millisecond, "pause between")
	flag.Parse()
	for i := range *times {
		greeting := fmt.Sprintf("hello %s %d", *name, i)
		if *loud {
			greeting += "!"
		}
		fmt.Println(greeting, *wait)
	}
	fmt.Println(flag.Args(), flag.NArg())
}
