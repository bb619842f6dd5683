/** `read`: one byte at a time, so that what follows the line stays for the next reader. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd } from '../../../kernel/sys.ts';
import { isTerminal } from '../run/descriptors.ts';
import { type Shell, ShellAbort } from '../shell.ts';

interface ReadOptions {
  readonly isRaw: boolean;
  readonly isSilent: boolean;
  readonly prompt: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly maxChars: number | undefined;
  readonly delimiter: string;
  readonly fd: Fd;
  readonly names: readonly string[];
  /** `-a`: the array that takes all fields. */
  readonly array: string | undefined;
  /** `-N`: exactly so many, whatever delimits. */
  readonly isExact: boolean;
}

export async function read(shell: Shell, argv: readonly string[]): Promise<number> {
  const options = parse(shell, argv);
  if (options.names.length === 0 && shell.dialect.name === 'dash') shell.fail('arg count');
  if (options.prompt !== undefined && isTerminal(shell.sys, options.fd)) await shell.write(2, options.prompt);
  const isQuiet = options.isSilent && isTerminal(shell.sys, options.fd);
  if (isQuiet) shell.sys.tty.setMode(options.fd, { echo: false });
  const line = await readLine(shell, options);
  if (isQuiet) shell.sys.tty.setMode(options.fd, { echo: true });
  if (line.interrupted !== undefined) return line.interrupted;
  if (options.array !== undefined) shell.dialect.own?.assignList(shell, options.array, fieldsOf(shell, line));
  else if (options.names.length === 0 && shell.dialect.own !== undefined) shell.assign('REPLY', line.text);
  else assign(shell, options.names.length === 0 ? ['REPLY'] : options.names, line);
  return line.isComplete ? 0 : 1;
}

function parse(shell: Shell, argv: readonly string[]): ReadOptions {
  const values = new Map<string, string>();
  const takesValue = shell.dialect.name === 'dash' ? 'p' : shell.dialect.own === undefined ? 'ptnud' : 'ptnNudai';
  let i = 1;
  for (; /^-./.test(argv[i] ?? ''); i += 1) {
    const word = argv[i] ?? '';
    if (word === '--') {
      i += 1;
      break;
    }
    for (let at = 1; at < word.length; at += 1) {
      const letter = word.charAt(at);
      if (!takesValue.includes(letter)) {
        values.set(letter, '');
        continue;
      }
      values.set(letter, word.slice(at + 1) || (argv[++i] ?? ''));
      break;
    }
  }
  const unknown = [...values.keys()].find((letter) => !`rs${takesValue}${shell.dialect.own === undefined ? '' : 'e'}`.includes(letter));
  if (unknown !== undefined) shell.fail(shell.dialect.illegalOption(`-${unknown}`) + (shell.dialect.own?.usage('read') ?? ''), 2);
  const number = (letter: string): number | undefined => (values.has(letter) ? Number(values.get(letter)) : undefined);
  const seconds = number('t');
  return {
    isRaw: values.has('r'),
    isSilent: values.has('s'),
    prompt: values.get('p'),
    timeoutMs: seconds === undefined ? undefined : seconds * 1000,
    maxChars: number('N') ?? number('n'),
    isExact: values.has('N'),
    array: values.get('a'),
    delimiter: values.get('d') === '' ? '\0' : (values.get('d')?.charAt(0) ?? '\n'),
    fd: number('u') ?? 0,
    names: argv.slice(i),
  };
}

interface Line {
  readonly text: string;
  /** For each character of the text, whether a backslash stood before it: then it does not split. */
  readonly escaped: readonly boolean[];
  readonly isComplete: boolean;
  readonly interrupted?: number;
}

async function readLine(shell: Shell, options: ReadOptions): Promise<Line> {
  const chars: string[] = [];
  const escaped: boolean[] = [];
  let isEscape = false;
  const next = byteReader(shell, options);
  for (;;) {
    if (options.maxChars !== undefined && chars.length >= options.maxChars) return { text: chars.join(''), escaped, isComplete: true };
    const char = await next();
    if (typeof char === 'number') return { text: '', escaped: [], isComplete: false, interrupted: char };
    if (char === null) return { text: chars.join(''), escaped, isComplete: false };
    if (isEscape) {
      isEscape = false;
      if (char === '\n') continue;
      chars.push(char);
      escaped.push(true);
    } else if (char === '\\' && !options.isRaw) isEscape = true;
    else if (char === options.delimiter && !options.isExact) return { text: chars.join(''), escaped, isComplete: true };
    else if (char !== '\0') {
      chars.push(char);
      escaped.push(false);
    }
  }
}

