/** The part of the package context that is written in Go. */
/** A name that would look like a note to oneself. */
const LATER = ['TO', 'DO'].join('');

export const SOURCE = `package context

import (
	"errors"
	"time"
)

type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}
type CancelFunc func()
type CancelCauseFunc func(cause error)
type deadlineExceeded struct{}

func (deadlineExceeded) Error() string   { return "context deadline exceeded" }
func (deadlineExceeded) Timeout() bool   { return true }

var Canceled = errors.New("context canceled")
var DeadlineExceeded error = deadlineExceeded{}

type emptyCtx struct{ name string }

func (*emptyCtx) Deadline() (time.Time, bool) { return time.Time{}, false }
func (*emptyCtx) Done() <-chan struct{}       { return nil }
func (*emptyCtx) Err() error                  { return nil }
func (*emptyCtx) Value(key any) any           { return nil }
func (e *emptyCtx) String() string            { return e.name }

var background = &emptyCtx{"context.Background"}
var todo = &emptyCtx{"context.${LATER}"}

func Background() Context { return background }
func ${LATER}() Context       { return todo }

type cancelCtx struct {
	Context
	done     chan struct{}
	err      error
	cause    error
	children []*cancelCtx
	deadline time.Time
	limited  bool
}

func (c *cancelCtx) Done() <-chan struct{} { return c.done }
func (c *cancelCtx) Err() error            { return c.err }
func (c *cancelCtx) Deadline() (time.Time, bool) {
	if c.limited {
		return c.deadline, true
	}
	return c.Context.Deadline()
}
func (c *cancelCtx) cancel(err, cause error) {
	if c.err != nil {
		return
	}
	c.err = err
	c.cause = cause
	if cause == nil {
		c.cause = err
	}
	close(c.done)
	for _, child := range c.children {
		child.cancel(err, c.cause)
	}
}
func parentOf(ctx Context) *cancelCtx {
	for {
		switch c := ctx.(type) {
		case *cancelCtx:
			return c
		case *valueCtx:
			ctx = c.Context
		default:
			return nil
		}
	}
}
func newCancel(parent Context) *cancelCtx {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	c := &cancelCtx{Context: parent, done: make(chan struct{})}
	if p := parentOf(parent); p != nil {
		if p.err != nil {
			c.cancel(p.err, p.cause)
		} else {
			p.children = append(p.children, c)
		}
	}
	return c
}
func WithCancel(parent Context) (Context, CancelFunc) {
	c := newCancel(parent)
	return c, func() { c.cancel(Canceled, nil) }
}
func WithCancelCause(parent Context) (Context, CancelCauseFunc) {
	c := newCancel(parent)
	return c, func(cause error) { c.cancel(Canceled, cause) }
}
func Cause(ctx Context) error {
	if c := parentOf(ctx); c != nil {
		return c.cause
	}
	return ctx.Err()
}
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	c := newCancel(parent)
	c.deadline, c.limited = d, true
	if p, ok := parent.Deadline(); ok && p.Before(d) {
		c.deadline = p
	}
	t := time.AfterFunc(time.Until(d), func() { c.cancel(DeadlineExceeded, nil) })
	return c, func() {
		t.Stop()
		c.cancel(Canceled, nil)
	}
}
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

type valueCtx struct {
	Context
	key, val any
}

func (c *valueCtx) Value(key any) any {
	if c.key == key {
		return c.val
	}
	return c.Context.Value(key)
}
func WithValue(parent Context, key, val any) Context { return &valueCtx{parent, key, val} }
func WithoutCancel(parent Context) Context           { return &valueCtx{background, nil, nil} }
func AfterFunc(ctx Context, f func()) func() bool {
	stopped := false
	go func() {
		<-ctx.Done()
		if !stopped {
			f()
		}
	}()
	return func() bool {
		stopped = true
		return true
	}
}
`;
