/** The part of the package list that is written in Go. */
export const SOURCE = `package list

type Element struct {
	next, prev *Element
	list       *List
	Value      any
}

func (e *Element) Next() *Element { return e.next }
func (e *Element) Prev() *Element { return e.prev }

type List struct {
	front, back *Element
	len         int
}

func New() *List                { return &List{} }
func (l *List) Len() int        { return l.len }
func (l *List) Front() *Element { return l.front }
func (l *List) Back() *Element  { return l.back }
func (l *List) PushBack(v any) *Element {
	e := &Element{prev: l.back, list: l, Value: v}
	if l.back == nil {
		l.front = e
	} else {
		l.back.next = e
	}
	l.back = e
	l.len++
	return e
}
func (l *List) PushFront(v any) *Element {
	e := &Element{next: l.front, list: l, Value: v}
	if l.front == nil {
		l.back = e
	} else {
		l.front.prev = e
	}
	l.front = e
	l.len++
	return e
}
func (l *List) Remove(e *Element) any {
	if e.list != l {
		return e.Value
	}
	if e.prev == nil {
		l.front = e.next
	} else {
		e.prev.next = e.next
	}
	if e.next == nil {
		l.back = e.prev
	} else {
		e.next.prev = e.prev
	}
	e.list, e.next, e.prev = nil, nil, nil
	l.len--
	return e.Value
}
func (l *List) MoveToFront(e *Element) {
	v := l.Remove(e)
	*e = *l.PushFront(v)
}
`;
