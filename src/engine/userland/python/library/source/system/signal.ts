/** `signal`, with its numbers as members of an enumeration. */
export const SOURCE = `
import enum
from _signal import *
from _signal import _signal, _getsignal, _alarm
import _signal as _own

Signals = enum.IntEnum('Signals', [(name, value) for name, value in vars(_own).items()
                                   if name.startswith('SIG') and not name.startswith('SIG_') and isinstance(value, int)])
Handlers = enum.IntEnum('Handlers', [('SIG_DFL', 0), ('SIG_IGN', 1)])
Signals.__module__ = Handlers.__module__ = 'signal'
for _one in list(Signals) + list(Handlers):
    globals()[_one.name] = _one


def _known(value, kind):
    if isinstance(value, int) and not callable(value):
        try:
            return kind(value)
        except ValueError:
            pass
    return value


def signal(signalnum, handler):
    return _known(_signal(int(signalnum), int(handler) if isinstance(handler, int) else handler), Handlers)


def getsignal(signalnum):
    return _known(_getsignal(int(signalnum)), Handlers)


def alarm(seconds):
    return _alarm(seconds)


def raise_signal(signum):
    import os
    os.kill(os.getpid(), signum)


def strsignal(signalnum):
    names = {1: 'Hangup', 2: 'Interrupt', 3: 'Quit', 6: 'Aborted', 9: 'Killed', 10: 'User defined signal 1',
             11: 'Segmentation fault', 12: 'User defined signal 2', 13: 'Broken pipe', 14: 'Alarm clock',
             15: 'Terminated', 17: 'Child exited'}
    return names.get(int(signalnum))


def valid_signals():
    return set(Signals)


def siginterrupt(signalnum, flag):
    pass


def set_wakeup_fd(fd, *, warn_on_full_buffer=True):
    return -1
`;
