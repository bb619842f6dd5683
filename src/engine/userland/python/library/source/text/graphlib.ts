/** `graphlib`. */
export const SOURCE = `
__all__ = ['TopologicalSorter', 'CycleError']


class CycleError(ValueError):
    pass


class TopologicalSorter:
    def __init__(self, graph=None):
        self._before, self._after = {}, {}
        self._state = None
        for node, predecessors in (graph or {}).items():
            self.add(node, *predecessors)

    def add(self, node, *predecessors):
        if self._state is not None:
            raise ValueError('Nodes cannot be added after a call to prepare()')
        for one in (node, *predecessors):
            self._before.setdefault(one, 0)
            self._after.setdefault(one, [])
        self._before[node] += len(predecessors)
        for one in predecessors:
            self._after[one].append(node)

    def prepare(self):
        if self._state is not None:
            raise ValueError('cannot prepare() more than once')
        self._state = {node: 'waiting' for node in self._before}
        cycle = self._cycle()
        if cycle:
            raise CycleError('nodes are in a cycle', cycle)
        self._open = [node for node, count in self._before.items() if count == 0]
        self._passed = self._finished = 0

    def _cycle(self):
        seen = {}
        for start in self._after:
            path, stack = [], [(start, iter(self._after[start]))] if start not in seen else []
            while stack:
                node, rest = stack[-1]
                if node not in seen:
                    seen[node] = len(path)
                    path.append(node)
                following = next(rest, None)
                if following is None:
                    stack.pop()
                    path.pop()
                    seen[node] = -1
                elif following not in seen:
                    stack.append((following, iter(self._after[following])))
                elif seen[following] >= 0:
                    return path[seen[following]:] + [following]
        return None

    def get_ready(self):
        self._check()
        ready = tuple(self._open)
        for node in ready:
            self._state[node] = 'out'
        self._open.clear()
        self._passed += len(ready)
        return ready

    def is_active(self):
        self._check()
        return self._finished < self._passed or bool(self._open)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        self._check()
        for node in nodes:
            state = self._state.get(node)
            if state is None:
                raise ValueError('node %r was not added using add()' % (node,))
            if state != 'out':
                raise ValueError('node %r was %s' % (node, 'already marked done' if state == 'done' else 'not passed out (still not ready)'))
            self._state[node] = 'done'
            self._finished += 1
            for one in self._after[node]:
                self._before[one] -= 1
                if self._before[one] == 0:
                    self._open.append(one)

    def _check(self):
        if self._state is None:
            raise ValueError('prepare() must be called first')

    def static_order(self):
        self.prepare()
        while self.is_active():
            ready = self.get_ready()
            yield from ready
            self.done(*ready)

`;
