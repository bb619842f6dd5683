package main

import (
	"fmt"
	"math"
)

const (
	tenth   = 0.1
	third   = 1.0 / 3
	huge    = 1 << 100
	big     = 1e300 * 1e300 / 1e300
	ratio   = huge / 3.0
	typed   float64 = 0.1
	single  float32 = 16777217
	whole   = 2.5 * 4
	squared = math.Pi * math.Pi
)

func main() {
	fmt.Println(tenth+0.2, typed+0.2, third*3 == 1, third)
	fmt.Println(huge>>98, big, ratio, squared)
	var n int = whole
	var half = 1 / 2.0
	fmt.Println(n, half, single, 7/2, 7/2.0, -0.0, 1e-320)
	fmt.Println(math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32, 0.1+0.2 == 0.3)
	var x, y = 0.1, 0.2
	fmt.Println(x+y, x+y == 0.3, 1-0.9, float32(0.1), 100*1.1)
	fmt.Printf("%.20f %v %d\n", 0.1, 1e21, int64(1e15))
	for i := range 3 {
		fmt.Print(float64(i)*1.1, " ")
	}
	fmt.Println()
}
