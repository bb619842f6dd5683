package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"

	"example.com/tool/build"
)

var version = "dev"

func main() {
	show := flag.Bool("version", false, "show the version")
	fail := flag.Int("fail", 0, "exit with this `status`")
	flag.Parse()
	if *show {
		fmt.Printf("tool %s (%s) %s %s/%s\n", version, build.Commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return
	}
	if *fail > 0 {
		fmt.Fprintln(os.Stderr, "failing as told")
		os.Exit(*fail)
	}
	panic("nothing to do: " + version)
}
