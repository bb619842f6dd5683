import { describe, expect, it } from 'vitest';
import { atTerminal } from './machine.ts';

const CTRL_A = '\x01';
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_K = '\x0b';
const CTRL_R = '\x12';
const CTRL_Z = '\x1a';
const UP = '\x1b[A';
const LEFT = '\x1b[D';

const login = (...keys: string[]) => atTerminal(keys, { argv: ['-sh'], prompt: '$ ' });

describe('a shell on a terminal', () => {
  it('asks as busybox does, comes back after ^C, and ends with its status', async () => {
    const { screen, status } = await atTerminal(['echo hello\r', 'sleep 100\r', CTRL_C, 'echo $?\r', 'exit 7\r'], { dialect: 'ash' });
    const prompt = '/w # \x1b[6n';
    expect(screen.slice(screen.indexOf('/w #'))).toBe(
      `${prompt}echo hello\r\nhello\r\n${prompt}sleep 100\r\n^C\r\n${prompt}echo $?\r\n130\r\n${prompt}exit 7\r\n`,
    );
    expect(screen.startsWith('/w #')).toBe(true);
    expect(status).toBe(7);
  });

  it('takes the answer to its question for no input', async () => {
    const { screen } = await atTerminal(['\x1b[12;5R', 'echo a\r', CTRL_D], { dialect: 'ash' });
    expect(screen).toContain('echo a\r\na\r\n');
  });

  it('stops an endless loop of its own at ^C', async () => {
    const { screen } = await login('while :; do :; done\r', CTRL_C, 'echo $?\r', CTRL_D);
    expect(screen).toBe('$ while :; do :; done\r\n^C\r\n$ echo $?\r\n130\r\n$ \r\n');
  });

  it('drops the rest of the line with what ^C ended', async () => {
    const { screen } = await login('sleep 9; echo never\r', CTRL_C, CTRL_D);
    expect(screen).toBe('$ sleep 9; echo never\r\n^C\r\n$ \r\n');
  });

  it('asks for the rest of a command', async () => {
    const { screen } = await login('if true\r', 'then echo yes\r', 'fi\r', 'echo "a\r', 'b"\r', CTRL_D);
    expect(screen).toBe('$ if true\r\n> then echo yes\r\n> fi\r\nyes\r\n$ echo "a\r\n> b"\r\na\r\nb\r\n$ \r\n');
  });

  it('remembers lines, finds them again, and edits them', async () => {
    const { screen } = await login(
      'echo one\r',
      'echo two\r',
      UP,
      UP,
      '\r',
      `${CTRL_R}tw`,
      '\r',
      `${UP}${CTRL_A}${CTRL_K}echo ab${LEFT}-\r`,
      CTRL_D,
    );
    const printed = screen.split('\r\n').filter((line) => !line.includes('$'));
    expect(printed).toEqual(['one', 'two', 'one', 'two', 'a-b', '']);
  });

  it("completes commands, files, variables and a program's own words", async () => {
    const files = { 'long-name': '', other: '' };
    const keys = ['ech\t', 'lo\t', '\r', 'echo $HO\t\r', 'docker pul\tx\r', 'docker p\t', '\t', CTRL_C, CTRL_D];
    const { screen } = await atTerminal(keys, { argv: ['-sh'], prompt: '$ ', files });
    expect(screen).toContain('echo lo');
    expect(screen).toContain('\r\nlong-name\r\n');
    expect(screen).toContain('\r\n/home/learner\r\n');
    expect(screen).toContain('\r\ndocker pull x\r\n');
    expect(screen).toContain('pull  push  ps\r\n');
  });

  it('controls jobs', async () => {
    const { screen } = await login('sleep 50\r', CTRL_Z, 'jobs\r', 'fg\r', CTRL_C, 'group\r', CTRL_D);
    const stopped = '[1] + Stopped                    sleep 50';
    expect(screen).toBe(`$ sleep 50\r\n^Z${stopped}\r\n$ jobs\r\n${stopped}\r\n$ fg\r\nsleep 50\r\n^C\r\n$ group\r\ntrue\r\n$ \r\n`);
  });

  it('leaves the line to the terminal in dash', async () => {
    const { screen, status } = await atTerminal(['echo x\x7fhi\r', 'nosuch\r', CTRL_D], { prompt: '$ ' });
    expect(screen).toBe('$ echo x\b \bhi\r\nhi\r\n$ nosuch\r\nsh: 2: nosuch: not found\r\n$ \r\n');
    expect(status).toBe(127);
  });

  it('lists jobs from the latest on, and does not leave stopped ones behind unasked', async () => {
    const { screen, status } = await login('sleep 20 & sleep 30 &\r', 'jobs\r', 'fg %1\r', CTRL_Z, 'jobs\r', 'exit 3\r', 'exit 3\r');
    const line = (mark: string, state: string, text: string): string => `[${mark} ${state.padEnd(27)}${text}\r\n`;
    expect(screen).toContain(line('2] +', 'Running', 'sleep 30') + line('1] -', 'Running', 'sleep 20'));
    expect(screen).toContain(line('1] +', 'Stopped', 'sleep 20') + line('2] -', 'Running', 'sleep 30'));
    expect(screen).toContain('exit 3\r\nYou have stopped jobs.\r\n$ exit 3');
    expect(status).toBe(3);
  });

  it('speaks of jobs as bash does', async () => {
    const keys = ['sleep 50\r', CTRL_Z, 'bg\r', 'fg\r', CTRL_C, 'sleep 0.15 &\r', 'echo a\r', 'echo b\r', '!echo\r', 'nosuch\r', CTRL_D];
    const { screen } = await atTerminal(keys, { dialect: 'bash', argv: ['bash'], prompt: '\\s-\\v\\$ ' });
    expect(screen).toContain('^Z\r\n[1]+  Stopped                 sleep 50\r\n');
    expect(screen).toContain('bg\r\n[1]+ sleep 50 &\r\n');
    expect(screen).toMatch(/sleep 0.15 &\r\n\[1\] \d+\r\n/);
    expect(screen).toContain('[1]+  Done                    sleep 0.15\r\n');
    expect(screen).toContain('!echo\r\necho b\r\nb\r\n');
    expect(screen).toContain('bash-5.2# nosuch\r\nbash: nosuch: command not found\r\n');
    expect(screen.endsWith('exit\r\n')).toBe(true);
  });

  it('edits what is seen: wide letters, and marks with the letter that carries them', async () => {
    const { screen } = await login(
      `args 한글${LEFT}${LEFT}x\r`,
      'args e\u0301a\x7f\x7fz\r',
      'args one two\r',
      'args \x1b.\r',
      `args abc${CTRL_A}\x1bu\x1f\r`,
      CTRL_D,
    );
    const printed = screen.split('\r\n').filter((line) => line.startsWith('<'));
    expect(printed.map((line) => line.replace(/\$[\s\S]*/, ''))).toEqual(['<x한글>', '<z>', '<one><two>', '<two>', '<abc>']);
  });

  it('edits a file with vi, and reads one with less', async () => {
    const keys = [
      'vi f\r',
      'ione two\rthree\x1b',
      'kyyp',
      ':%s/one/1/g\r',
      'x.u',
      'jddP',
      ':wq\r',
      'cat f\r',
      'seq 200 | less\r',
      '/150\r',
      'q',
      'echo done\r',
      CTRL_D,
    ];
    const { screen } = await atTerminal(keys, { argv: ['-sh'], prompt: '$ ' });
    expect(screen).toContain('cat f\r\n1 two\r\nthree\r\n two\r\n');
    expect(['150\x1b[K', '\x1b[7m150\x1b[27m'].some((shown) => screen.includes(shown))).toBe(true);
    expect(screen).toContain('echo done\r\ndone\r\n');
  });
});
