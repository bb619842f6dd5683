package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	counts := map[string]int{}
	lines := 0
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		lines++
		for _, word := range strings.Fields(strings.ToLower(scanner.Text())) {
			counts[strings.Trim(word, ".,!?")]++
		}
	}
	type pair struct {
		word  string
		count int
	}
	var pairs []pair
	for w, c := range counts {
		pairs = append(pairs, pair{w, c})
	}
	sort.Slice(pairs, func(i, j int) bool {
		if pairs[i].count != pairs[j].count {
			return pairs[i].count > pairs[j].count
		}
		return pairs[i].word < pairs[j].word
	})
	fmt.Println(lines, "lines,", len(pairs), "words")
	for _, p := range pairs {
		fmt.Printf("%-8s %3d %s\n", p.word, p.count, strings.Repeat("*", p.count))
	}
}
