# Records what the real Pythons on this machine show at their prompts: `python3 tests/engine/userland/python/record-prompts.py`.
import fcntl
import json
import os
import pty
import select
import struct
import termios
from pathlib import Path

HERE = Path(__file__).parent
PYTHONS = {'3.9': '/root/.pyenv/versions/3.9.18/bin/python', '3.13': '/root/.pyenv/versions/3.13.0/bin/python'}
BLOCK = ['1 + 1', '_ * 3', 'exit', 'name', 'if 1:', '    print(2)', '', 'def f(a):', '    return 1 / a', '', 'f(0)', '1 +', '^C', '(1,', '2)',
         'import time; time.sleep(50)', '^C', '@', 'x = [1, 2', '^C', 'print("a" "b" c)', 'None', '', 'exit(3)']
WIDE = ['1 + 1', '_ * 3', 'name', 'if 1:', 'print(2)', '', 'def f(a):', 'return 1 / a', '', 'f(0)', '1 +', '^C', '(1,', '2)',
        'import time; time.sleep(50)', '^C', '@', 'print("a" "b" c)', 'None', '', 'raise ValueError("x")', 'class A:', 'def m(self): pass', '',
        'x = 5', '<up>', '^C', 'exit']
SESSIONS = [
    ('3.9', {'TERM': 'xterm'}, BLOCK),
    ('3.9', {'TERM': 'xterm'}, ['x = 5', '<up>', '^C', '^D']),
    ('3.13', {'TERM': 'dumb'}, BLOCK),
    ('3.13', {'TERM': 'xterm'}, WIDE),
    ('3.13', {'TERM': 'xterm', 'NO_COLOR': '1'}, ['1 / 0', 'exit']),
]
KEYS = {'^C': '\x03', '^D': '\x04', '<up>': '\x1bOA'}


def play(version, env, typed):
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(PYTHONS[version], ['python3'], {'PATH': '/usr/bin:/bin', 'HOME': '/nonexistent', 'LANG': 'C.UTF-8', **env})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
    output = b''

    def read(first):
        nonlocal output
        wait = first
        while select.select([terminal], [], [], wait)[0]:
            try:
                more = os.read(terminal, 65536)
            except OSError:
                return
            if not more:
                return
            output += more
            wait = 0.5

    read(20)
    for one in typed:
        try:
            os.write(terminal, (KEYS.get(one) or one + '\r').encode())
        except OSError:
            break
        read(3)
    os.close(terminal)
    status = os.waitpid(pid, 0)[1]
    banner, newline, rest = output.decode().partition('for more information.\r\n')
    return {'version': version, 'env': env, 'input': typed, 'exit': os.waitstatus_to_exitcode(status), 'output': rest.replace('\r', '')}


recorded = [play(*session) for session in SESSIONS]
(HERE / 'recorded-prompts.json').write_text(json.dumps(recorded, indent=1) + '\n')
