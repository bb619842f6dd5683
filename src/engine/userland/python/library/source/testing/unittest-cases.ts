/** `unittest`: cases and what they assert. */
export const SOURCE = String.raw`
class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = 640

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName
        self._cleanups = []
        self._testMethodDoc = getattr(getattr(self, methodName, None), '__doc__', None)

    def setUp(self): pass
    def tearDown(self): pass
    @classmethod
    def setUpClass(cls): pass
    @classmethod
    def tearDownClass(cls): pass
    def countTestCases(self): return 1
    def defaultTestResult(self): return TestResult()

    def id(self):
        return '%s.%s.%s' % (type(self).__module__, type(self).__qualname__, self._testMethodName)

    def shortDescription(self):
        return self._testMethodDoc.strip().split('\n')[0].strip() if self._testMethodDoc else None

    def __str__(self):
        name = '%s.%s' % (type(self).__module__, type(self).__qualname__)
        return '%s (%s)' % (self._testMethodName, name + '.' + self._testMethodName if sys.version_info >= (3, 11) else name)

    def __repr__(self):
        return '<%s.%s testMethod=%s>' % (type(self).__module__, type(self).__qualname__, self._testMethodName)

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, manager):
        value = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return value

    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._callCleanup(function, args, kwargs)

    def _callCleanup(self, function, args, kwargs):
        function(*args, **kwargs)

    def _callMethod(self, method):
        method()

    def _around(self, result, work, expects=False):
        try:
            work()
            return True
        except KeyboardInterrupt:
            raise
        except SkipTest as problem:
            result.addSkip(self, str(problem))
        except _ShouldStop:
            pass
        except BaseException as problem:
            info = (type(problem), problem, problem.__traceback__)
            self._has_failed = True
            if expects:
                self._expected = info
            elif isinstance(problem, self.failureException):
                result.addFailure(self, info)
            else:
                result.addError(self, info)
        return False

    def run(self, result=None):
        if result is None:
            result = self.defaultTestResult()
        self._result, self._has_failed, self._expected = result, False, None
        result.startTest(self)
        method = getattr(self, self._testMethodName)
        for one in (type(self), method):
            if getattr(one, '__unittest_skip__', False):
                result.addSkip(self, one.__unittest_skip_why__)
                result.stopTest(self)
                return result
        expects = getattr(type(self), '__unittest_expecting_failure__', False) or getattr(method, '__unittest_expecting_failure__', False)
        good = False
        if self._around(result, lambda: self._callMethod(self.setUp)):
            good = self._around(result, lambda: self._callMethod(method), expects)
            good = self._around(result, lambda: self._callMethod(self.tearDown)) and good
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            good = self._around(result, lambda: self._callCleanup(function, args, kwargs)) and good
        if expects and self._expected:
            result.addExpectedFailure(self, self._expected)
        elif expects and good:
            result.addUnexpectedSuccess(self)
        elif good and not self._has_failed:
            result.addSuccess(self)
        result.stopTest(self)
        return result

    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()
        self.doCleanups()

    def skipTest(self, reason):
        raise SkipTest(reason)

    def subTest(self, msg=None, **params):
        return _SubTest(self, msg, params)

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standard):
        if not self.longMessage:
            return msg or standard
        return standard if msg is None else '%s : %s' % (standard, msg)

    def _unless(self, is_right, standard, msg):
        if not is_right:
            raise self.failureException(self._formatMessage(msg, standard))

    def assertTrue(self, expr, msg=None): self._unless(expr, '%s is not true' % _short(expr), msg)
    def assertFalse(self, expr, msg=None): self._unless(not expr, '%s is not false' % _short(expr), msg)
    def assertIs(self, expr1, expr2, msg=None): self._unless(expr1 is expr2, '%s is not %s' % (_short(expr1), _short(expr2)), msg)
    def assertIsNot(self, expr1, expr2, msg=None): self._unless(expr1 is not expr2, 'unexpectedly identical: %s' % _short(expr1), msg)
    def assertIsNone(self, obj, msg=None): self._unless(obj is None, '%s is not None' % _short(obj), msg)
    def assertIsNotNone(self, obj, msg=None): self._unless(obj is not None, 'unexpectedly None', msg)
    def assertIn(self, member, container, msg=None): self._unless(member in container, '%s not found in %s' % (_short(member), _short(container)), msg)
    def assertNotIn(self, member, container, msg=None): self._unless(member not in container, '%s unexpectedly found in %s' % (_short(member), _short(container)), msg)
    def assertIsInstance(self, obj, cls, msg=None): self._unless(isinstance(obj, cls), '%s is not an instance of %r' % (_short(obj), cls), msg)
    def assertNotIsInstance(self, obj, cls, msg=None): self._unless(not isinstance(obj, cls), '%s is an instance of %r' % (_short(obj), cls), msg)
    def assertNotEqual(self, first, second, msg=None): self._unless(first != second, '%s == %s' % (_short(first), _short(second)), msg)
    def assertGreater(self, a, b, msg=None): self._unless(a > b, '%s not greater than %s' % (_short(a), _short(b)), msg)
    def assertGreaterEqual(self, a, b, msg=None): self._unless(a >= b, '%s not greater than or equal to %s' % (_short(a), _short(b)), msg)
    def assertLess(self, a, b, msg=None): self._unless(a < b, '%s not less than %s' % (_short(a), _short(b)), msg)
    def assertLessEqual(self, a, b, msg=None): self._unless(a <= b, '%s not less than or equal to %s' % (_short(a), _short(b)), msg)

    def assertEqual(self, first, second, msg=None):
        kinds = {str: self.assertMultiLineEqual, list: self.assertListEqual, tuple: self.assertTupleEqual, dict: self.assertDictEqual, set: self.assertSetEqual, frozenset: self.assertSetEqual}
        if type(first) is type(second) and type(first) in kinds:
            kinds[type(first)](first, second, msg)
        else:
            self._unless(first == second, '%s != %s' % _pair(first, second), msg)

    def _differ(self, first, second, lines, msg, head=None):
        diff = '\n' + '\n'.join(lines)
        if self.maxDiff is not None and len(diff) > self.maxDiff:
            diff = '\nDiff is %d characters long. Set self.maxDiff to None to see it.' % len(diff)
        raise self.failureException(self._formatMessage(msg, (head or '%s != %s' % _pair(first, second)) + ('\n' if head else '') + diff))

    def assertMultiLineEqual(self, first, second, msg=None):
        if first == second:
            return
        both = [one.splitlines(keepends=True) for one in (first, second)]
        if len(both[0]) == 1 and first.strip('\r\n') == first:
            both = [[first + '\n'], [second + '\n']]
        self._differ(first, second, ''.join(difflib.ndiff(*both)).split('\n'), msg)

    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        if first == second:
            return
        name = seq_type.__name__.capitalize() if seq_type else 'Sequence'
        text = '%ss differ: %s != %s\n' % ((name,) + _pair(first, second))
        for at in range(min(len(first), len(second))):
            if first[at] != second[at]:
                text += '\nFirst differing element %d:\n%s\n%s\n' % ((at,) + _pair(first[at], second[at]))
                break
        name = name.lower() if seq_type else 'sequence'
        for which, longer, shorter in (('First', first, second), ('Second', second, first)):
            if len(longer) > len(shorter):
                text += '\n%s %s contains %d additional elements.\nFirst extra element %d:\n%s\n' % (which, name, len(longer) - len(shorter), len(shorter), _short(longer[len(shorter)]))
        self._differ(first, second, difflib.ndiff(pprint.pformat(first).splitlines(), pprint.pformat(second).splitlines()), msg, text.rstrip('\n'))

    def assertListEqual(self, first, second, msg=None): self.assertSequenceEqual(first, second, msg, list)
    def assertTupleEqual(self, first, second, msg=None): self.assertSequenceEqual(first, second, msg, tuple)

    def assertDictEqual(self, first, second, msg=None):
        if first != second:
            self._differ(first, second, difflib.ndiff(pprint.pformat(first).splitlines(), pprint.pformat(second).splitlines()), msg)

    def assertSetEqual(self, first, second, msg=None):
        lines = []
        for which, extra in (('first', first - second), ('second', second - first)):
            if extra:
                lines += ['Items in the %s set but not the %s:' % (which, 'second' if which == 'first' else 'first')] + [repr(one) for one in extra]
        self._unless(first == second, '\n'.join(lines), msg)

    def assertCountEqual(self, first, second, msg=None):
        rest, missing = list(second), []
        for one in first:
            if one in rest:
                rest.remove(one)
            else:
                missing.append(one)
        lines = ['First has %d, Second has %d:  %r' % (list(first).count(one), list(second).count(one), one) for one in missing + rest]
        self._unless(not lines, 'Element counts were not equal:\n' + '\n'.join(lines), msg)

    def _near(self, first, second, places, delta):
        return first == second or (abs(first - second) <= delta if delta is not None else round(abs(first - second), 7 if places is None else places) == 0)

    def _within(self, first, second, places, delta, word):
        how = 'within %s delta' % _short(delta) if delta is not None else 'within %d places' % (7 if places is None else places)
        return '%s %s %s %s (%s difference)' % (_short(first), word, _short(second), how, _short(abs(first - second)))

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if not self._near(first, second, places, delta):
            self._unless(False, self._within(first, second, places, delta, '!='), msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if self._near(first, second, places, delta):
            self._unless(False, self._within(first, second, places, delta, '=='), msg)

    def assertRegex(self, text, expected_regex, msg=None):
        pattern = getattr(expected_regex, 'pattern', expected_regex)
        self._unless(re.search(expected_regex, text), "Regex didn't match: %r not found in %r" % (pattern, text), msg)

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        found = re.search(unexpected_regex, text)
        self._unless(not found, 'Regex matched: %r matches %r in %r' % (found and found.group(), getattr(unexpected_regex, 'pattern', unexpected_regex), text), msg)

    def assertRaises(self, expected_exception, *args, **kwargs): return _Raises(expected_exception, self).handle('assertRaises', args, kwargs)
    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs): return _Raises(expected_exception, self, expected_regex).handle('assertRaisesRegex', args, kwargs)
    def assertWarns(self, expected_warning, *args, **kwargs): return _Warns(expected_warning, self).handle('assertWarns', args, kwargs)
    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs): return _Warns(expected_warning, self, expected_regex).handle('assertWarnsRegex', args, kwargs)
    def assertLogs(self, logger=None, level=None): return _Logs(self, logger, level)


class IsolatedAsyncioTestCase(TestCase):
    async def asyncSetUp(self): pass
    async def asyncTearDown(self): pass

    def _callMethod(self, method):
        import asyncio
        name = getattr(method, '__name__', '')

        async def body():
            if name != 'setUp' and name != 'tearDown':
                await self.asyncSetUp()
            try:
                done = method()
                if done is not None:
                    await done
            finally:
                if name != 'setUp' and name != 'tearDown':
                    await self.asyncTearDown()
        asyncio.run(body())


class FunctionTestCase(TestCase):
    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._function, self._before, self._after = testFunc, setUp, tearDown

    def setUp(self): self._before and self._before()
    def tearDown(self): self._after and self._after()
    def runTest(self): self._function()
    def id(self): return self._function.__name__

`;
