/** The part of the package slices that is written in Go. */
export const SOURCE = `package slices

import "cmp"



func Sort[S ~[]E, E cmp.Ordered](x S) { SortFunc(x, func(a, b E) int { return cmp.Compare(a, b) }) }
func SortFunc[S ~[]E, E any](x S, compare func(a, b E) int) {
	if len(x) < 2 {
		return
	}
	middle := len(x) / 2
	left := append(S(nil), x[:middle]...)
	right := append(S(nil), x[middle:]...)
	SortFunc(left, compare)
	SortFunc(right, compare)
	i, j := 0, 0
	for k := range x {
		if j >= len(right) || (i < len(left) && compare(left[i], right[j]) <= 0) {
			x[k] = left[i]
			i++
		} else {
			x[k] = right[j]
			j++
		}
	}
}
func SortStableFunc[S ~[]E, E any](x S, compare func(a, b E) int) { SortFunc(x, compare) }
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool {
	for i := 1; i < len(x); i++ {
		if x[i] < x[i-1] {
			return false
		}
	}
	return true
}
func Index[S ~[]E, E comparable](s S, v E) int {
	for i := range s {
		if v == s[i] {
			return i
		}
	}
	return -1
}
func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int {
	for i := range s {
		if f(s[i]) {
			return i
		}
	}
	return -1
}
func Contains[S ~[]E, E comparable](s S, v E) bool         { return Index(s, v) >= 0 }
func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool { return IndexFunc(s, f) >= 0 }
func Equal[S ~[]E, E comparable](s1, s2 S) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i := range s1 {
		if s1[i] != s2[i] {
			return false
		}
	}
	return true
}
func Reverse[S ~[]E, E any](s S) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}
func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for _, v := range x {
		m = max(m, v)
	}
	return m
}
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for _, v := range x {
		m = min(m, v)
	}
	return m
}
func Clone[S ~[]E, E any](s S) S {
	if s == nil {
		return nil
	}
	return append(S{}, s...)
}
func Insert[S ~[]E, E any](s S, i int, v ...E) S {
	tail := append(S{}, s[i:]...)
	return append(append(s[:i], v...), tail...)
}
func Delete[S ~[]E, E any](s S, i, j int) S { return append(s[:i], s[j:]...) }
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	kept := s[:0]
	for _, v := range s {
		if !del(v) {
			kept = append(kept, v)
		}
	}
	return kept
}
func Compact[S ~[]E, E comparable](s S) S {
	if len(s) < 2 {
		return s
	}
	kept := s[:1]
	for _, v := range s[1:] {
		if v != kept[len(kept)-1] {
			kept = append(kept, v)
		}
	}
	return kept
}
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	i, j := 0, len(x)
	for i < j {
		h := (i + j) / 2
		if x[h] < target {
			i = h + 1
		} else {
			j = h
		}
	}
	return i, i < len(x) && x[i] == target
}
func Collect[E any](seq func(yield func(E) bool)) []E {
	var all []E
	for v := range seq {
		all = append(all, v)
	}
	return all
}
func Sorted[E cmp.Ordered](seq func(yield func(E) bool)) []E {
	all := Collect(seq)
	Sort(all)
	return all
}
func Values[S ~[]E, E any](s S) func(yield func(E) bool) {
	return func(yield func(E) bool) {
		for _, v := range s {
			if !yield(v) {
				return
			}
		}
	}
}
`;
