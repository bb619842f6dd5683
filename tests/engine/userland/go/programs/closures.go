package main

import "fmt"

func counter() func() int {
	n := 0
	return func() int {
		n++
		return n
	}
}

func safe(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	f()
	return nil
}

func order() {
	for i := 0; i < 3; i++ {
		defer fmt.Print("d", i, " ")
	}
	fmt.Print("body ")
}

func named() (x, y int) {
	defer func() { x *= 10 }()
	x, y = 1, 2
	return x + 1, y
}

func main() {
	next := counter()
	next()
	fmt.Println(next(), next())
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { return i * i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	fmt.Println(safe(func() {}))
	fmt.Println(safe(func() { panic("boom") }))
	fmt.Println(safe(func() {
		var m map[string]int
		m["a"] = 1
	}))
	fmt.Println(safe(func() {
		a := []int{1}
		i := 5
		fmt.Println(a[i])
	}))
	fmt.Println(safe(func() {
		var x any = "text"
		fmt.Println(x.(int))
	}))
	fmt.Println(safe(func() {
		var p *struct{ A int }
		fmt.Println(p.A)
	}))
	fmt.Println(safe(func() {
		s := []int{1, 2, 3}
		n := 7
		fmt.Println(s[1:n])
	}))
	order()
	fmt.Println()
	fmt.Println(named())
	compose := func(fs ...func(int) int) func(int) int {
		return func(x int) int {
			for _, f := range fs {
				x = f(x)
			}
			return x
		}
	}
	fmt.Println(compose(func(x int) int { return x + 1 }, func(x int) int { return x * 2 })(5))
}
