/** `shopt`, `set -o` in bash's words, `enable`, `builtin`. */
import { type Builtin, findBuiltin } from '../../builtins/index.ts';
import { set as setPlain } from '../../builtins/set.ts';
import { type OptionName, optionOfName } from '../../options.ts';
import type { Shell } from '../../shell.ts';
import { stateOf } from '../state.ts';
import { plain } from './declare.ts';
import { usage } from './usage.ts';

type Run = Builtin['run'];

/** The names of `set -o`, each with the shell's option behind it; those without one are always as they are here. */
const SET_OPTIONS: readonly (readonly [string, OptionName | boolean])[] = [
  ['allexport', 'allexport'],
  ['braceexpand', true],
  ['emacs', 'emacs'],
  ['errexit', 'errexit'],
  ['errtrace', 'errtrace'],
  ['functrace', false],
  ['hashall', true],
  ['histexpand', false],
  ['history', false],
  ['ignoreeof', 'ignoreeof'],
  ['interactive-comments', true],
  ['keyword', false],
  ['monitor', 'monitor'],
  ['noclobber', 'noclobber'],
  ['noexec', 'noexec'],
  ['noglob', 'noglob'],
  ['nolog', 'nolog'],
  ['notify', 'notify'],
  ['nounset', 'nounset'],
  ['onecmd', false],
  ['physical', false],
  ['pipefail', 'pipefail'],
  ['posix', false],
  ['privileged', false],
  ['verbose', 'verbose'],
  ['vi', 'vi'],
  ['xtrace', 'xtrace'],
];

const stateOfOption = (shell: Shell, option: OptionName | boolean): boolean =>
  typeof option === 'boolean' ? option : shell.options[option];
const onOff = (on: boolean): string => (on ? 'on' : 'off');

/** Options that make no difference here: taken, and forgotten. */
const IGNORED = new Set(SET_OPTIONS.filter(([, option]) => typeof option === 'boolean').map(([name]) => name));

export const set: Run = async (shell, argv) => {
  if (argv.length === 1) {
    for (const name of shell.variables.names()) {
      const text = plain(shell, name);
      if (text !== undefined) await shell.write(1, `${text}\n`);
    }
    return 0;
  }
  if (argv.length === 2 && (argv[1] === '-o' || argv[1] === '+o')) {
    const line = ([name, option]: (typeof SET_OPTIONS)[number]): string =>
      argv[1] === '-o'
        ? `${name.padEnd(15)}\t${onOff(stateOfOption(shell, option))}\n`
        : `set ${stateOfOption(shell, option) ? '-' : '+'}o ${name}\n`;
    await shell.write(1, SET_OPTIONS.map(line).join(''));
    return 0;
  }
  const words = withoutIgnored(argv);
  return words === null ? 0 : setPlain(shell, words);
};

/** Takes out the options that nothing here depends on. Null if nothing is left to do. */
function withoutIgnored(argv: readonly string[]): readonly string[] | null {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    if (i > 0 && !/^[-+]/.test(word)) return [...words, ...argv.slice(i)];
    if (word === '--' || word === '-') return [...words, ...argv.slice(i)];
    if (i > 0 && IGNORED.has(argv[i + 1] ?? '') && /^[-+]o$/.test(word)) {
      i += 1;
      continue;
    }
    const left =
      i === 0
        ? word
        : word.charAt(0) +
          word
            .slice(1)
            .replace(/[hkptBHPT]/g, '')
            .replace(/E/g, '\u0000');
    if (left.includes('\u0000')) words.push(`${word.charAt(0)}o`, 'errtrace');
    const rest = left.replaceAll('\u0000', '');
    if (rest.length > 1 || i === 0) words.push(rest);
    if (/o$/.test(rest) && i > 0 && argv[i + 1] !== undefined) words.push(argv[++i] ?? '');
  }
  return words.length === 1 ? null : words;
}

