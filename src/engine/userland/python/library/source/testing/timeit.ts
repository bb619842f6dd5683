/** `timeit`. */
export const SOURCE = String.raw`
import gc
import itertools
import sys
import time

__all__ = ['Timer', 'timeit', 'repeat', 'default_timer']
default_timer = time.perf_counter
default_number = 1000000
default_repeat = 5
_UNITS = {'nsec': 1e-9, 'usec': 1e-6, 'msec': 1e-3, 'sec': 1.0}


class Timer:
    def __init__(self, stmt='pass', setup='pass', timer=default_timer, globals=None):
        self.timer = timer
        self._stmt, self._setup = stmt, setup
        self._names = {} if globals is None else globals
        lines = ['def inner(_it, _timer%s):' % (', _stmt' if callable(stmt) else '')]
        if callable(setup):
            self._names = {**self._names, '_setup': setup}
        lines += ['    ' + one for one in ('_setup()' if callable(setup) else setup).split('\n')]
        lines += ['    _t0 = _timer()', '    for _i in _it:']
        lines += ['        ' + one for one in ('_stmt()' if callable(stmt) else stmt).split('\n')]
        lines += ['    _t1 = _timer()', '    return _t1 - _t0']
        made = {}
        exec(compile('\n'.join(lines), '<timeit-src>', 'exec'), self._names, made)
        self._inner = made['inner']

    def timeit(self, number=default_number):
        was_on = gc.isenabled()
        gc.disable()
        try:
            turns = itertools.repeat(None, number)
            return self._inner(turns, self.timer, self._stmt) if callable(self._stmt) else self._inner(turns, self.timer)
        finally:
            if was_on:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        scale = 1
        while True:
            for factor in (1, 2, 5):
                taken = self.timeit(scale * factor)
                if callback:
                    callback(scale * factor, taken)
                if taken >= 0.2:
                    return scale * factor, taken
            scale *= 10


def timeit(stmt='pass', setup='pass', timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def _shown(seconds, unit, digits=3):
    if unit is None:
        unit = next((name for name, size in reversed(_UNITS.items()) if seconds >= size), 'nsec')
    return '%.*g %s' % (digits, seconds / _UNITS[unit], unit)


def main(args=None):
    import getopt
    try:
        options, rest = getopt.getopt(sys.argv[1:] if args is None else args, 'n:u:s:r:pvh', ['number=', 'setup=', 'repeat=', 'process', 'verbose', 'unit=', 'help'])
    except getopt.error as problem:
        print(problem)
        print('use -h/--help for command line help')
        return 2
    number, count, unit, setup, is_verbose, timer = 0, default_repeat, None, [], 0, default_timer
    for name, value in options:
        if name in ('-n', '--number'):
            number = int(value)
        elif name in ('-s', '--setup'):
            setup.append(value)
        elif name in ('-u', '--unit'):
            if value not in _UNITS:
                print('Unrecognized unit. Please select nsec, usec, msec, or sec.', file=sys.stderr)
                return 2
            unit = value
        elif name in ('-r', '--repeat'):
            count = max(1, int(value))
        elif name in ('-p', '--process'):
            timer = time.process_time
        elif name in ('-v', '--verbose'):
            is_verbose += 1
        else:
            print('python -m timeit [-n N] [-r N] [-u U] [-s S] [-p] [-h] [--] [statement]')
            return 0
    clock = Timer('\n'.join(rest) or 'pass', '\n'.join(setup) or 'pass', timer)
    if number == 0:
        def tell(turns, taken):
            print('%d loop%s -> %s secs' % (turns, '' if turns == 1 else 's', '%.3g' % taken))
        number, _ = clock.autorange(tell if is_verbose else None)
        if is_verbose:
            print()
    found = clock.repeat(count, number)
    if is_verbose:
        print('raw times: %s\n' % ', '.join(_shown(one, unit) for one in found))
    best, worst = min(found) / number, max(found) / number
    print('%d loop%s, best of %d: %s per loop' % (number, '' if number == 1 else 's', count, _shown(best, unit)))
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit('The test results are likely unreliable. The worst time (%s) was more than four times slower than the best time (%s).' % (_shown(worst, unit), _shown(best, unit)), UserWarning, '', 0)
    return None


def _main():
    sys.exit(main())

`;
