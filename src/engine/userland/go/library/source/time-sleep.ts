/** Timers, of the package time. */
export const SOURCE = `package time

func Sleep(d Duration)
func After(d Duration) <-chan Time { return NewTimer(d).C }
func Tick(d Duration) <-chan Time  { return NewTicker(d).C }

type Timer struct {
	C    <-chan Time
	stop bool
	gen  int
	c    chan Time
	f    func()
}

func (t *Timer) run(d Duration) {
	t.gen++
	gen := t.gen
	t.stop = false
	go func() {
		Sleep(d)
		if t.stop || t.gen != gen {
			return
		}
		t.stop = true
		if t.f != nil {
			t.f()
			return
		}
		select {
		case t.c <- Now():
		default:
		}
	}()
}
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	t := &Timer{C: c, c: c}
	t.run(d)
	return t
}
func AfterFunc(d Duration, f func()) *Timer {
	t := &Timer{f: f}
	t.run(d)
	return t
}
func (t *Timer) Stop() bool {
	active := !t.stop
	t.stop = true
	return active
}
func (t *Timer) Reset(d Duration) bool {
	active := t.Stop()
	t.run(d)
	return active
}

type Ticker struct {
	C    <-chan Time
	stop bool
	d    Duration
}

func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	t := &Ticker{C: c, d: d}
	go func() {
		for !t.stop {
			Sleep(t.d)
			if t.stop {
				return
			}
			select {
			case c <- Now():
			default:
			}
		}
	}()
	return t
}
func (t *Ticker) Stop()            { t.stop = true }
func (t *Ticker) Reset(d Duration) { t.d = d }
`;
