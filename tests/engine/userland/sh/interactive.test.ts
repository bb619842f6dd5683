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
});
