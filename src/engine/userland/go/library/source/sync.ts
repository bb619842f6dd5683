/** The part of the package sync that is written in Go. */
export const SOURCE = `package sync

type state struct{ holders int }

func park(at any, reason string)
func wake(at any)
func fatal(message string)

type Locker interface {
	Lock()
	Unlock()
}
type Mutex struct{ s *state }

func (m *Mutex) state() *state {
	if m.s == nil {
		m.s = &state{}
	}
	return m.s
}
func (m *Mutex) Lock() {
	s := m.state()
	for s.holders > 0 {
		park(s, "sync.Mutex.Lock")
	}
	s.holders = 1
}
func (m *Mutex) TryLock() bool {
	s := m.state()
	if s.holders > 0 {
		return false
	}
	s.holders = 1
	return true
}
func (m *Mutex) Unlock() {
	s := m.state()
	if s.holders == 0 {
		fatal("sync: unlock of unlocked mutex")
	}
	s.holders = 0
	wake(s)
}

type RWMutex struct{ s *state }

func (m *RWMutex) state() *state {
	if m.s == nil {
		m.s = &state{}
	}
	return m.s
}
func (m *RWMutex) Lock() {
	s := m.state()
	for s.holders != 0 {
		park(s, "sync.RWMutex.Lock")
	}
	s.holders = -1
}
func (m *RWMutex) Unlock() {
	s := m.state()
	if s.holders != -1 {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	s.holders = 0
	wake(s)
}
func (m *RWMutex) RLock() {
	s := m.state()
	for s.holders < 0 {
		park(s, "sync.RWMutex.RLock")
	}
	s.holders++
}
func (m *RWMutex) RUnlock() {
	s := m.state()
	if s.holders <= 0 {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	s.holders--
	wake(s)
}

type WaitGroup struct{ s *state }

func (wg *WaitGroup) state() *state {
	if wg.s == nil {
		wg.s = &state{}
	}
	return wg.s
}
func (wg *WaitGroup) Add(delta int) {
	s := wg.state()
	s.holders += delta
	if s.holders < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if s.holders == 0 {
		wake(s)
	}
}
func (wg *WaitGroup) Done() { wg.Add(-1) }
func (wg *WaitGroup) Wait() {
	s := wg.state()
	for s.holders > 0 {
		park(s, "sync.WaitGroup.Wait")
	}
}
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}

type Once struct {
	done bool
	m    Mutex
}

func (o *Once) Do(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if !o.done {
		defer func() { o.done = true }()
		f()
	}
}
func OnceFunc(f func()) func() {
	var o Once
	return func() { o.Do(f) }
}
func OnceValue[T any](f func() T) func() T {
	var o Once
	var v T
	return func() T {
		o.Do(func() { v = f() })
		return v
	}
}

type Map struct{ m map[any]any }

func (m *Map) Load(key any) (any, bool) {
	v, ok := m.m[key]
	return v, ok
}
func (m *Map) Store(key, value any) {
	if m.m == nil {
		m.m = make(map[any]any)
	}
	m.m[key] = value
}
func (m *Map) LoadOrStore(key, value any) (any, bool) {
	if v, ok := m.m[key]; ok {
		return v, true
	}
	m.Store(key, value)
	return value, false
}
func (m *Map) Delete(key any) { delete(m.m, key) }
func (m *Map) Range(f func(key, value any) bool) {
	for k, v := range m.m {
		if !f(k, v) {
			return
		}
	}
}

type Pool struct {
	New   func() any
	items []any
}

func (p *Pool) Put(x any) { p.items = append(p.items, x) }
func (p *Pool) Get() any {
	if n := len(p.items); n > 0 {
		x := p.items[n-1]
		p.items = p.items[:n-1]
		return x
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}

type Cond struct {
	L Locker
	s *state
}

func NewCond(l Locker) *Cond { return &Cond{l, &state{}} }
func (c *Cond) Wait() {
	c.L.Unlock()
	park(c.s, "sync.Cond.Wait")
	c.L.Lock()
}
func (c *Cond) Signal()    { wake(c.s) }
func (c *Cond) Broadcast() { wake(c.s) }
`;
