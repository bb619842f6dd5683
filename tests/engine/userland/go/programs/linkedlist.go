package main

import "fmt"

type Node struct {
	Val  int
	Next *Node
}

type List struct {
	Head *Node
	Len  int
}

func (l *List) Push(v int) {
	l.Head = &Node{v, l.Head}
	l.Len++
}

func (l *List) Reverse() {
	var prev *Node
	cur := l.Head
	for cur != nil {
		prev, cur, cur.Next = cur, cur.Next, prev
	}
	l.Head = prev
}

func (l List) String() string {
	s := "["
	for n := l.Head; n != nil; n = n.Next {
		if n != l.Head {
			s += " -> "
		}
		s += fmt.Sprint(n.Val)
	}
	return s + "]"
}

type Tree struct {
	Left, Right *Tree
	Key         string
}

func (t *Tree) Insert(k string) *Tree {
	if t == nil {
		return &Tree{Key: k}
	}
	if k < t.Key {
		t.Left = t.Left.Insert(k)
	} else {
		t.Right = t.Right.Insert(k)
	}
	return t
}

func (t *Tree) Walk(visit func(string)) {
	if t == nil {
		return
	}
	t.Left.Walk(visit)
	visit(t.Key)
	t.Right.Walk(visit)
}

func collatz(n uint64) (steps int) {
	for ; n != 1; steps++ {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
	}
	return
}

func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h ^= uint32(s[i])
		h *= 16777619
	}
	return h
}

func factorial(n uint64) uint64 {
	if n == 0 {
		return 1
	}
	return n * factorial(n-1)
}

func main() {
	l := List{}
	for i := range 4 {
		l.Push(i * i)
	}
	fmt.Println(l, l.Len)
	l.Reverse()
	fmt.Println(l)
	var root *Tree
	for _, k := range []string{"m", "c", "x", "a"} {
		root = root.Insert(k)
	}
	root.Walk(func(k string) { fmt.Print(k, " ") })
	fmt.Println()
	fmt.Println(collatz(27), hash("docker"), factorial(20))
	sieve := make([]bool, 50)
	for i := 2; i < len(sieve); i++ {
		if sieve[i] {
			continue
		}
		fmt.Print(i, ",")
		for j := i * i; j < len(sieve); j += i {
			sieve[j] = true
		}
	}
	fmt.Println()
	switch x := collatz(6); {
	case x > 100:
		fmt.Println("long")
	case x > 5:
		fmt.Println("medium")
		fallthrough
	default:
		fmt.Println("fell", x)
	}
	var iface any = l
	switch v := iface.(type) {
	case fmt.Stringer:
		fmt.Println("stringer", v)
	case nil, int:
		fmt.Println("other", v)
	}
	a, b := 0, 1
	for b < 1<<60 {
		a, b = b, a+b
	}
	fmt.Println(a, b, float64(b)/float64(a))
}
