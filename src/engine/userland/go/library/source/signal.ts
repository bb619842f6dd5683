/** The part of the package signal that is written in Go. */
export const SOURCE = `package signal

import (
	"context"
	"os"
	"syscall"
)

func notify(c chan<- os.Signal, number int, sig os.Signal)
func reset(number int, ignore bool)

func numbers(sigs []os.Signal) []os.Signal {
	if len(sigs) == 0 {
		return []os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM, syscall.SIGUSR1, syscall.SIGUSR2}
	}
	return sigs
}
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	for _, s := range numbers(sig) {
		n, _ := s.(syscall.Signal)
		notify(c, int(n), s)
	}
}
func each(sig []os.Signal, ignore bool) {
	for _, s := range numbers(sig) {
		n, _ := s.(syscall.Signal)
		reset(int(n), ignore)
	}
}
func Stop(c chan<- os.Signal)  { each(nil, false) }
func Reset(sig ...os.Signal)   { each(sig, false) }
func Ignore(sig ...os.Signal)  { each(sig, true) }
func NotifyContext(parent context.Context, sig ...os.Signal) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	c := make(chan os.Signal, 1)
	Notify(c, sig...)
	go func() {
		select {
		case <-c:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		cancel()
		each(sig, false)
	}
}
`;
