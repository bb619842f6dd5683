/** `asyncio`: one loop, over timers and what sockets are ready for. */
export const SOURCE = `
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
    inner = ensure_future(aw)
    if inner.done():
        return inner
    outer = get_running_loop().create_future()

    def tell(done):
        if outer.done():
            return
        if done.cancelled():
            outer.cancel()
        elif done.exception() is not None:
            outer.set_exception(done.exception())
        else:
            outer.set_result(done.result())
    inner.add_done_callback(tell)
    return outer


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


`;
