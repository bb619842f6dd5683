package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type Number interface {
	~int | ~int64 | ~float64
}

func Sum[T Number](xs ...T) T {
	var total T
	for _, x := range xs {
		total += x
	}
	return total
}

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func Filter[T any](xs []T, keep func(T) bool) (out []T) {
	for _, x := range xs {
		if keep(x) {
			out = append(out, x)
		}
	}
	return
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Pop() (T, bool) {
	var zero T
	if len(s.items) == 0 {
		return zero, false
	}
	x := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

type Pair[K cmp.Ordered, V any] struct {
	Key K
	Val V
}

func Sorted[K cmp.Ordered, V any](m map[K]V) []Pair[K, V] {
	var pairs []Pair[K, V]
	for _, k := range slices.Sorted(maps.Keys(m)) {
		pairs = append(pairs, Pair[K, V]{k, m[k]})
	}
	return pairs
}

type Celsius float64

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[Celsius](20, 0.5))
	fmt.Println(Map([]string{"a", "b"}, strings.ToUpper), Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i * i) }))
	fmt.Println(Filter([]int{1, 2, 3, 4}, func(i int) bool { return i%2 == 0 }))
	s := &Stack[string]{}
	s.Push("x")
	s.Push("y")
	fmt.Println(s.Pop())
	fmt.Printf("%v %T %T\n", Sorted(map[string]int{"b": 2, "a": 1}), s, Pair[string, int]{})
	words := []string{"pear", "fig", "apple"}
	slices.SortFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	fmt.Println(words, slices.Contains(words, "fig"), slices.Index(words, "apple"))
	for i := range func(yield func(int) bool) {
		for n := 0; n < 10; n++ {
			if !yield(n * n) {
				return
			}
		}
	} {
		if i > 20 {
			break
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
}
