/** `threading`. */
export const SOURCE = String.raw`
class ExceptHookArgs:
    def __init__(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args


def excepthook(args):
    if args.exc_type is SystemExit:
        return
    import traceback
    name = args.thread.name if args.thread is not None else get_ident()
    sys.stderr.write('Exception in thread %s:\n' % name + ''.join(traceback.format_exception(args.exc_type, args.exc_value, args.exc_traceback)))
    sys.stderr.flush()


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _count
        if name is None:
            _count += 1
            name = 'Thread-%d' % _count
            if target is not None and sys.version_info >= (3, 10):
                name += ' (%s)' % getattr(target, '__name__', '?')
        self._target = target
        self._name = str(name)
        self._args = args
        self._kwargs = kwargs or {}
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._started = Event()
        self._done = Event()

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, value):
        self._name = str(value)

    @property
    def ident(self):
        return self._ident

    native_id = ident

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, value):
        if self._started.is_set():
            raise RuntimeError('cannot set daemon status of active thread')
        self._daemonic = value

    def setDaemon(self, value):
        self.daemon = value

    def getName(self):
        return self._name

    def is_alive(self):
        return self._started.is_set() and not self._done.is_set()

    def start(self):
        if self._started.is_set():
            raise RuntimeError('threads can only be started once')
        _thread.start_new_thread(self._bootstrap, ())
        self._started.wait()

    def _bootstrap(self):
        self._ident = get_ident()
        _active[self._ident] = self
        self._started.set()
        try:
            self.run()
        except BaseException as problem:
            excepthook(ExceptHookArgs((type(problem), problem, problem.__traceback__, self)))
        finally:
            _active.pop(self._ident, None)
            self._done.set()

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def join(self, timeout=None):
        if not self._started.is_set():
            raise RuntimeError('cannot join thread before it is started')
        if self is current_thread():
            raise RuntimeError('cannot join current thread')
        self._done.wait(timeout)

    def __repr__(self):
        status = 'initial' if not self._started.is_set() else 'stopped' if self._done.is_set() else 'started'
        return '<%s(%s, %s%s)>' % (type(self).__name__, self._name, status + (' daemon' if self._daemonic else ''), ' %s' % self._ident if self._ident else '')


class _MainThread(Thread):
    def __init__(self):
        self._name = 'MainThread'
        self._daemonic = False
        self._ident = get_ident()
        self._started = Event()
        self._started._flag = True
        self._done = Event()
        self._target = None


_main = _MainThread()
_active[_main._ident] = _main


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = args or []
        self.kwargs = kwargs or {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _Dummy(Thread):
    pass


def current_thread():
    return _active.get(get_ident(), _main)


currentThread = current_thread


def main_thread():
    return _main


def active_count():
    return len(_active)


activeCount = active_count


def enumerate():
    return list(_active.values())


def settrace(func):
    pass


def setprofile(func):
    pass


def _shutdown():
    while True:
        left = [one for one in list(_active.values()) if one is not _main and not one.daemon]
        if not left:
            break
        left[0].join()


class local:
    def __init__(self):
        object.__setattr__(self, '_all', {})

    def _own(self):
        return object.__getattribute__(self, '_all').setdefault(get_ident(), {})

    def __getattr__(self, name):
        try:
            return self._own()[name]
        except KeyError:
            raise AttributeError("'local' object has no attribute %r" % name) from None

    def __setattr__(self, name, value):
        self._own()[name] = value

    def __delattr__(self, name):
        del self._own()[name]
`;
