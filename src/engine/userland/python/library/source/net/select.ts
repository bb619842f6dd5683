/** `select` and `selectors`. */
export const SOURCE = `
from _socket import _poll

EVENT_READ, EVENT_WRITE = 1, 2
error = OSError


def _fd(one):
    return one if isinstance(one, int) else one.fileno()


def select(rlist, wlist, xlist, timeout=None):
    wanted = {}
    for one in rlist:
        wanted.setdefault(_fd(one), [False, False])[0] = True
    for one in wlist:
        wanted.setdefault(_fd(one), [False, False])[1] = True
    ready = {fd: (r, w) for fd, r, w in _poll([(fd, r, w) for fd, (r, w) in wanted.items()], timeout)}
    return ([one for one in rlist if ready.get(_fd(one), (False, False))[0]],
            [one for one in wlist if ready.get(_fd(one), (False, False))[1]], [])


class SelectorKey:
    def __init__(self, fileobj, fd, events, data):
        self.fileobj, self.fd, self.events, self.data = fileobj, fd, events, data

    def __iter__(self):
        return iter((self.fileobj, self.fd, self.events, self.data))


class DefaultSelector:
    def __init__(self):
        self._keys = {}

    def register(self, fileobj, events, data=None):
        key = self._keys[_fd(fileobj)] = SelectorKey(fileobj, _fd(fileobj), events, data)
        return key

    def unregister(self, fileobj):
        for fd, key in list(self._keys.items()):
            if key.fileobj is fileobj or fd == fileobj:
                return self._keys.pop(fd)
        raise KeyError(fileobj)

    def modify(self, fileobj, events, data=None):
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    def select(self, timeout=None):
        asked = [(fd, bool(key.events & 1), bool(key.events & 2)) for fd, key in self._keys.items()]
        return [(self._keys[fd], (1 if r else 0) | (2 if w else 0)) for fd, r, w in _poll(asked, timeout)]

    def get_map(self):
        return {key.fileobj: key for key in self._keys.values()}

    def close(self):
        self._keys.clear()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


SelectSelector = PollSelector = EpollSelector = DefaultSelector
`;
