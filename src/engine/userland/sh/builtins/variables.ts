import { quoteForShell } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../syntax/names.ts';
import type { Variable } from '../variables.ts';

const mark =
  (command: 'export' | 'readonly', key: 'isExported' | 'isReadonly') =>
  async (shell: Shell, argv: readonly string[]): Promise<number> => {
    const words = argv.slice(1).filter((word) => word !== '-p' && word !== '--');
    if (words.length === 0) return list(shell, command, (variable) => variable[key]);
    for (const word of words) {
      const { name, value } = split(shell, word);
      if (value !== undefined) shell.assign(name, value);
      shell.variables.mark(name, { [key]: true });
    }
    return 0;
  };

async function list(shell: Shell, command: string, isListed: (variable: Variable) => boolean): Promise<number> {
  for (const name of shell.variables.names()) {
    const variable = shell.variables.entry(name);
    if (variable === undefined || !isListed(variable)) continue;
    await shell.write(1, `${command} ${name}${variable.value === undefined ? '' : `=${quoteForShell(variable.value)}`}\n`);
  }
  return 0;
}

function split(shell: Shell, word: string): { name: string; value: string | undefined } {
  const at = word.indexOf('=');
  const name = at < 0 ? word : word.slice(0, at);
  if (!isName(name)) shell.fail(shell.dialect.badName(name));
  return { name, value: at < 0 ? undefined : word.slice(at + 1) };
}

export const exportVariables = mark('export', 'isExported');
export const readonly = mark('readonly', 'isReadonly');

export function local(shell: Shell, argv: readonly string[]): number {
  if (!shell.variables.isInFunction) shell.fail('not in a function');
  for (const word of argv.slice(1)) {
    const { name, value } = split(shell, word);
    shell.variables.makeLocal(name);
    if (value !== undefined) shell.assign(name, value);
    else if (!shell.dialect.localKeepsValue) shell.unset(name);
  }
  return 0;
}

export function unset(shell: Shell, argv: readonly string[]): number {
  const isFunction = argv[1] === '-f';
  for (const name of argv.slice(argv[1] === '-f' || argv[1] === '-v' ? 2 : 1)) {
    if (isFunction) shell.functions.delete(name);
    else if (!isName(name)) shell.fail(shell.dialect.badName(name));
    else shell.unset(name);
  }
  return 0;
}
