/** `itertools`. */
export const SOURCE = `
class _Iterator:
    def __iter__(self):
        return self


class count(_Iterator):
    def __init__(self, start=0, step=1):
        self.at = start
        self.step = step

    def __next__(self):
        value = self.at
        self.at += self.step
        return value

    def __repr__(self):
        return 'count(%r)' % self.at if self.step == 1 else 'count(%r, %r)' % (self.at, self.step)


def cycle(iterable):
    saved = []
    for one in iterable:
        yield one
        saved.append(one)
    while saved:
        yield from saved


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


class chain(_Iterator):
    def __init__(self, *iterables):
        self._next = self._run(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._next = cls._run(iterables)
        return made

    @staticmethod
    def _run(iterables):
        for one in iterables:
            yield from one

    def __next__(self):
        return next(self._next)


def islice(iterable, *args):
    part = slice(*args)
    start, stop, step = part.start or 0, part.stop, 1 if part.step is None else part.step
    if start < 0 or (stop is not None and stop < 0):
        raise ValueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
    return _islice(iter(iterable), start, stop, step)


def _islice(it, start, stop, step):
    at = 0
    wanted = start
    if stop is not None and wanted >= stop:
        for _ in zip(range(stop), it):
            pass
        return
    for one in it:
        if at == wanted:
            yield one
            wanted += step
        at += 1
        if stop is not None and (at >= stop or wanted >= stop):
            return


def accumulate(iterable, func=None, *, initial=None):
    it = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(it)
        except StopIteration:
            return
    yield total
    for one in it:
        total = total + one if func is None else func(total, one)
        yield total


def compress(data, selectors):
    return (one for one, is_wanted in zip(data, selectors) if is_wanted)


def dropwhile(predicate, iterable):
    it = iter(iterable)
    for one in it:
        if not predicate(one):
            yield one
            break
    yield from it


def takewhile(predicate, iterable):
    for one in iterable:
        if not predicate(one):
            return
        yield one


def filterfalse(predicate, iterable):
    for one in iterable:
        if not (one if predicate is None else predicate(one)):
            yield one


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def tee(iterable, n=2):
    it = iter(iterable)
    queues = [[] for _ in range(n)]

    def gen(own):
        while True:
            if not own:
                try:
                    value = next(it)
                except StopIteration:
                    return
                for queue in queues:
                    queue.append(value)
            yield own.pop(0)
    return tuple(gen(queue) for queue in queues)


def zip_longest(*iterables, fillvalue=None):
    its = [iter(one) for one in iterables]
    left = len(its)
    if not left:
        return
    done = [False] * left
    while True:
        values = []
        for at, it in enumerate(its):
            value = fillvalue
            if not done[at]:
                try:
                    value = next(it)
                except StopIteration:
                    done[at] = True
                    left -= 1
                    if not left:
                        return
            values.append(value)
        yield tuple(values)


def product(*iterables, repeat=1):
    pools = [tuple(one) for one in iterables] * repeat
    result = [()]
    for pool in pools:
        result = [before + (one,) for before in result for one in pool]
    yield from result


def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    if r > n:
        return
    indices = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple(pool[i] for i in indices[:r])
    while n:
        for i in reversed(range(r)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple(pool[i] for i in indices[:r])
                break
        else:
            return


def combinations(iterable, r):
    pool = tuple(iterable)

    def choose(start, count):
        if count == 0:
            yield ()
            return
        for at in range(start, len(pool) - count + 1):
            for rest in choose(at + 1, count - 1):
                yield (pool[at],) + rest
    return choose(0, r)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)

    def choose(start, count):
        if count == 0:
            yield ()
            return
        for at in range(start, len(pool)):
            for rest in choose(at, count - 1):
                yield (pool[at],) + rest
    return choose(0, r)


def pairwise(iterable):
    it = iter(iterable)
    try:
        before = next(it)
    except StopIteration:
        return
    for one in it:
        yield before, one
        before = one


def batched(iterable, n):
    it = iter(iterable)
    while True:
        batch = tuple(islice(it, n))
        if not batch:
            return
        yield batch


def groupby(iterable, key=None):
    it = iter(iterable)
    end = object()
    current = next(it, end)
    while current is not end:
        own = current if key is None else key(current)

        def members():
            nonlocal current
            while current is not end and (current if key is None else key(current)) == own:
                yield current
                current = next(it, end)
        group = members()
        yield own, group
        for _ in group:
            pass
`;
