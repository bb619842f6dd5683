/** `warnings`. */
export const SOURCE = String.raw`
import sys
_seen = set()
_filters = []


def warn(message, category=None, stacklevel=1, source=None, **kwargs):
    category = category or (type(message) if isinstance(message, Warning) else UserWarning)
    frame = sys._getframe(stacklevel)
    name, line = frame.f_code.co_filename, frame.f_lineno
    showing = _action(category, frame.f_globals.get('__name__'))
    if _catching:
        _catching[-1].append(WarningMessage(message, category, name, line))
        return
    if showing == 'error':
        raise message if isinstance(message, Warning) else category(message)
    key = (str(message), category, name, line)
    if showing == 'ignore' or (showing == 'default' and key in _seen):
        return
    _seen.add(key)
    text = ''
    try:
        with open(name) as file:
            text = '  ' + file.read().split('\n')[line - 1].strip() + '\n'
    except (OSError, IndexError):
        pass
    sys.stderr.write('%s:%d: %s: %s\n%s' % (name, line, category.__name__, message, text))


_catching = []


def _action(category, module):
    for action, kind in reversed(_filters):
        if issubclass(category, kind):
            return action
    if issubclass(category, DeprecationWarning):
        return 'default' if module == '__main__' else 'ignore'
    return 'ignore' if issubclass(category, (PendingDeprecationWarning, ImportWarning, ResourceWarning)) else 'default'


class WarningMessage:
    def __init__(self, message, category, filename, lineno):
        self.message = message if isinstance(message, Warning) else category(message)
        self.category, self.filename, self.lineno = category, filename, lineno


def simplefilter(action, category=Warning, lineno=0, append=False):
    _filters.append((action, category))


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    _filters.append((action, category))


def resetwarnings():
    _filters.clear()


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, **kwargs):
        self._record, self._start = record, action

    def __enter__(self):
        self._saved = list(_filters)
        if self._start:
            simplefilter(self._start)
        if self._record:
            _catching.append([])
            return _catching[-1]

    def __exit__(self, *args):
        _filters[:] = self._saved
        if self._record:
            _catching.pop()
`;
