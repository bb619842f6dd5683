/** `atexit`. */
export const SOURCE = String.raw`
import sys
_all = []


def register(func, /, *args, **kwargs):
    _all.append((func, args, kwargs))
    return func


def unregister(func):
    _all[:] = [one for one in _all if one[0] != func]


def _run_exitfuncs():
    while _all:
        func, args, kwargs = _all.pop()
        try:
            func(*args, **kwargs)
        except SystemExit:
            raise
        except BaseException:
            import traceback
            sys.stderr.write('Exception ignored in atexit callback: %r\n' % func)
            traceback.print_exc()


def _clear():
    _all.clear()
`;
