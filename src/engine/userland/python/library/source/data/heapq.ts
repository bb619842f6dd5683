/** `heapq`. */
export const SOURCE = `
def heappush(heap, item):
    heap.append(item)
    at = len(heap) - 1
    while at > 0:
        up = (at - 1) >> 1
        if not item < heap[up]:
            break
        heap[at] = heap[up]
        at = up
    heap[at] = item


def _sink(heap, at):
    item = heap[at]
    start = at
    end = len(heap)
    child = 2 * at + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    while at > start:
        up = (at - 1) >> 1
        if not item < heap[up]:
            break
        heap[at] = heap[up]
        at = up
    heap[at] = item


def heappop(heap):
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if heap:
        first = heap[0]
        heap[0] = last
        _sink(heap, 0)
        return first
    return last


def heapify(x):
    for at in reversed(range(len(x) // 2)):
        _sink(x, at)


def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapreplace(heap, item):
    first = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return first


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]


def merge(*iterables, key=None, reverse=False):
    everything = [one for iterable in iterables for one in iterable]
    return iter(sorted(everything, key=key, reverse=reverse))
`;
