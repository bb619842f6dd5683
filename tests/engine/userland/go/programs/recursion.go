package main

import "fmt"

func sum(n int) int {
	if n == 0 {
		return 0
	}
	return n + sum(n-1)
}

type Expr interface{ Eval() int }
type Num int
type Add struct{ L, R Expr }

func (n Num) Eval() int { return int(n) }
func (a Add) Eval() int { return a.L.Eval() + a.R.Eval() }

func main() {
	fmt.Println(sum(10), sum(10000))
	var e Expr = Num(0)
	for i := 1; i <= 3000; i++ {
		e = Add{e, Num(i)}
	}
	fmt.Println(e.Eval())
	defer func() { fmt.Println("recovered:", recover()) }()
	var walk func(n int)
	walk = func(n int) {
		if n == 0 {
			panic("at the bottom")
		}
		defer func() { _ = n }()
		walk(n - 1)
	}
	walk(2000)
}
