/** `asyncio`: one loop, over timers and what sockets are ready for. */
export const SOURCE = `
import sys
import time
import types
import socket as _sock
from collections import deque
from heapq import heappush, heappop
from _socket import _poll
import threading

TimeoutError = TimeoutError
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


class IncompleteReadError(EOFError):
    pass


class _Handle:
    def __init__(self, when, number, fn, args):
        self.when, self.number, self.fn, self.args, self.is_cancelled = when, number, fn, args, False

    def cancel(self):
        self.is_cancelled = True

    def cancelled(self):
        return self.is_cancelled

    def __lt__(self, other):
        return (self.when, self.number) < (other.when, other.number)


_current = {}


class _Loop:
    def __init__(self):
        self._ready, self._timers, self._number = deque(), [], 0
        self._readers, self._writers, self._is_running, self._is_closed = {}, {}, False, False
        self._lock = threading.Lock()
        self._signals = []

    def time(self):
        return time.monotonic()

    def call_soon(self, fn, *args, context=None):
        handle = _Handle(0, 0, fn, args)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_at(self, when, fn, *args, context=None):
        self._number += 1
        handle = _Handle(when, self._number, fn, args)
        heappush(self._timers, handle)
        return handle

    def call_later(self, delay, fn, *args, context=None):
        return self.call_at(self.time() + delay, fn, *args)

    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, loop=self, name=name)

    def create_future(self):
        return Future(loop=self)

    def add_signal_handler(self, sig, callback, *args):
        import signal
        signal.signal(sig, lambda number, frame: self.call_soon(callback, *args))

    def remove_signal_handler(self, sig):
        import signal
        signal.signal(sig, signal.SIG_DFL)

    def run_in_executor(self, executor, fn, *args):
        future = self.create_future()

        def work():
            try:
                result = fn(*args)
            except BaseException as problem:
                self.call_soon(future.set_exception, problem)
            else:
                self.call_soon(lambda: future.done() or future.set_result(result))
        self._working = getattr(self, '_working', 0) + 1
        future.add_done_callback(lambda _: setattr(self, '_working', self._working - 1))
        threading.Thread(target=work, daemon=True).start()
        return future

    def is_running(self):
        return self._is_running

    def is_closed(self):
        return self._is_closed

    def stop(self):
        self._stopping = True

    def close(self):
        self._is_closed = True

    def get_debug(self):
        return False

    def set_exception_handler(self, handler):
        pass

    def _once(self):
        now = self.time()
        while self._timers and (self._timers[0].is_cancelled or self._timers[0].when <= now):
            handle = heappop(self._timers)
            if not handle.is_cancelled:
                self._ready.append(handle)
        timeout = 0 if self._ready else None
        if timeout is None and self._timers:
            timeout = max(0, self._timers[0].when - now)
        if getattr(self, '_working', 0):
            timeout = 0.001 if timeout is None else min(timeout, 0.001)
        asked = {}
        for fd in self._readers:
            asked.setdefault(fd, [False, False])[0] = True
        for fd in self._writers:
            asked.setdefault(fd, [False, False])[1] = True
        if asked or timeout is None:
            for fd, r, w in _poll([(fd, r, w) for fd, (r, w) in asked.items()], timeout):
                if r and fd in self._readers:
                    self.call_soon(self._readers.pop(fd))
                if w and fd in self._writers:
                    self.call_soon(self._writers.pop(fd))
        elif timeout:
            time.sleep(timeout)
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle.is_cancelled:
                handle.fn(*handle.args)

    def run_forever(self):
        self._stopping = False
        before = _current.get(threading.get_ident())
        _current[threading.get_ident()] = self
        self._is_running = True
        try:
            while not self._stopping:
                self._once()
        finally:
            self._is_running = False
            _current[threading.get_ident()] = before

    def run_until_complete(self, future):
        task = ensure_future(future, loop=self)
        task.add_done_callback(lambda _: self.stop())
        self.run_forever()
        if not task.done():
            raise RuntimeError('Event loop stopped before Future completed.')
        return task.result()

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self, timeout=None):
        pass


AbstractEventLoop = _Loop


def get_running_loop():
    loop = _current.get(threading.get_ident())
    if loop is None:
        raise RuntimeError('no running event loop')
    return loop


_set = [None]


def get_event_loop():
    loop = _current.get(threading.get_ident()) or _set[0]
    if loop is None:
        loop = _set[0] = _Loop()
    return loop


def new_event_loop():
    return _Loop()


def set_event_loop(loop):
    _set[0] = loop


`;