/** Characters of the input, null at its end, a status if a signal or the time ended it. */
function byteReader(shell: Shell, { fd, timeoutMs }: ReadOptions): () => Promise<string | null | number> {
  const decoder = new TextDecoder();
  const untilNs = timeoutMs === undefined ? undefined : shell.sys.clock.monotonicNs() + BigInt(Math.round(timeoutMs * 1e6));
  return async () => {
    for (;;) {
      const bytes = await readByte(shell, fd, untilNs);
      if (typeof bytes === 'number') return bytes;
      if (bytes.length === 0) return null;
      const text = decoder.decode(bytes, { stream: true });
      if (text !== '') return text;
    }
  };
}

async function readByte(shell: Shell, fd: Fd, untilNs: bigint | undefined): Promise<Uint8Array | number> {
  for (;;) {
    try {
      if (untilNs !== undefined) {
        const leftMs = Number(untilNs - shell.sys.clock.monotonicNs()) / 1e6;
        const ready = await shell.sys.poll([{ fd, events: { read: true } }], Math.max(0, leftMs));
        if (ready.length === 0) return 1;
      }
      return await shell.sys.read(fd, 1);
    } catch (error) {
      if (isErrno(error, 'EINTR')) {
        if (shell.pendingSignals.length > 0) return shell.dialect.name === 'ash' ? 1 : 130;
        continue;
      }
      if (!isErrno(error)) throw error;
      throw new ShellAbort(shell.told(`read error: ${error.message}`), 1);
    }
  }
}

/** All fields of the line. */
function fieldsOf(shell: Shell, line: Line): readonly string[] {
  const { ifs } = shell;
  const fields: string[] = [];
  let field: string | null = null;
  let afterBlank = false;
  [...line.text].forEach((char, i) => {
    const isDelimiter = line.escaped[i] !== true && ifs.includes(char);
    if (!isDelimiter) {
      field = (field ?? '') + char;
      return;
    }
    const isBlank = /[ \t\n]/.test(char);
    if (field !== null || (!isBlank && !afterBlank)) fields.push(field ?? '');
    afterBlank = isBlank && field !== null;
    field = null;
  });
  if (field !== null) fields.push(field);
  return fields;
}

/** Splits the line into as many fields as there are names; the last has the rest. */
function assign(shell: Shell, names: readonly string[], line: Line): void {
  const { ifs } = shell;
  const chars = [...line.text];
  const isDelimiter = (i: number): boolean => line.escaped[i] !== true && ifs.includes(chars[i] ?? '\0');
  const isBlank = (i: number): boolean => isDelimiter(i) && /[ \t\n]/.test(chars[i] ?? '');
  let at = 0;
  while (isBlank(at)) at += 1;
  names.forEach((name, index) => {
    if (index === names.length - 1) {
      shell.assign(name, rest(chars, { at, isBlank, isDelimiter }));
      return;
    }
    const start = at;
    while (at < chars.length && !isDelimiter(at)) at += 1;
    shell.assign(name, chars.slice(start, at).join(''));
    while (isBlank(at)) at += 1;
    if (at < chars.length && isDelimiter(at)) at += 1;
    while (isBlank(at)) at += 1;
  });
}

function rest(
  chars: readonly string[],
  { at, isBlank, isDelimiter }: { at: number; isBlank: (i: number) => boolean; isDelimiter: (i: number) => boolean },
): string {
  let end = chars.length;
  while (end > at && isBlank(end - 1)) end -= 1;
  // One delimiter at the very end belongs to the last field, if there is none before it.
  const inner = chars.slice(at, end);
  if (inner.length > 0 && isDelimiter(end - 1) && !inner.slice(0, -1).some((_, i) => isDelimiter(at + i))) inner.pop();
  return inner.join('');
}
