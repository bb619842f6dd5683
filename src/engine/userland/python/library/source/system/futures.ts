/** `concurrent.futures`. */
export const SOURCE = `
import os
import threading
import queue as _queue
import time

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'


class CancelledError(Exception):
    pass


TimeoutError = TimeoutError


class Future:
    def __init__(self):
        self._cond = threading.Condition()
        self._state = 'PENDING'
        self._result = self._error = None
        self._callbacks = []

    def cancel(self):
        with self._cond:
            if self._state in ('RUNNING', 'FINISHED'):
                return False
            self._state = 'CANCELLED'
            self._cond.notify_all()
        self._call()
        return True

    def cancelled(self):
        return self._state == 'CANCELLED'

    def running(self):
        return self._state == 'RUNNING'

    def done(self):
        return self._state in ('CANCELLED', 'FINISHED')

    def _call(self):
        for fn in self._callbacks:
            fn(self)

    def add_done_callback(self, fn):
        if self.done():
            fn(self)
        else:
            self._callbacks.append(fn)

    def _wait(self, timeout):
        with self._cond:
            if not self._cond.wait_for(self.done, timeout):
                raise TimeoutError()
        if self._state == 'CANCELLED':
            raise CancelledError()

    def result(self, timeout=None):
        self._wait(timeout)
        if self._error is not None:
            raise self._error
        return self._result

    def exception(self, timeout=None):
        self._wait(timeout)
        return self._error

    def set_result(self, result):
        with self._cond:
            self._result, self._state = result, 'FINISHED'
            self._cond.notify_all()
        self._call()

    def set_exception(self, error):
        with self._cond:
            self._error, self._state = error, 'FINISHED'
            self._cond.notify_all()
        self._call()


class Executor:
    def map(self, fn, *iterables, timeout=None, chunksize=1):
        futures = [self.submit(fn, *args) for args in zip(*iterables)]
        return (one.result(timeout) for one in futures)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.shutdown(wait=True)
        return False


class ThreadPoolExecutor(Executor):
    _number = 0

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        self._max_workers = max_workers
        self._work = _queue.Queue()
        self._threads = []
        self._idle = 0
        self._over = False
        self._prefix = thread_name_prefix or 'ThreadPoolExecutor-%d' % ThreadPoolExecutor._number
        ThreadPoolExecutor._number += 1
        self._first = initializer, initargs

    def submit(self, fn, /, *args, **kwargs):
        if self._over:
            raise RuntimeError('cannot schedule new futures after shutdown')
        future = Future()
        self._work.put((future, fn, args, kwargs))
        if self._idle <= 0 and len(self._threads) < self._max_workers:
            thread = threading.Thread(target=self._run, name='%s_%d' % (self._prefix, len(self._threads)), daemon=True)
            self._threads.append(thread)
            thread.start()
        else:
            self._idle -= 1
        return future

    def _run(self):
        initializer, initargs = self._first
        if initializer:
            initializer(*initargs)
        while True:
            item = self._work.get()
            if item is None:
                self._work.put(None)
                return
            future, fn, args, kwargs = item
            if future.cancelled():
                continue
            future._state = 'RUNNING'
            try:
                result = fn(*args, **kwargs)
            except BaseException as problem:
                future.set_exception(problem)
            else:
                future.set_result(result)
            self._idle += 1

    def shutdown(self, wait=True, *, cancel_futures=False):
        if self._over:
            return
        self._over = True
        self._work.put(None)
        if wait:
            for thread in self._threads:
                thread.join()


class ProcessPoolExecutor(ThreadPoolExecutor):
    def __init__(self, *args, **kwargs):
        raise NotImplementedError('this model has no pools of processes; use ThreadPoolExecutor')


def as_completed(fs, timeout=None):
    fs = list(dict.fromkeys(fs))
    done = _queue.Queue()
    for one in fs:
        one.add_done_callback(done.put)
    for _ in fs:
        try:
            yield done.get(timeout=timeout)
        except _queue.Empty:
            raise TimeoutError('%d (of %d) futures unfinished' % (sum(not one.done() for one in fs), len(fs)))


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    fs = set(fs)
    end = None if timeout is None else time.monotonic() + timeout
    for one in list(fs):
        try:
            one._wait(None if end is None else max(0, end - time.monotonic()))
        except (TimeoutError, CancelledError):
            pass
        if return_when == FIRST_COMPLETED and any(each.done() for each in fs):
            break
    done = {one for one in fs if one.done()}
    return done, fs - done
`;
