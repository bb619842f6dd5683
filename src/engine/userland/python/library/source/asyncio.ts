/** `asyncio`: one loop, over timers and what sockets are ready for. */
export const SOURCE = String.raw`
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


class Future:
    def __init__(self, *, loop=None):
        self._loop = loop or get_event_loop()
        self._state, self._value, self._error, self._callbacks = 'PENDING', None, None, []

    def done(self):
        return self._state != 'PENDING'

    def cancelled(self):
        return self._state == 'CANCELLED'

    def result(self):
        if self._state == 'CANCELLED':
            raise CancelledError()
        if self._state == 'PENDING':
            raise InvalidStateError('Result is not set.')
        if self._error is not None:
            raise self._error
        return self._value

    def exception(self):
        if self._state == 'CANCELLED':
            raise CancelledError()
        if self._state == 'PENDING':
            raise InvalidStateError('Exception is not set.')
        return self._error

    def _finish(self, state):
        self._state = state
        for fn in self._callbacks:
            self._loop.call_soon(fn, self)
        self._callbacks = []

    def set_result(self, value):
        if self.done():
            raise InvalidStateError('invalid state')
        self._value = value
        self._finish('FINISHED')

    def set_exception(self, error):
        self._error = error() if isinstance(error, type) else error
        self._finish('FINISHED')

    def cancel(self, msg=None):
        if self.done():
            return False
        self._finish('CANCELLED')
        return True

    def add_done_callback(self, fn, *, context=None):
        if self.done():
            self._loop.call_soon(fn, self)
        else:
            self._callbacks.append(fn)

    def remove_done_callback(self, fn):
        self._callbacks = [one for one in self._callbacks if one != fn]

    def get_loop(self):
        return self._loop

    def __await__(self):
        if not self.done():
            yield self
        return self.result()

    __iter__ = __await__


_tasks = set()
_task_number = 0


class Task(Future):
    def __init__(self, coro, *, loop=None, name=None):
        global _task_number
        super().__init__(loop=loop)
        if not hasattr(coro, 'send'):
            raise TypeError('a coroutine was expected, got %r' % (coro,))
        _task_number += 1
        self._coro, self._name, self._waits, self._must_cancel = coro, name or 'Task-%d' % _task_number, None, False
        _tasks.add(self)
        self._loop.call_soon(self._step)

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def get_coro(self):
        return self._coro

    def cancel(self, msg=None):
        if self.done():
            return False
        if self._waits is not None and self._waits.cancel():
            return True
        self._must_cancel = True
        return True

    def uncancel(self):
        return 0

    def cancelling(self):
        return int(self._must_cancel)

    def _step(self, error=None):
        if self.done():
            return
        if self._must_cancel:
            error = CancelledError()
            self._must_cancel = False
        self._waits = None
        before = getattr(self._loop, '_task', None)
        self._loop._task = self
        try:
            waits = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as stop:
            _tasks.discard(self)
            if self._must_cancel:
                super().cancel()
            else:
                super().set_result(stop.value)
        except CancelledError:
            _tasks.discard(self)
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as problem:
            _tasks.discard(self)
            super().set_exception(problem)
            raise
        except BaseException as problem:
            _tasks.discard(self)
            super().set_exception(problem)
        else:
            if waits is None:
                self._loop.call_soon(self._step)
            else:
                self._waits = waits
                waits.add_done_callback(self._wake)
                if self._must_cancel and waits.cancel():
                    self._must_cancel = False
        finally:
            self._loop._task = before

    def _wake(self, future):
        if future.cancelled():
            self._step(CancelledError())
        else:
            self._step(future._error)

    def __repr__(self):
        state = {'PENDING': 'pending', 'FINISHED': 'finished', 'CANCELLED': 'cancelled'}[self._state]
        return '<Task %s name=%r coro=<%s()>>' % (state, self._name, getattr(self._coro, '__qualname__', '?'))


def ensure_future(obj, *, loop=None):
    if isinstance(obj, Future):
        return obj
    if not iscoroutine(obj) and hasattr(obj, '__await__'):
        async def wrap():
            return await obj
        obj = wrap()
    return Task(obj, loop=loop or get_event_loop())


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name)


def current_task(loop=None):
    return getattr(loop or get_running_loop(), '_task', None)


def all_tasks(loop=None):
    return {one for one in _tasks if not one.done()}


def iscoroutine(obj):
    return isinstance(obj, types.CoroutineType)


def iscoroutinefunction(fn):
    import inspect
    return inspect.iscoroutinefunction(fn)


isfuture = lambda obj: isinstance(obj, Future)


async def sleep(delay, result=None):
    if delay <= 0:
        await _Bare()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    handle = loop.call_later(delay, lambda: future.done() or future.set_result(result))
    try:
        return await future
    finally:
        handle.cancel()


class _Bare:
    def __await__(self):
        yield None


def gather(*aws, return_exceptions=False):
    loop = get_running_loop()
    futures = [ensure_future(one, loop=loop) for one in aws]
    outer = _Gathered(futures, loop)
    left = [len(futures)]

    def done(future):
        left[0] -= 1
        if outer.done():
            return
        error = CancelledError() if future.cancelled() else future._error
        if error is not None and not return_exceptions:
            outer.set_exception(error)
        elif not left[0]:
            outer.set_result([(CancelledError() if one.cancelled() else one._error) or one._value for one in futures])
    if not futures:
        outer.set_result([])
    for one in futures:
        one.add_done_callback(done)
    return outer


class _Gathered(Future):
    def __init__(self, futures, loop):
        super().__init__(loop=loop)
        self._futures = futures

    def cancel(self, msg=None):
        return any([one.cancel() for one in self._futures])


async def wait_for(aw, timeout):
    if timeout is None:
        return await aw
    task = ensure_future(aw)
    loop = get_running_loop()
    timed = []

    def over():
        timed.append(True)
        task.cancel()
    handle = loop.call_later(timeout, over)
    try:
        return await task
    except CancelledError:
        if timed:
            raise TimeoutError() from None
        task.cancel()
        raise
    finally:
        handle.cancel()


async def wait(aws, *, timeout=None, return_when=ALL_COMPLETED):
    futures = {ensure_future(one) for one in aws}
    loop = get_running_loop()
    waiter = loop.create_future()

    def check(_=None):
        done = [one for one in futures if one.done()]
        enough = len(done) == len(futures) or (return_when == FIRST_COMPLETED and done) or (return_when == FIRST_EXCEPTION and any(one._error for one in done))
        if enough and not waiter.done():
            waiter.set_result(None)
    for one in futures:
        one.add_done_callback(check)
    handle = loop.call_later(timeout, lambda: waiter.done() or waiter.set_result(None)) if timeout is not None else None
    await waiter
    if handle:
        handle.cancel()
    return {one for one in futures if one.done()}, {one for one in futures if not one.done()}


def as_completed(aws, *, timeout=None):
    queue = Queue()
    futures = [ensure_future(one) for one in aws]
    for one in futures:
        one.add_done_callback(queue.put_nowait)

    async def next_one():
        return (await queue.get()).result()
    for _ in futures:
        yield next_one()


def shield(aw):
    return ensure_future(aw)


async def to_thread(fn, /, *args, **kwargs):
    return await get_running_loop().run_in_executor(None, lambda: fn(*args, **kwargs))


def run(main, *, debug=None, loop_factory=None):
    if _current.get(threading.get_ident()) is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    if not iscoroutine(main):
        raise ValueError('a coroutine was expected, got {!r}'.format(main))
    loop = new_event_loop()
    try:
        return loop.run_until_complete(main)
    finally:
        left = [one for one in all_tasks() if one._loop is loop]
        for one in left:
            one.cancel()
        if left:
            async def finish():
                await gather(*left, return_exceptions=True)
            loop.run_until_complete(finish())
        loop.close()


class Runner:
    def __init__(self, **kwargs):
        self._loop = new_event_loop()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._loop.close()

    def run(self, coro):
        return self._loop.run_until_complete(coro)

    def get_loop(self):
        return self._loop


class _Waiting:
    def __init__(self):
        self._waiters = deque()

    def _wake(self):
        while self._waiters:
            one = self._waiters.popleft()
            if not one.done():
                one.set_result(None)
                break

    async def _rest(self):
        waiter = get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)


class Lock(_Waiting):
    def __init__(self):
        super().__init__()
        self._held = False

    def locked(self):
        return self._held

    async def acquire(self):
        while self._held:
            await self._rest()
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError('Lock is not acquired.')
        self._held = False
        self._wake()

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *args):
        self.release()


class Semaphore(_Waiting):
    def __init__(self, value=1):
        super().__init__()
        self._value = value

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value <= 0:
            await self._rest()
        self._value -= 1
        return True

    def release(self):
        self._value += 1
        self._wake()

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *args):
        self.release()


BoundedSemaphore = Semaphore


class Event(_Waiting):
    def __init__(self):
        super().__init__()
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True
        for one in self._waiters:
            if not one.done():
                one.set_result(None)

    def clear(self):
        self._flag = False

    async def wait(self):
        while not self._flag:
            await self._rest()
        return True


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._items, self._getters, self._putters = deque(), _Waiting(), _Waiting()
        self._unfinished, self._finished = 0, Event()
        self._finished.set()

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self.maxsize <= len(self._items)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._items.append(item)
        self._unfinished += 1
        self._finished.clear()
        self._getters._wake()

    async def put(self, item):
        while self.full():
            await self._putters._rest()
        self.put_nowait(item)

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        item = self._items.popleft()
        self._putters._wake()
        return item

    async def get(self):
        while not self._items:
            await self._getters._rest()
        return self.get_nowait()

    def task_done(self):
        self._unfinished -= 1
        if not self._unfinished:
            self._finished.set()

    async def join(self):
        await self._finished.wait()


class TaskGroup:
    def __init__(self):
        self._tasks = []

    async def __aenter__(self):
        return self

    def create_task(self, coro, *, name=None, context=None):
        task = create_task(coro, name=name)
        self._tasks.append(task)
        return task

    async def __aexit__(self, kind, error, tb):
        if error is not None:
            for one in self._tasks:
                one.cancel()
        errors = []
        while any(not one.done() for one in self._tasks):
            await wait(self._tasks, return_when=FIRST_EXCEPTION)
            if any(one.done() and not one.cancelled() and one._error for one in self._tasks):
                for one in self._tasks:
                    one.cancel()
        errors = [one._error for one in self._tasks if not one.cancelled() and one._error is not None]
        if errors:
            raise BaseExceptionGroup('unhandled errors in a TaskGroup', errors) if False else ExceptionGroup('unhandled errors in a TaskGroup', errors)


class timeout:
    def __init__(self, delay):
        self._delay, self._over = delay, False

    async def __aenter__(self):
        task = current_task()

        def over():
            self._over = True
            task.cancel()
        if self._delay is not None:
            self._handle = get_running_loop().call_later(self._delay, over)
        return self

    async def __aexit__(self, kind, error, tb):
        if self._delay is not None:
            self._handle.cancel()
        if self._over and kind is CancelledError:
            raise TimeoutError from error


def _ready(fd, is_write=False):
    loop = get_running_loop()
    future = loop.create_future()
    (loop._writers if is_write else loop._readers)[fd] = lambda: future.done() or future.set_result(None)
    return future


class StreamReader:
    def __init__(self, sock):
        self._sock, self._buffer, self._eof = sock, b'', False

    async def _fill(self):
        await _ready(self._sock.fileno())
        data = self._sock.recv(65536)
        self._eof = not data
        self._buffer += data
        return bool(data)

    def at_eof(self):
        return self._eof and not self._buffer

    async def read(self, n=-1):
        if n < 0:
            while await self._fill():
                pass
            n = len(self._buffer)
        elif not self._buffer and not self._eof:
            await self._fill()
        data, self._buffer = self._buffer[:n], self._buffer[n:]
        return data

    async def readuntil(self, separator=b'\n'):
        while separator not in self._buffer:
            if not await self._fill():
                raise IncompleteReadError('%d bytes read on a total of undefined expected bytes' % len(self._buffer))
        end = self._buffer.index(separator) + len(separator)
        data, self._buffer = self._buffer[:end], self._buffer[end:]
        return data

    async def readline(self):
        try:
            return await self.readuntil()
        except IncompleteReadError:
            data, self._buffer = self._buffer, b''
            return data

    async def readexactly(self, n):
        while len(self._buffer) < n:
            if not await self._fill():
                raise IncompleteReadError('%d bytes read on a total of %d expected bytes' % (len(self._buffer), n))
        data, self._buffer = self._buffer[:n], self._buffer[n:]
        return data

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line


class StreamWriter:
    def __init__(self, sock):
        self._sock = sock

    def write(self, data):
        self._sock.sendall(data)

    def writelines(self, data):
        self.write(b''.join(data))

    async def drain(self):
        await sleep(0)

    def close(self):
        self._sock.close()

    def is_closing(self):
        return self._sock.fileno() < 0

    async def wait_closed(self):
        pass

    def get_extra_info(self, name, default=None):
        if name == 'peername':
            return self._sock.getpeername()
        return self._sock.getsockname() if name == 'sockname' else self._sock if name == 'socket' else default


async def open_connection(host=None, port=None, **kwargs):
    sock = _sock.create_connection((host, port))
    return StreamReader(sock), StreamWriter(sock)


class Server:
    def __init__(self, sock, callback):
        self.sockets = [sock]
        self._callback, self._task = callback, None

    async def _serve(self):
        while True:
            await _ready(self.sockets[0].fileno())
            sock, _ = self.sockets[0].accept()
            create_task(self._callback(StreamReader(sock), StreamWriter(sock)))

    def _start(self):
        self._task = create_task(self._serve())

    async def serve_forever(self):
        await self._task

    def is_serving(self):
        return self._task is not None

    def close(self):
        if self._task:
            self._task.cancel()
        for sock in self.sockets:
            sock.close()

    async def wait_closed(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        self.close()


async def start_server(client_connected_cb, host=None, port=None, **kwargs):
    sock = _sock.create_server((host or '0.0.0.0', port))
    server = Server(sock, client_connected_cb)
    server._start()
    return server


class subprocess:
    PIPE, STDOUT, DEVNULL = -1, -2, -3


async def create_subprocess_exec(program, *args, **kwargs):
    import subprocess as _sub
    return _Process(await to_thread(lambda: _sub.Popen((program,) + args, **kwargs)))


async def create_subprocess_shell(cmd, **kwargs):
    import subprocess as _sub
    return _Process(await to_thread(lambda: _sub.Popen(cmd, shell=True, **kwargs)))


class _Process:
    def __init__(self, process):
        self._process, self.pid = process, process.pid

    @property
    def returncode(self):
        return self._process.returncode

    async def wait(self):
        return await to_thread(self._process.wait)

    async def communicate(self, input=None):
        return await to_thread(lambda: self._process.communicate(input))

    def kill(self):
        self._process.kill()

    def terminate(self):
        self._process.terminate()
`;
