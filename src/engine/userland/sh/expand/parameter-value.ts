import { optionLetters } from '../options.ts';
import type { Shell } from '../shell.ts';

/** A parameter's value; undefined if it is not set. `$@` and `$*` are joined by the first character of IFS. */
export function parameterValue(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(shell.status);
    case '#':
      return String(shell.positional.length);
    case '$':
      return String(shell.rootPid);
    case '!':
      return shell.backgroundPid === undefined ? undefined : String(shell.backgroundPid);
    case '-':
      return (
        shell.dialect.own?.letters(shell) ??
        optionLetters(shell.options) + (shell.isCommandString && shell.dialect.name === 'ash' ? 'c' : '')
      );
    case '0':
      return shell.name;
    case '@':
    case '*':
      return shell.positional.length === 0 ? undefined : shell.positional.join(shell.ifs.charAt(0));
    case 'LINENO':
      return String(shell.line);
    case 'PPID':
      return shell.variables.get(name) ?? String(shell.sys.ppid);
    default:
      if (name.charCodeAt(0) <= 57) return shell.positional[Number(name) - 1];
      return shell.variables.get(name) ?? shell.dialect.own?.special(shell, name);
  }
}
