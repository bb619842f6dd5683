/** `unittest`: suites, loaders, runners, the command line. */
export const SOURCE = String.raw`
class TestSuite:
    def __init__(self, tests=()):
        self._tests = list(tests)

    def __iter__(self): return iter(self._tests)
    def addTest(self, test): self._tests.append(test)
    def addTests(self, tests): self._tests.extend(tests)
    def countTestCases(self): return sum(one.countTestCases() for one in self._tests)
    def __call__(self, result): return self.run(result)

    def _cases(self):
        for one in self._tests:
            if isinstance(one, TestSuite):
                yield from one._cases()
            else:
                yield one

    def run(self, result, debug=False):
        kind = module = None
        is_broken = False
        for one in [*self._cases(), None]:
            now = type(one) if one is not None else None
            if now is not kind:
                if kind is not None and not is_broken:
                    self._fixture(result, kind, 'tearDownClass')
                of = sys.modules.get(now.__module__) if now else None
                if of is not module:
                    self._fixture(result, module, 'tearDownModule')
                    self._fixture(result, of, 'setUpModule')
                    module = of
                kind, is_broken = now, False
                if now is not None and not getattr(now, '__unittest_skip__', False):
                    is_broken = not self._fixture(result, now, 'setUpClass')
            if one is None or result.shouldStop:
                continue
            if not is_broken:
                one(result)
        return result

    def _fixture(self, result, owner, name):
        function = getattr(owner, name, None)
        if function is None:
            return True
        try:
            function()
            return True
        except Exception as problem:
            where = '%s.%s' % (owner.__module__, owner.__qualname__) if isinstance(owner, type) else owner.__name__
            holder = _Holder('%s (%s)' % (name, where))
            if isinstance(problem, SkipTest):
                result.addSkip(holder, str(problem))
            else:
                result.addError(holder, (type(problem), problem, problem.__traceback__))
            return False


class _Holder:
    failureException = None

    def __init__(self, text): self._text = text
    def __str__(self): return self._text
    def id(self): return self._text
    def shortDescription(self): return None


class _FailedTest(TestCase):
    def __init__(self, name, problem):
        self._problem = problem
        super().__init__(name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return object.__getattribute__(self, name)

        def test():
            raise self._problem from None
        return test

    def __str__(self):
        name = 'unittest.loader._FailedTest'
        return '%s (%s)' % (self._testMethodName, name + '.' + self._testMethodName if sys.version_info >= (3, 11) else name)


class TestLoader:
    testMethodPrefix = 'test'
    suiteClass = TestSuite
    testNamePatterns = None

    def getTestCaseNames(self, kind):
        import fnmatch
        names = sorted(name for name in dir(kind) if name.startswith(self.testMethodPrefix) and callable(getattr(kind, name)))
        if self.testNamePatterns is None:
            return names
        full = '%s.%s.' % (kind.__module__, kind.__qualname__)
        return [name for name in names if any(fnmatch.fnmatchcase(full + name, one) for one in self.testNamePatterns)]

    def loadTestsFromTestCase(self, kind):
        names = self.getTestCaseNames(kind)
        if not names and hasattr(kind, 'runTest'):
            names = ['runTest']
        return self.suiteClass(kind(name) for name in names)

    def loadTestsFromModule(self, module, *, pattern=None):
        tests = [self.loadTestsFromTestCase(one) for one in (getattr(module, name) for name in dir(module))
                 if isinstance(one, type) and issubclass(one, TestCase) and one not in (TestCase, FunctionTestCase, IsolatedAsyncioTestCase)]
        suite = self.suiteClass(tests)
        load = getattr(module, 'load_tests', None)
        return load(self, suite, pattern) if load else suite

    def loadTestsFromName(self, name, module=None):
        parts, rest = name.split('.'), []
        if module is None:
            while parts:
                try:
                    module = _import('.'.join(parts))
                    break
                except ImportError as problem:
                    rest.insert(0, parts.pop())
                    if not parts:
                        word = ImportError('Failed to import test module: %s\n%s' % (rest[0], ''.join(traceback.format_exception(problem))))
                        return self.suiteClass([_FailedTest(rest[0], word)])
        else:
            rest = parts
        found, owner = module, None
        for one in rest:
            owner = found
            try:
                found = getattr(found, one)
            except AttributeError as problem:
                return self.suiteClass([_FailedTest(one, problem)])
        if hasattr(found, '__path__') or isinstance(found, type(sys)):
            return self.loadTestsFromModule(found)
        if isinstance(found, type) and issubclass(found, TestCase):
            return self.loadTestsFromTestCase(found)
        if isinstance(owner, type) and issubclass(owner, TestCase):
            return self.suiteClass([owner(rest[-1])])
        made = found()
        return made if isinstance(made, TestSuite) else self.suiteClass([made])

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def discover(self, start_dir, pattern='test*.py', top_level_dir=None):
        top = os.path.abspath(top_level_dir or start_dir)
        if not os.path.isdir(start_dir):
            top, start_dir = os.getcwd(), start_dir.replace('.', os.sep)
            if not os.path.isdir(start_dir):
                raise ImportError('Start directory is not importable: %r' % start_dir)
        if top not in sys.path:
            sys.path.insert(0, top)
        return self.suiteClass(self._find(os.path.abspath(start_dir), pattern, top))

    def _find(self, folder, pattern, top):
        import fnmatch
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            module = os.path.relpath(path, top).replace(os.sep, '.')
            if os.path.isfile(path) and name.endswith('.py') and fnmatch.fnmatch(name, pattern):
                try:
                    yield self.loadTestsFromModule(_import(module[:-3]), pattern=pattern)
                except SkipTest as problem:
                    case = type('ModuleSkipped', (TestCase,), {module[:-3]: skip(str(problem))(lambda self: None)})
                    yield self.suiteClass([case(module[:-3])])
                except Exception as problem:
                    word = ImportError('Failed to import test module: %s\n%s' % (module[:-3], ''.join(traceback.format_exception(problem))))
                    yield self.suiteClass([_FailedTest(module[:-3], word)])
            elif os.path.isdir(path) and os.path.isfile(os.path.join(path, '__init__.py')):
                yield self.suiteClass(self._find(path, pattern, top))


def _import(name):
    __import__(name)
    return sys.modules[name]


defaultTestLoader = TestLoader()


class TextTestResult(TestResult):
    separator1, separator2 = '=' * 70, '-' * 70

    def __init__(self, stream, descriptions, verbosity, *, durations=None):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions = stream, descriptions
        self.showAll, self.dots = verbosity > 1, verbosity == 1
        self._is_open = False

    def getDescription(self, test):
        first = test.shortDescription()
        return '%s\n%s' % (test, first) if self.descriptions and first else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self._write(self.getDescription(test) + ' ... ')
            self._is_open = True

    def _write(self, text):
        self.stream.write(text)
        self.stream.flush()

    def _tell(self, word, letter, test=None):
        if self.showAll:
            if isinstance(test, _SubTest):
                self._write(('\n' if self._is_open else '') + '  ' + self.getDescription(test) + ' ... ')
            elif not self._is_open and test is not None:
                self._write(self.getDescription(test) + ' ... ')
            self._write(word + '\n')
            self._is_open = False
        elif self.dots:
            self._write(letter)

    def addSuccess(self, test): super().addSuccess(test), self._tell('ok', '.')
    def addError(self, test, err): super().addError(test, err), self._tell('ERROR', 'E', test)
    def addFailure(self, test, err): super().addFailure(test, err), self._tell('FAIL', 'F', test)
    def addSkip(self, test, reason): super().addSkip(test, reason), self._tell('skipped %r' % reason, 's', test)
    def addExpectedFailure(self, test, err): super().addExpectedFailure(test, err), self._tell('expected failure', 'x')
    def addUnexpectedSuccess(self, test): super().addUnexpectedSuccess(test), self._tell('unexpected success', 'u')

    def printErrors(self):
        if self.dots or self.showAll:
            self._write('\n')
        for kind, found in (('ERROR', self.errors), ('FAIL', self.failures)):
            for test, text in found:
                self._write('%s\n%s: %s\n%s\n%s\n' % (self.separator1, kind, self.getDescription(test), self.separator2, text))
        if self.unexpectedSuccesses:
            self._write(self.separator1 + '\n')
            for test in self.unexpectedSuccesses:
                self._write('UNEXPECTED SUCCESS: %s\n' % self.getDescription(test))


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, warnings=None, **others):
        self.stream, self.descriptions, self.verbosity, self.failfast = stream or sys.stderr, descriptions, verbosity, failfast
        self.resultclass = resultclass or self.resultclass

    def run(self, test):
        result = self.resultclass(self.stream, self.descriptions, self.verbosity)
        result.failfast = self.failfast
        start = time.perf_counter()
        result.startTestRun()
        test(result)
        result.stopTestRun()
        taken = time.perf_counter() - start
        result.printErrors()
        write = self.stream.write
        write('%s\nRan %d test%s in %.3fs\n\n' % ('-' * 70, result.testsRun, '' if result.testsRun == 1 else 's', taken))
        notes = [('failures', result.failures), ('errors', result.errors)] if not result.wasSuccessful() else []
        notes += [('skipped', result.skipped), ('expected failures', result.expectedFailures), ('unexpected successes', result.unexpectedSuccesses)]
        words = ['%s=%d' % (name, len(found)) for name, found in notes if found]
        is_empty = result.testsRun == 0 and not result.skipped and sys.version_info >= (3, 12)
        word = 'FAILED' if not result.wasSuccessful() else 'NO TESTS RAN' if is_empty else 'OK'
        write(word + (' (%s)' % ', '.join(words) if words else '') + '\n')
        self.stream.flush()
        return result


class TestProgram:
    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, **others):
        argv = list(sys.argv if argv is None else argv)
        self.module = _import(module) if isinstance(module, str) else module
        self.testLoader, self.verbosity, self.failfast = testLoader, verbosity, failfast
        args = argv[1:]
        is_discovery = self.module is None and (not args or args[0] == 'discover' or all(one.startswith('-') for one in args))
        options, names = self._read(argv[0], args[1:] if args[:1] == ['discover'] else args, is_discovery)
        if options.pattern_names:
            testLoader.testNamePatterns = [one if '*' in one else '*%s*' % one for one in options.pattern_names]
        if is_discovery:
            start, pattern, top = [*names, None, None, None][:3]
            self.test = testLoader.discover(options.start or start or '.', options.pattern or pattern or 'test*.py', options.top or top)
        elif names or defaultTest:
            names = names or ([defaultTest] if isinstance(defaultTest, str) else list(defaultTest))
            self.test = testLoader.loadTestsFromNames([self._name(one) for one in names], self.module)
        else:
            self.test = testLoader.loadTestsFromModule(self.module)
        runner = testRunner or TextTestRunner
        if isinstance(runner, type):
            runner = runner(verbosity=options.verbosity, failfast=options.failfast)
        self.result = runner.run(self.test)
        if exit:
            is_empty = self.result.testsRun == 0 and not self.result.skipped and sys.version_info >= (3, 12)
            sys.exit(5 if is_empty and self.result.wasSuccessful() else int(not self.result.wasSuccessful()))

    def _name(self, name):
        if self.module is None and name.lower().endswith('.py') and os.path.isfile(name):
            return os.path.relpath(name, os.getcwd())[:-3].replace(os.sep, '.')
        return name

    def _read(self, program, args, is_discovery):
        name = os.path.basename(program)
        if name == '__main__.py':
            name = os.path.basename(sys.executable) + ' -m unittest'
        parser = argparse.ArgumentParser(prog=name + (' discover' if is_discovery else ''))
        parser.add_argument('-v', '--verbose', dest='verbosity', action='store_const', const=2, default=self.verbosity, help='Verbose output')
        parser.add_argument('-q', '--quiet', dest='verbosity', action='store_const', const=0, help='Quiet output')
        parser.add_argument('--locals', dest='tb_locals', action='store_true', help='Show local variables in tracebacks')
        parser.add_argument('-f', '--failfast', dest='failfast', action='store_true', default=self.failfast, help='Stop on first fail or error')
        parser.add_argument('-c', '--catch', dest='catchbreak', action='store_true', help='Catch Ctrl-C and display results so far')
        parser.add_argument('-b', '--buffer', dest='buffer', action='store_true', help='Buffer stdout and stderr during tests')
        parser.add_argument('-k', dest='pattern_names', action='append', help='Only run tests which match the given substring')
        if is_discovery:
            parser.add_argument('-s', '--start-directory', dest='start', help="Directory to start discovery ('.' default)")
            parser.add_argument('-p', '--pattern', dest='pattern', help="Pattern to match tests ('test*.py' default)")
            parser.add_argument('-t', '--top-level-directory', dest='top', help='Top level directory of project (defaults to start directory)')
            parser.add_argument('names', nargs='*', help=argparse.SUPPRESS)
        else:
            parser.add_argument('names', metavar='tests', nargs='*', help='a list of any number of test modules, classes and test methods.')
        options = parser.parse_args(args)
        return options, options.names


main = TestProgram


def _main():
    TestProgram(module=None)

`;
