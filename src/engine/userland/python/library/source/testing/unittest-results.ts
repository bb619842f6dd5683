/** `unittest`: results, and contexts that expect something. */
export const SOURCE = `
import argparse
import difflib
import os
import pprint
import re
import sys
import time
import traceback
import warnings


class SkipTest(Exception):
    pass


class _ShouldStop(Exception):
    pass


class TestResult:
    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures, self.errors, self.skipped, self.expectedFailures, self.unexpectedSuccesses = [], [], [], [], []
        self.testsRun, self.shouldStop, self.failfast, self.buffer = 0, False, False, False

    def startTest(self, test): self.testsRun += 1
    def stopTest(self, test): pass
    def startTestRun(self): pass
    def stopTestRun(self): pass
    def stop(self): self.shouldStop = True
    def addSuccess(self, test): pass
    def addSkip(self, test, reason): self.skipped.append((test, reason))
    def addExpectedFailure(self, test, err): self.expectedFailures.append((test, _text_of(err, test)))
    def addSubTest(self, test, subtest, err):
        if err is not None:
            (self.addFailure if issubclass(err[0], test.failureException) else self.addError)(subtest, err)

    def addError(self, test, err):
        self.errors.append((test, _text_of(err, test)))
        self.shouldStop = self.shouldStop or self.failfast

    def addFailure(self, test, err):
        self.failures.append((test, _text_of(err, test)))
        self.shouldStop = self.shouldStop or self.failfast

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        return not self.failures and not self.errors and not self.unexpectedSuccesses


def _text_of(err, test):
    return ''.join(traceback.format_exception(err[1]))


def skip(reason):
    def decorate(item):
        if not isinstance(item, type):
            def skipped(*args, **kwargs):
                raise SkipTest(reason)
            skipped.__name__, skipped.__doc__ = item.__name__, item.__doc__
            item = skipped
        item.__unittest_skip__, item.__unittest_skip_why__ = True, reason
        return item
    if callable(reason):
        function, reason = reason, ''
        return decorate(function)
    return decorate


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return skip(reason) if not condition else lambda item: item


def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item


def _short(value, is_short=False):
    text = repr(value)
    return text if not is_short or len(text) < 80 else text[:80] + ' [truncated]...'


def _pair(first, second):
    a, b = repr(first), repr(second)
    if max(len(a), len(b)) <= 80:
        return a, b
    same = len(os.path.commonprefix([a, b]))
    if same > 40 + 5:
        a, b = ['%s[%d chars]%s' % (a[:5], same - 10, one[same - 5:]) for one in (a, b)]
    return tuple(one if len(one) <= 80 else one[:60] + '[%d chars]' % (len(one) - 60 - 10) + one[-10:] for one in (a, b))


class _Raises:
    def __init__(self, expected, case, pattern=None):
        self.expected, self.case, self.pattern, self.msg = expected, case, pattern, None

    def handle(self, name, args, kwargs):
        if not args:
            self.msg = kwargs.pop('msg', None)
            return self
        function, *rest = args
        self.called = getattr(function, '__name__', str(function))
        with self:
            function(*rest, **kwargs)

    called = None

    def __enter__(self):
        return self

    def _names(self):
        return ' or '.join(one.__name__ for one in self.expected) if isinstance(self.expected, tuple) else self.expected.__name__

    def __exit__(self, kind, value, trace):
        if kind is None:
            self._fail('%s not raised%s' % (self._names(), ' by ' + self.called if self.called else ''))
        if not issubclass(kind, self.expected):
            return False
        self.exception = value.with_traceback(None)
        if self.pattern is not None and not re.search(self.pattern, str(value)):
            self._fail('"%s" does not match "%s"' % (getattr(self.pattern, 'pattern', self.pattern), value))
        return True

    def _fail(self, text):
        raise self.case.failureException(self.case._formatMessage(self.msg, text)) from None


class _Warns(_Raises):
    def __enter__(self):
        self.catcher = warnings.catch_warnings(record=True)
        self.warnings = self.catcher.__enter__()
        warnings.simplefilter('always')
        return self

    def __exit__(self, kind, value, trace):
        self.catcher.__exit__(kind, value, trace)
        if kind is not None:
            return False
        for one in self.warnings:
            if issubclass(one.category, self.expected) and (self.pattern is None or re.search(self.pattern, str(one.message))):
                self.warning = one.message
                return None
        self._fail('%s not triggered%s' % (self._names(), ' by ' + self.called if self.called else ''))


class _Logs:
    def __init__(self, case, logger, level):
        import logging
        self.case, self.level = case, level if isinstance(level, int) else logging.getLevelName(level or 'INFO')
        self.logger = logger if isinstance(logger, logging.Logger) else logging.getLogger(logger)

    def __enter__(self):
        import logging
        self.records, self.output = records, output = [], []

        class Collect(logging.Handler):
            def emit(self, record):
                records.append(record)
                output.append('%s:%s:%s' % (record.levelname, record.name, record.getMessage()))
        self.kept = self.logger.handlers[:], self.logger.level, self.logger.propagate
        self.logger.handlers[:] = [Collect()]
        self.logger.setLevel(self.level)
        self.logger.propagate = False
        return self

    def __exit__(self, kind, value, trace):
        import logging
        self.logger.handlers[:], level, self.logger.propagate = self.kept
        self.logger.setLevel(level)
        if kind is None and not self.records:
            raise self.case.failureException('no logs of level %s or higher triggered on %s' % (logging.getLevelName(self.level), self.logger.name))
        return False


class _SubTest:
    def __init__(self, case, message, params):
        self.case, self._message, self.params, self.failureException = case, message, params, case.failureException

    def id(self):
        words = ['[%s]' % self._message] if self._message is not None else []
        if self.params:
            words.append('(%s)' % ', '.join('%s=%r' % pair for pair in self.params.items()))
        return '%s %s' % (self.case.id(), ' '.join(words) or '(<subtest>)')

    def shortDescription(self):
        return self.case.shortDescription()

    def __str__(self):
        return '%s %s' % (self.case, self.id().partition(' ')[2])

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None or not issubclass(kind, Exception) or issubclass(kind, SkipTest):
            return False
        self.case._has_failed = True
        self.case._result.addSubTest(self.case, self, (kind, value, trace))
        return True

`;
