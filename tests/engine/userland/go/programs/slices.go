package main

import "fmt"

type Matrix [2][2]int

func modify(a [3]int, s []int, m map[string]int) {
	a[0], s[0], m["x"] = 100, 100, 100
}

func main() {
	a := [3]int{1, 2, 3}
	s := a[:]
	t := append(s[:1], 9)
	fmt.Println(a, s, t, len(t), cap(t))
	m := map[string]int{"x": 1}
	b := [...]int{5: 1, 2}
	modify(a, s, m)
	fmt.Println(a, s, m, b, len(b))
	grow := make([]int, 0, 1)
	last := 0
	for i := 0; i < 20; i++ {
		grow = append(grow, i)
		if cap(grow) != last {
			last = cap(grow)
			fmt.Print(last, " ")
		}
	}
	fmt.Println()
	c := make([]int, 2, 10)
	n := copy(c, []int{7, 8, 9})
	fmt.Println(n, c, c[:4], cap(c[2:]))
	x := Matrix{{1, 2}, {3, 4}}
	y := x
	y[1][1] = 0
	fmt.Println(x, y, x == y, x != y)
	delete(m, "nothing")
	v, ok := m["absent"]
	fmt.Println(v, ok, len(m))
	grid := make([][]rune, 2)
	for i := range grid {
		grid[i] = []rune("..")
	}
	grid[1][0] = '#'
	for _, row := range grid {
		fmt.Println(string(row))
	}
	type point struct{ x, y int }
	seen := map[point]string{{1, 2}: "a"}
	seen[point{3, 4}] = "b"
	fmt.Println(seen[point{1, 2}], len(seen), seen)
	p := &point{1, 2}
	q := p
	q.x = 9
	r := *p
	r.y = 7
	fmt.Println(*p, *q, r)
	list := []point{{1, 1}, {2, 2}}
	for _, e := range list {
		e.x = 50
	}
	for i := range list {
		list[i].y *= 10
	}
	fmt.Println(list)
	var nilSlice []string
	fmt.Println(nilSlice == nil, len(nilSlice), append(nilSlice, "a"))
	fmt.Printf("%v %q %x %T\n", []byte("hi"), []string{"a b", "c"}, "hi", grid)
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	fmt.Println(s, min(3, 1, 2), max(2.5, 1))
	clear(m)
	fmt.Println(m)
}
