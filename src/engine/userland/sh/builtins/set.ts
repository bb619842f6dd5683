import { OPTIONS, type OptionName, optionOfLetter, optionOfName } from '../options.ts';
import { quoteForShell } from '../quote.ts';
import type { Shell } from '../shell.ts';

export async function set(shell: Shell, argv: readonly string[]): Promise<number> {
  if (argv.length === 1) {
    for (const name of namesOf(shell)) {
      const value = shell.variables.get(name) ?? (SHOWN_EMPTY.includes(name) ? '' : undefined);
      if (value !== undefined) await shell.write(1, `${name}=${quoteForShell(value)}\n`);
    }
    return 0;
  }
  const listing = applyOptions(shell, argv, 1);
  if (listing.text !== '') await shell.write(1, listing.text);
  if (listing.hasOperands) shell.positional = argv.slice(listing.next);
  return 0;
}

/** Sets the options that `words` begin with; where the operands start. Also for the shell's own command line. */
export function applyOptions(shell: Shell, words: readonly string[], from: number): { next: number; hasOperands: boolean; text: string } {
  let text = '';
  let i = from;
  for (; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '--') return { next: i + 1, hasOperands: true, text };
    if (word === '-' && from > 0) return { next: i + 1, hasOperands: i + 1 < words.length, text };
    if (!/^[-+]./.test(word)) break;
    const on = word.startsWith('-');
    for (const letter of word.slice(1)) {
      if (letter !== 'o') setOption(shell, optionOfLetter(letter) ?? refuse(shell, `-${letter}`), on);
      else if (words[i + 1] === undefined) text += describeOptions(shell, on);
      else {
        i += 1;
        const name = words[i] ?? '';
        setOption(shell, known(shell, name) ?? refuse(shell, `${on ? '-' : '+'}o ${name}`), on);
      }
    }
  }
  return { next: i, hasOperands: i < words.length, text };
}

/** ash has these always, and sets them while it needs them. */
const SHOWN_EMPTY = ['FUNCNAME', 'LINENO'];

function namesOf(shell: Shell): readonly string[] {
  const names = shell.variables.names();
  return shell.dialect.name === 'ash' ? [...new Set([...names, ...SHOWN_EMPTY])].sort() : names;
}

const known = (shell: Shell, name: string): OptionName | undefined =>
  name === 'pipefail' && !shell.dialect.hasPipefail ? undefined : optionOfName(name);
const refuse = (shell: Shell, option: string): never => shell.fail(shell.dialect.illegalOption(option));

function setOption(shell: Shell, name: OptionName, on: boolean): void {
  shell.options[name] = on;
}

/** In ash's own order. */
const ASH_OPTIONS: readonly OptionName[] = [
  'errexit',
  'noglob',
  'ignoreeof',
  'monitor',
  'noexec',
  'xtrace',
  'verbose',
  'noclobber',
  'allexport',
  'notify',
  'nounset',
  'errtrace',
  'vi',
  'pipefail',
];

function describeOptions(shell: Shell, asTable: boolean): string {
  const names = shell.dialect.name === 'ash' ? ASH_OPTIONS : OPTIONS.filter(([name]) => name !== 'pipefail').map(([name]) => name);
  if (!asTable) return names.map((name) => `set ${shell.options[name] ? '-' : '+'}o ${name}\n`).join('');
  return `${shell.dialect.name === 'ash' ? '' : 'Current option settings\n'}${names.map((name) => `${name.padEnd(16)}${shell.options[name] ? 'on' : 'off'}\n`).join('')}`;
}

export function shift(shell: Shell, argv: readonly string[]): number {
  const [, text = '1'] = argv;
  if (!/^\d+$/.test(text)) shell.fail(shell.dialect.illegalNumber(text));
  if (Number(text) > shell.positional.length) {
    if (shell.dialect.name === 'dash') shell.fail("can't shift that many");
    return 1;
  }
  shell.positional = shell.positional.slice(Number(text));
  return 0;
}
