/** `asyncio`: one loop, over timers and what sockets are ready for. */
export const SOURCE = String.raw`
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