export const shopt: Run = async (shell, argv) => {
  const { shopts } = stateOf(shell);
  let i = 1;
  let letters = '';
  for (; /^-[a-z]+$/.test(argv[i] ?? ''); i += 1) letters += (argv[i] ?? '').slice(1);
  const wrong = [...letters].find((letter) => !'pqsuo'.includes(letter));
  if (wrong !== undefined) return usage(shell, 'shopt', `-${wrong}: invalid option`);
  const names = argv.slice(i);
  if (letters.includes('o')) return shoptOfSet(shell, { letters, names });
  const show = async (name: string, on: boolean): Promise<void> => {
    await shell.write(1, letters.includes('p') ? `shopt ${on ? '-s' : '-u'} ${name}\n` : `${name.padEnd(15)}\t${onOff(on)}\n`);
  };
  const sets = /[su]/.test(letters);
  if (names.length === 0) {
    for (const [name, on] of shopts) if (!sets || on === letters.includes('s')) await show(name, on);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const on = shopts.get(name);
    if (on === undefined) {
      await shell.complain(`${name}: invalid shell option name`);
      status = 1;
    } else if (sets) shopts.set(name, letters.includes('s'));
    else {
      if (!on) status = 1;
      if (!letters.includes('q')) await show(name, on);
    }
  }
  return status;
};

async function shoptOfSet(shell: Shell, { letters, names }: { letters: string; names: readonly string[] }): Promise<number> {
  let status = 0;
  for (const name of names.length === 0 ? SET_OPTIONS.map(([one]) => one) : names) {
    const option = SET_OPTIONS.find(([known]) => known === name)?.[1];
    const known = optionOfName(name);
    if (option === undefined) {
      await shell.complain(`${name}: invalid option name`);
      return 1;
    }
    if (/[su]/.test(letters)) {
      if (known !== undefined) shell.options[known] = letters.includes('s');
      continue;
    }
    const on = stateOfOption(shell, option);
    if (!on) status = 1;
    if (!letters.includes('q'))
      await shell.write(1, letters.includes('p') ? `set ${on ? '-' : '+'}o ${name}\n` : `${name.padEnd(15)}\t${onOff(on)}\n`);
  }
  return names.length === 0 ? 0 : status;
}

export const enable: Run = async (shell, argv) => {
  const state = stateOf(shell);
  const isOff = argv.includes('-n');
  const names = argv.slice(1).filter((word) => !word.startsWith('-'));
  const all = shell.dialect.own?.builtinNames ?? [];
  if (names.length === 0) {
    const shown = all.filter((name) => argv.includes('-a') || state.disabled.has(name) === isOff);
    await shell.write(1, shown.map((name) => `enable ${state.disabled.has(name) ? '-n ' : ''}${name}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (!all.includes(name)) {
      await shell.complain(`${name}: not a shell builtin`);
      status = 1;
    } else if (isOff) state.disabled.add(name);
    else state.disabled.delete(name);
  }
  return status;
};

export const builtin: Run = async (shell, argv, flags) => {
  const words = argv.slice(1);
  const [name] = words;
  if (name === undefined) return 0;
  const found = findBuiltin(shell, name);
  if (found === undefined) {
    await shell.complain(`${name}: not a shell builtin`);
    return 1;
  }
  shell.builtin = name;
  return found.run(shell, words, flags);
};

/** `$-`, in the order of bash's own table. */
export function optionLetters(shell: Shell): string {
  const { options } = shell;
  const given: readonly (readonly [string, boolean])[] = [
    ['a', options.allexport],
    ['b', options.notify],
    ['e', options.errexit],
    ['f', options.noglob],
    ['h', true],
    ['i', options.interactive],
    ['m', options.monitor],
    ['n', options.noexec],
    ['u', options.nounset],
    ['v', options.verbose],
    ['x', options.xtrace],
    ['B', true],
    ['C', options.noclobber],
    ['E', options.errtrace],
    ['H', options.interactive],
    ['c', shell.isCommandString],
    ['s', options.stdin],
  ];
  return given
    .filter(([, on]) => on)
    .map(([letter]) => letter)
    .join('');
}
