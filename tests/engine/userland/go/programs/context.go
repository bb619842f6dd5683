package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type key string

func work(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("work: %w", ctx.Err())
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), key("user"), "ann"), 30*time.Millisecond)
	defer cancel()
	fmt.Println(work(ctx, time.Millisecond))
	err := work(ctx, time.Second)
	fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
	fmt.Println(ctx.Value(key("user")), ctx.Value(key("none")))
	parent, stop := context.WithCancel(context.Background())
	child, other := context.WithCancel(parent)
	defer other()
	go stop()
	<-child.Done()
	fmt.Println(child.Err(), parent.Err())
}
