import { expandPrompt } from '../run/expand-prompt.ts';
import type { Shell } from '../shell.ts';

/** PS1 and its like as they are shown: the backslashes that line editors know, then parameters. */
export async function renderPrompt(shell: Shell, text: string): Promise<string> {
  const own = shell.dialect.own?.prompt;
  const withEscapes = text.replace(
    /\\(D\{[^}]*\}|[0-7]{3}|[^\n])/g,
    (written, letter: string) => own?.(shell, letter) ?? (KNOWN.includes(letter) ? escapeOf(shell, letter) : written),
  );
  return expandPrompt(shell, withEscapes);
}

/** What busybox and libedit know. */
const KNOWN = 'uhHwW$ntesv[]\\!';

function escapeOf(shell: Shell, letter: string): string {
  const { sys } = shell;
  switch (letter) {
    case 'u':
      return userName(shell);
    case 'h':
      return sys.hostname().replace(/\..*/, '');
    case 'H':
      return sys.hostname();
    case 'w':
      return abbreviated(shell);
    case 'W':
      return shell.directory === '/' ? '/' : (abbreviated(shell).split('/').pop() ?? '');
    case '$':
      return sys.ids.get().euid === 0 ? '#' : '\\$';
    case 'n':
      return '\n';
    case 'e':
      return '\x1b';
    case 't':
      return clock(shell);
    case 's':
      return shell.name.replace(/.*\//, '');
    case '!':
      return String(shell.history.length + 1);
    case '\\':
      return '\\\\';
    default:
      return '';
  }
}

function abbreviated(shell: Shell): string {
  const home = shell.variables.get('HOME') ?? '';
  const { directory } = shell;
  if (home.length > 1 && (directory === home || directory.startsWith(`${home}/`))) return `~${directory.slice(home.length)}`;
  return directory;
}

function clock(shell: Shell): string {
  const seconds = Number(shell.sys.clock.nowNs() / 1_000_000_000n) % 86_400;
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

function userName(shell: Shell): string {
  const { euid } = shell.sys.ids.get();
  try {
    const lines = new TextDecoder().decode(shell.sys.path.readFile('/etc/passwd')).split('\n');
    const found = lines.map((line) => line.split(':')).find((fields) => fields[2] === String(euid))?.[0];
    return found ?? shell.variables.get('USER') ?? '?';
  } catch {
    return shell.variables.get('USER') ?? '?';
  }
}
