/** `subprocess`. */
export const SOURCE = String.raw`
import os
import sys
import signal as _signal
import threading
import io
from time import monotonic as _time

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    @property
    def stdout(self):
        return self.output

    def __str__(self):
        if self.returncode and self.returncode < 0:
            try:
                return "Command '%s' died with %r." % (self.cmd, _signal.Signals(-self.returncode))
            except ValueError:
                return "Command '%s' died with unknown signal %d." % (self.cmd, -self.returncode)
        return "Command '%s' returned non-zero exit status %d." % (self.cmd, self.returncode)


class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    @property
    def stdout(self):
        return self.output

    def __str__(self):
        return "Command '%s' timed out after %s seconds" % (self.cmd, self.timeout)


class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = ['args=%r' % (self.args,), 'returncode=%r' % (self.returncode,)]
        if self.stdout is not None:
            parts.append('stdout=%r' % (self.stdout,))
        if self.stderr is not None:
            parts.append('stderr=%r' % (self.stderr,))
        return 'CompletedProcess(' + ', '.join(parts) + ')'

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


class Popen:
    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True,
                 shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True,
                 start_new_session=False, pass_fds=(), *, encoding=None, errors=None, text=None, user=None, group=None, process_group=None):
        self.args = args
        self.returncode = None
        self.stdin = self.stdout = self.stderr = None
        is_text = bool(text or universal_newlines or encoding or errors)
        if isinstance(args, (str, bytes)) or hasattr(args, '__fspath__'):
            argv = [args]
        else:
            argv = list(args)
        if shell:
            argv = ['/bin/sh', '-c'] + argv
        fds, opened, mine = {}, [], [None, None, None]

        def end(number, wanted):
            if wanted is None:
                return number
            if wanted == PIPE:
                read, write = os.pipe()
                theirs = read if number == 0 else write
                mine[number] = write if number == 0 else read
                opened.append(theirs)
                return theirs
            if wanted == DEVNULL:
                fd = os.open('/dev/null', os.O_RDWR)
                opened.append(fd)
                return fd
            fd = wanted if isinstance(wanted, int) else wanted.fileno()
            if not isinstance(wanted, int) and hasattr(wanted, 'flush') and number:
                wanted.flush()
            fd = os.dup(fd)
            opened.append(fd)
            return fd
        ends = [end(0, stdin), end(1, stdout), None]
        if stderr == STDOUT:
            ends[2] = os.dup(ends[1])
            opened.append(ends[2])
        else:
            ends[2] = end(2, stderr)
        for number, fd in enumerate(ends):
            if fd in fds:
                fd = os.dup(fd)
                opened.append(fd)
            fds[fd] = number
        for fd in pass_fds:
            fds[fd] = fd
        started = os._spawn(argv, None if env is None else dict(env), cwd, fds, start_new_session)
        for fd in opened:
            os.close(fd)
        if isinstance(started, tuple):
            for fd in mine:
                if fd is not None:
                    os.close(fd)
            number, message = started
            name = cwd if cwd is not None and not os.path.isdir(cwd) else argv[0]
            raise OSError(number, message, os.fspath(name))
        self.pid = started
        for number, name in enumerate(('stdin', 'stdout', 'stderr')):
            if mine[number] is not None:
                mode = 'w' if number == 0 else 'r'
                made = io.open(mine[number], mode, encoding=encoding, errors=errors) if is_text else io.open(mine[number], mode + 'b', bufsize)
                setattr(self, name, made)
        self._text = is_text

    def _take(self, status):
        self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def poll(self):
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self.returncode = 0
                return 0
            if pid:
                self._take(status)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is not None:
            return self.returncode
        if timeout is None:
            try:
                return self._take(os.waitpid(self.pid, 0)[1])
            except ChildProcessError:
                self.returncode = 0
                return 0
        import time
        end = _time() + timeout
        delay = 0.0005
        while self.poll() is None:
            left = end - _time()
            if left <= 0:
                raise TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, left, 0.05)
            time.sleep(delay)
        return self.returncode

    def communicate(self, input=None, timeout=None):
        found = {}
        threads = []

        def read(name, file):
            found[name] = file.read()
            file.close()
        for name in ('stdout', 'stderr'):
            file = getattr(self, name)
            if file is not None:
                thread = threading.Thread(target=read, args=(name, file), daemon=True)
                thread.start()
                threads.append(thread)
        if self.stdin is not None:
            try:
                if input:
                    self.stdin.write(input)
                self.stdin.close()
            except BrokenPipeError:
                pass
        end = None if timeout is None else _time() + timeout
        for thread in threads:
            thread.join(None if end is None else max(0, end - _time()))
            if thread.is_alive():
                raise TimeoutExpired(self.args, timeout)
        self.wait(None if end is None else max(0, end - _time()))
        return found.get('stdout'), found.get('stderr')

    def send_signal(self, sig):
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self):
        self.send_signal(_signal.SIGTERM)

    def kill(self):
        self.send_signal(_signal.SIGKILL)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        for file in (self.stdout, self.stderr, self.stdin):
            if file is not None:
                file.close()
        self.wait()

    def __repr__(self):
        return '<Popen: returncode: %s args: %r>' % (self.returncode, self.args)


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    if input is not None:
        kwargs['stdin'] = PIPE
    if capture_output:
        if kwargs.get('stdout') is not None or kwargs.get('stderr') is not None:
            raise ValueError('stdout and stderr arguments may not be used with capture_output.')
        kwargs['stdout'] = kwargs['stderr'] = PIPE
    process = Popen(*popenargs, **kwargs)
    try:
        stdout, stderr = process.communicate(input, timeout)
    except TimeoutExpired as problem:
        process.kill()
        process.wait()
        problem.timeout = timeout
        raise
    except BaseException:
        process.kill()
        raise
    code = process.poll()
    if check and code:
        raise CalledProcessError(code, process.args, stdout, stderr)
    return CompletedProcess(process.args, code, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    process = Popen(*popenargs, **kwargs)
    try:
        return process.wait(timeout)
    except BaseException:
        process.kill()
        process.wait()
        raise


def check_call(*popenargs, **kwargs):
    code = call(*popenargs, **kwargs)
    if code:
        raise CalledProcessError(code, kwargs.get('args') or popenargs[0])
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd):
    done = run(cmd, shell=True, text=True, stdout=PIPE, stderr=STDOUT)
    text = done.stdout
    return done.returncode, text[:-1] if text.endswith('\n') else text


def getoutput(cmd):
    return getstatusoutput(cmd)[1]


def list2cmdline(seq):
    return ' '.join(map(str, seq))
`;
