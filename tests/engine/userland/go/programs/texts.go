package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

func main() {
	s := "Hello, Wörld 世界"
	fmt.Println(len(s), len([]rune(s)), strings.ToUpper(s), s[7:9], s[0])
	for i, r := range "aé世" {
		fmt.Print(i, " ", string(r), " ", r, "; ")
	}
	fmt.Println()
	fmt.Println(strings.Split("a,b,,c", ","), len(strings.Split("", ",")), strings.Fields("  x  y "))
	fmt.Println(strings.Title("hello world"), strings.TrimSpace("\t x \n"), strings.Replace("aaa", "a", "b", 2), strings.Index("chicken", "ken"))
	fmt.Println(strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return r
	}, "HeLLo"), strings.TrimLeft("xxabc", "x"), strings.EqualFold("Go", "GO"))
	before, after, found := strings.Cut("key=value", "=")
	fmt.Println(before, after, found, strings.HasPrefix("golang", "go"), strings.Count("cheese", "e"))
	var b strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&b, "%d...", i)
	}
	fmt.Println(b.String(), b.Len())
	for _, in := range []string{"42", "-7", "abc", "99999999999999999999", "0x1f", ""} {
		n, err := strconv.Atoi(in)
		fmt.Println(n, err)
	}
	f, err := strconv.ParseFloat("3.25", 64)
	fmt.Println(f, err, strconv.Quote("a\tb\"é\x00"), strconv.FormatInt(255, 2), strconv.Itoa(-5))
	x, err := strconv.ParseInt("ff", 16, 64)
	fmt.Println(x, err)
	_, err = strconv.ParseInt("300", 10, 8)
	fmt.Println(err)
	_, err = strconv.ParseBool("maybe")
	fmt.Println(err)
	fmt.Printf("|%6d|%-6d|%06d|%+d|%x|%X|%o|%b|%c|%U|\n", 42, 42, 42, 42, 255, 255, 8, 5, 0x4E16, 0x4E16)
	fmt.Printf("|%8.3f|%-8.2f|%e|%g|%G|\n", 3.14159, 2.5, 123456.789, 1e-10, 1e20)
	fmt.Printf("|%10s|%-10s|%.2s|%q|%x|% x|\n", "go", "go", "golang", "go", "go", "go")
	fmt.Printf("%t %v %p %T %T\n", true, nil, nil, 'a', 1.5)
	fmt.Printf("%5t|%3c|%-4q|%#x|%#o|%08.3f|%+.1e\n", true, 'x', 'y', 255, 8, -3.14159, 12345.678)
	fmt.Printf("%d %s %z %!\n", "a", 1, 2)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%[2]d %[1]d %6.2f%%\n", 1, 2, 99.5)
	fmt.Println(1e6, 1e20, 1e21, 123456789.0, 0.000012, float32(0.1), 1.0, 100000.0)
	fmt.Println(7/2, -7/2, 7%3, -7%3, 7.0/2, 1<<10, 0xff&^0x0f, 5^3)
	var u8 uint8 = 255
	u8++
	var i8 int8 = 127
	i8++
	fmt.Println(u8, i8, ^0, uint32(1)<<31, int64(1)<<40, 9223372036854775807)
	const big = 1 << 100
	fmt.Println(big>>98, 'a'+1, string(rune('a'+1)))
	raw := `raw \n string`
	fmt.Println(raw, "tab\there", "\u00e9 \x41 \101")
}
