/** `doctest`. */
export const SOURCE = String.raw`
import re
import sys
import traceback
from collections import namedtuple

OPTIONFLAGS_BY_NAME = {}
TestResults = namedtuple('TestResults', 'failed attempted')
_RULE = '*' * 70
_EXAMPLE = re.compile(r'^(?P<indent> *)>>> ?(?P<source>.*(?:\n *\.\.\.(?: .*)?$)*)\n?(?P<want>(?:(?! *$)(?! *>>>).+$\n?)*)', re.MULTILINE)
_OPTION = re.compile(r'#\s*doctest:\s*([^\n]*)')


def register_optionflag(name):
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


DONT_ACCEPT_TRUE_FOR_1, DONT_ACCEPT_BLANKLINE, NORMALIZE_WHITESPACE, ELLIPSIS, SKIP, IGNORE_EXCEPTION_DETAIL, REPORT_UDIFF, REPORT_CDIFF, REPORT_NDIFF, REPORT_ONLY_FIRST_FAILURE, FAIL_FAST = map(
    register_optionflag, ['DONT_ACCEPT_TRUE_FOR_1', 'DONT_ACCEPT_BLANKLINE', 'NORMALIZE_WHITESPACE', 'ELLIPSIS', 'SKIP', 'IGNORE_EXCEPTION_DETAIL', 'REPORT_UDIFF', 'REPORT_CDIFF', 'REPORT_NDIFF', 'REPORT_ONLY_FIRST_FAILURE', 'FAIL_FAST'])


class Example:
    def __init__(self, source, want, lineno=0):
        self.source, self.want, self.lineno = source, want, lineno


class DocTest:
    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples, self.globs, self.name, self.filename, self.lineno, self.docstring = examples, dict(globs), name, filename, lineno, docstring


class DocTestParser:
    def get_examples(self, string, name='<string>'):
        found = []
        for one in _EXAMPLE.finditer(string.expandtabs()):
            indent = len(one['indent'])
            lines = one['source'].split('\n')
            source = '\n'.join([lines[0]] + [line[indent + 4:] for line in lines[1:]]) + '\n'
            want = ''.join(line[indent:] + '\n' for line in one['want'].rstrip('\n').split('\n')) if one['want'] else ''
            if source.strip() and not source.lstrip().startswith('#'):
                found.append(Example(source, want, string.count('\n', 0, one.start())))
        return found

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)


class DocTestFinder:
    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        name = name or obj.__name__
        found = []
        self._look(found, obj, name, obj, {**(globs if globs is not None else vars(obj)), **(extraglobs or {})}, set())
        return sorted(found, key=lambda test: test.name)

    def _look(self, found, obj, name, module, globs, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        doc = getattr(obj, '__doc__', None)
        if isinstance(doc, str) and '>>>' in doc:
            path = getattr(module, '__file__', None)
            found.append(DocTestParser().get_doctest(doc, globs, name, path, self._line(obj, doc, path)))
        if obj is not module and not isinstance(obj, type):
            return
        for key, one in list(vars(obj).items()):
            one = getattr(one, '__func__', one)
            if isinstance(one, property):
                one = one.fget
            if (isinstance(one, type) or hasattr(one, '__code__')) and getattr(one, '__module__', None) == module.__name__:
                self._look(found, one, name + '.' + key, module, globs, seen)
        for key, one in getattr(obj, '__test__', {}).items() if obj is module else ():
            found.append(DocTestParser().get_doctest(one, globs, '%s.__test__.%s' % (name, key), getattr(module, '__file__', None), None))

    def _line(self, obj, doc, path):
        try:
            text = open(path).read()
        except (OSError, TypeError):
            return None
        at = text.find(doc, 0) if '\\' not in doc else -1
        return None if at < 0 else text.count('\n', 0, at)


class OutputChecker:
    def check_output(self, want, got, optionflags):
        if want == got:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (('True\n', '1\n'), ('False\n', '0\n')):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(r'(?m)^<BLANKLINE>\s*?$', '', want)
            got = re.sub(r'(?m)^[^\S\n]+$', '', got)
            if want == got:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            want, got = ' '.join(want.split()), ' '.join(got.split())
            if want == got:
                return True
        if optionflags & ELLIPSIS and '...' in want:
            return re.fullmatch('.*'.join(re.escape(one) for one in want.split('...')), got, re.DOTALL) is not None
        return False


class _Capture:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text
        return len(text)

    def flush(self):
        pass


def _indented(text):
    return ''.join('    ' + line if line.strip() else line for line in text.splitlines(True))


class DocTestRunner:
    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker, self.optionflags = checker or OutputChecker(), optionflags
        self._is_verbose = '-v' in sys.argv if verbose is None else verbose
        self.failures = self.tries = 0
        self._results = {}

    def run(self, test, out=None, clear_globs=True):
        failed = 0
        for one in test.examples:
            flags = self.optionflags
            for words in _OPTION.findall(one.source):
                for word in words.replace(',', ' ').split():
                    flag = OPTIONFLAGS_BY_NAME.get(word[1:], 0)
                    flags = flags | flag if word[0] == '+' else flags & ~flag
            if flags & SKIP:
                continue
            self.tries += 1
            if self._is_verbose:
                print('Trying:\n' + _indented(one.source), end='')
                print('Expecting:\n' + _indented(one.want) if one.want else 'Expecting nothing\n', end='')
            got, problem = self._try(one, test)
            if problem is None:
                is_right = self._checker.check_output(one.want, got, flags)
                shown = 'Expected:\n%sGot:\n%s' % (_indented(one.want), _indented(got)) if one.want and got else 'Expected:\n%sGot nothing\n' % _indented(one.want) if one.want else 'Expected nothing\nGot:\n%s' % _indented(got)
            else:
                last = ''.join(traceback.format_exception_only(problem))
                expected = re.search(r'\A\s*Traceback \((?:most recent call last|innermost last)\):\n(?:[ \t].*\n)*(?P<message>\S[\s\S]*)', one.want)
                is_right = expected is not None and (self._checker.check_output(expected['message'], last, flags) or bool(flags & IGNORE_EXCEPTION_DETAIL and expected['message'].split(':')[0].split('.')[-1] == last.split(':')[0].split('.')[-1].strip()))
                trace = ''.join(traceback.format_exception(problem))
                if expected is None:
                    shown = 'Exception raised:\n' + _indented(trace)
                else:
                    shown = 'Expected:\n%sGot:\n%s' % (_indented(one.want), _indented(trace))
            if is_right:
                if self._is_verbose:
                    print('ok')
                continue
            failed += 1
            where = 'File "%s", line %d, in %s' % (test.filename, test.lineno + one.lineno + 1, test.name) if test.lineno is not None else 'Line %d, in %s' % (one.lineno + 1, test.name)
            print('%s\n%s\nFailed example:\n%s%s' % (_RULE, where, _indented(one.source), shown), end='')
        self.failures += failed
        self._results[test.name] = (failed, len(test.examples))
        return TestResults(failed, len(test.examples))

    def _try(self, example, test):
        kept, sys.stdout = sys.stdout, _Capture()
        try:
            exec(compile(example.source, '<doctest %s[%d]>' % (test.name, test.examples.index(example)), 'single'), test.globs)
            return sys.stdout.text, None
        except KeyboardInterrupt:
            raise
        except BaseException as problem:
            return '', problem
        finally:
            sys.stdout = kept

    def summarize(self, verbose=None):
        is_verbose = self._is_verbose if verbose is None else verbose
        good = sorted((name, tries) for name, (failed, tries) in self._results.items() if not failed and tries)
        bad = sorted((name, failed, tries) for name, (failed, tries) in self._results.items() if failed)
        plural = (lambda count, word: '%d %s%s' % (count, word, '' if count == 1 else 's')) if sys.version_info >= (3, 13) else lambda count, word: '%d %ss' % (count, word) if word != 'failure' else '%d failures' % count
        if is_verbose and good:
            print('%s passed all tests:' % plural(len(good), 'item'))
            for name, tries in good:
                print(' %3d %s in %s' % (tries, 'test' if tries == 1 and sys.version_info >= (3, 13) else 'tests', name))
        if bad:
            print('%s\n%s had failures:' % (_RULE, plural(len(bad), 'item')))
            for name, failed, tries in bad:
                print(' %3d of %3d in %s' % (failed, tries, name))
        if is_verbose:
            print('%s in %s.' % (plural(self.tries, 'test'), plural(len(self._results), 'item')))
            print('%d passed%s.' % (self.tries - self.failures, ' and %d failed' % self.failures if self.failures or sys.version_info < (3, 13) else ''))
            if not self.failures:
                print('Test passed.')
        if self.failures:
            print('***Test Failed*** %s.' % plural(self.failures, 'failure'))
        return TestResults(self.failures, self.tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False, exclude_empty=False):
    m = m or sys.modules['__main__']
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder().find(m, name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0, **others):
    import os
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    with open(filename) as file:
        runner.run(DocTestParser().get_doctest(file.read(), {'__name__': '__main__', **(globs or {})}, name or os.path.basename(filename), filename, 0))
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def run_docstring_examples(f, globs, verbose=False, name='NoName', compileflags=None, optionflags=0):
    DocTestRunner(verbose=verbose, optionflags=optionflags).run(DocTestParser().get_doctest(f.__doc__ or '', globs, name, None, None))


def _main():
    import argparse
    import os
    parser = argparse.ArgumentParser(prog='python -m doctest', description='doctest runner')
    parser.add_argument('-v', '--verbose', action='store_true', default=False, help='print very verbose output for all tests')
    parser.add_argument('-o', '--option', action='append', choices=sorted(OPTIONFLAGS_BY_NAME), default=[], help='specify a doctest option flag to apply to the test run; may be specified more than once to apply multiple options')
    parser.add_argument('-f', '--fail-fast', action='store_true', help='stop running tests after first failure')
    parser.add_argument('file', nargs='+', help='file containing the tests to run')
    options = parser.parse_args()
    flags = sum({OPTIONFLAGS_BY_NAME[one] for one in options.option})
    for path in options.file:
        if path.endswith('.py'):
            sys.path.insert(0, os.path.dirname(path))
            found = testmod(__import__(os.path.basename(path)[:-3]), verbose=options.verbose, optionflags=flags)
        else:
            found = testfile(path, verbose=options.verbose, optionflags=flags)
        if found.failed:
            sys.exit(1)

`;
