package main

import (
	"fmt"
	"sync"
	"time"
)

type job struct{ id, n int }

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func worker(jobs <-chan job, results chan<- string, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		results <- fmt.Sprintf("job %d: fib(%d) = %d", j.id, j.n, fib(j.n))
	}
}

func main() {
	jobs := make(chan job, 10)
	results := make(chan string, 10)
	var wg sync.WaitGroup
	for w := 0; w < 3; w++ {
		wg.Add(1)
		go worker(jobs, results, &wg)
	}
	for i := 1; i <= 6; i++ {
		jobs <- job{i, i * 2}
	}
	close(jobs)
	go func() {
		wg.Wait()
		close(results)
	}()
	all := map[string]bool{}
	for r := range results {
		all[r] = true
	}
	fmt.Println(len(all), all["job 6: fib(12) = 144"])

	var mu sync.Mutex
	total := 0
	var group sync.WaitGroup
	for i := 1; i <= 100; i++ {
		group.Add(1)
		go func(n int) {
			defer group.Done()
			mu.Lock()
			defer mu.Unlock()
			total += n
		}(i)
	}
	group.Wait()
	fmt.Println(total)

	done := make(chan struct{})
	ticks := 0
	ticker := time.NewTicker(10 * time.Millisecond)
	go func() {
		time.Sleep(35 * time.Millisecond)
		close(done)
	}()
loop:
	for {
		select {
		case <-ticker.C:
			ticks++
		case <-done:
			ticker.Stop()
			break loop
		}
	}
	fmt.Println(ticks >= 2)
	select {
	case v := <-make(chan int):
		fmt.Println(v)
	case <-time.After(5 * time.Millisecond):
		fmt.Println("timeout")
	}
	c := make(chan int, 1)
	select {
	case c <- 1:
		fmt.Println("sent")
	default:
		fmt.Println("full")
	}
	select {
	case c <- 2:
		fmt.Println("sent")
	default:
		fmt.Println("full", len(c), cap(c))
	}
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	v, ok := <-c
	fmt.Println(v, ok)
	close(c)
	v, ok = <-c
	fmt.Println(v, ok)
}
