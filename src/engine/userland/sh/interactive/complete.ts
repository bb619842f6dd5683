/** Completion: commands along PATH, files, variables; and a program's own words, asked of the program. */
import { isErrno } from '../../../kernel/errno.ts';
import { builtinNames } from '../builtins/index.ts';
import { byBytes } from '../expand/glob.ts';
import { expandTilde } from '../expand/tilde.ts';
import { executeProgram } from '../run/execute.ts';
import { forkShell } from '../run/fork.ts';
import { waitFor } from '../run/jobs.ts';
import { readToEnd } from '../run/read-all.ts';
import type { Shell } from '../shell.ts';

export interface Completion {
  /** What can be added for certain. */
  readonly insert: string;
  /** All that it could become. */
  readonly choices: readonly string[];
}

interface Offer {
  readonly words: readonly string[];
  /** A word of these goes on: no space stands after it. */
  readonly isOpen: boolean;
  /** Only directories, or files with these endings, fit. */
  readonly files?: (name: string, isDirectory: boolean) => boolean;
}

/** Completes the last of a command's words; undefined: as a file. Registered by the command's name. */
export type Completer = (shell: Shell, words: readonly string[]) => Promise<Offer | undefined>;

/** Programs that answer `PROGRAM __complete WORD…` with a candidate on each line and a directive, as cobra's do. */
export const COMPLETERS: ReadonlyMap<string, Completer> = new Map([['docker', askProgram]]);

/** Bits of the directive. */
const [ERROR, NO_SPACE, NO_FILES, FILE_ENDINGS, DIRECTORIES] = [1, 2, 4, 8, 16] as const;
const NOBODY: Offer = { words: [], isOpen: false };

/** What may follow `text`, the line up to the cursor. */
export async function complete(shell: Shell, text: string): Promise<Completion> {
  const command = text.slice(Math.max(...['|', '&', ';', '(', '`'].map((mark) => text.lastIndexOf(mark))) + 1).replace(/^\s+/, '');
  const words = split(command);
  const last = words.at(-1) ?? '';
  const variable = /\$\{?([A-Za-z0-9_]*)$/.exec(last);
  if (variable !== null)
    return settle(
      variable[1] ?? '',
      shell.variables.names().filter((name) => name.startsWith(variable[1] ?? '')),
      () => '',
    );
  if (words.length <= 1 && !last.includes('/')) return settle(last, commands(shell, last), () => ' ');
  const completer = COMPLETERS.get((words[0] ?? '').replace(/.*\//, ''));
  const own = words.length > 1 && completer !== undefined ? await completer(shell, words) : undefined;
  // Of `--flag=value` the value alone is completed.
  const value = completer !== undefined && /^-[^=]*=/.test(last) ? last.slice(last.indexOf('=') + 1) : last;
  if (own === undefined || own.files !== undefined) return files(shell, value, own?.files);
  return settle(
    value,
    own.words.filter((word) => word.startsWith(value)),
    (word) => (own.isOpen || word.endsWith('=') || word.endsWith('/') ? '' : ' '),
  );
}

/** The words of a command that is still being typed; the last may be empty. */
function split(command: string): string[] {
  const words = [''];
  let isEscaped = false;
  let quote = '';
  for (const char of command) {
    const last = words.length - 1;
    if (!isEscaped && quote === '' && (char === ' ' || char === '\t')) {
      if (words[last] !== '') words.push('');
    } else if (!isEscaped && char === '\\' && quote !== "'") isEscaped = true;
    else if (!isEscaped && (quote === '' ? char === '"' || char === "'" : char === quote)) quote = quote === '' ? char : '';
    else {
      words[last] += char;
      isEscaped = false;
    }
  }
  return words;
}

function commands(shell: Shell, prefix: string): string[] {
  const names = new Set([...builtinNames(), ...shell.functions.keys(), ...shell.aliases.keys()]);
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) for (const name of list(shell, directory)) names.add(name);
  return [...names].filter((name) => name.startsWith(prefix)).sort(byBytes);
}

function list(shell: Shell, directory: string): string[] {
  try {
    return shell.sys.path.readdir(directory === '' ? '.' : directory).map((entry) => entry.name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function files(shell: Shell, word: string, fits: Offer['files'] = () => true): Completion {
  const path = expandTilde(shell, word, { isFirst: true, isLast: true, isAssignment: false });
  const at = path.lastIndexOf('/') + 1;
  const [directory, prefix] = [path.slice(0, at), path.slice(at)];
  const names = list(shell, directory).filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')));
  const fitting = names.filter((name) => fits(name, isDirectory(shell, directory + name)));
  return settle(prefix, fitting.sort(byBytes), (name) => (isDirectory(shell, directory + name) ? '/' : ' '));
}

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return shell.sys.path.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** What all choices have in common beyond what was typed; if there is one only, what stands after it too. */
function settle(typed: string, choices: readonly string[], after: (word: string) => string): Completion {
  const [first] = choices;
  if (first === undefined) return { insert: '', choices };
  let common = first;
  for (const choice of choices) while (!choice.startsWith(common)) common = common.slice(0, -1);
  const rest = common.slice(typed.length).replace(/[ \t'"\\$`*?[\]()&;|<>]/g, '\\$&');
  return { insert: choices.length === 1 ? rest + after(first) : rest, choices };
}

async function askProgram(shell: Shell, words: readonly string[]): Promise<Offer | undefined> {
  const { sys } = shell;
  const pipe = sys.fds.pipe();
  const pid = forkShell(shell, {
    body: async (child) => {
      const silent = await child.sys.open('/dev/null', { write: true }).catch(() => null);
      child.sys.fds.dup2(pipe.write, 1);
      if (silent !== null) child.sys.fds.dup2(silent, 2);
      for (const fd of [pipe.read, pipe.write]) child.sys.fds.close(fd);
      return executeProgram(child, [words[0] ?? '', '__complete', ...words.slice(1)], child.variables.environment());
    },
  });
  sys.fds.close(pipe.write);
  const answer = new TextDecoder().decode(await readToEnd(sys, pipe.read));
  sys.fds.close(pipe.read);
  if ((await waitFor(shell, [pid], { isSilent: true })) !== 0) return undefined;
  const lines = answer.split('\n').filter((line) => line !== '');
  const directive = Number(/^:(\d+)$/.exec(lines.at(-1) ?? '')?.[1] ?? 0);
  const candidates = lines.filter((line) => !line.startsWith(':')).map((line) => line.split('\t')[0] ?? '');
  if ((directive & ERROR) !== 0) return NOBODY;
  if ((directive & DIRECTORIES) !== 0) return { ...NOBODY, files: (_name, isDirectory) => isDirectory };
  if ((directive & FILE_ENDINGS) !== 0)
    return { ...NOBODY, files: (name, isDirectory) => isDirectory || candidates.some((ending) => name.endsWith(`.${ending}`)) };
  if (candidates.length === 0 && (directive & NO_FILES) === 0) return undefined;
  return { words: candidates, isOpen: (directive & NO_SPACE) !== 0 };
}
