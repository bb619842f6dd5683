/** The options of `set` and of the command line. */
export interface Options {
  errexit: boolean;
  noglob: boolean;
  ignoreeof: boolean;
  interactive: boolean;
  monitor: boolean;
  noexec: boolean;
  stdin: boolean;
  xtrace: boolean;
  verbose: boolean;
  vi: boolean;
  emacs: boolean;
  noclobber: boolean;
  allexport: boolean;
  notify: boolean;
  nounset: boolean;
  nolog: boolean;
  debug: boolean;
  pipefail: boolean;
  errtrace: boolean;
}

export type OptionName = keyof Options;

/** In the order in which `set -o` and `$-` show them. */
export const OPTIONS: readonly (readonly [OptionName, string])[] = [
  ['errexit', 'e'],
  ['noglob', 'f'],
  ['ignoreeof', 'I'],
  ['interactive', 'i'],
  ['monitor', 'm'],
  ['noexec', 'n'],
  ['stdin', 's'],
  ['xtrace', 'x'],
  ['verbose', 'v'],
  ['vi', 'V'],
  ['emacs', 'E'],
  ['noclobber', 'C'],
  ['allexport', 'a'],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['nolog', ''],
  ['debug', ''],
  ['pipefail', ''],
  ['errtrace', ''],
];

export const noOptions = (): Options => ({
  errexit: false,
  noglob: false,
  ignoreeof: false,
  interactive: false,
  monitor: false,
  noexec: false,
  stdin: false,
  xtrace: false,
  verbose: false,
  vi: false,
  emacs: false,
  noclobber: false,
  allexport: false,
  notify: false,
  nounset: false,
  nolog: false,
  debug: false,
  pipefail: false,
  errtrace: false,
});

export const optionOfLetter = (letter: string): OptionName | undefined =>
  OPTIONS.find(([, short]) => short === letter && letter !== '')?.[0];
export const optionOfName = (name: string): OptionName | undefined => OPTIONS.find(([long]) => long === name)?.[0];

/** `$-`. */
export const optionLetters = (options: Options): string =>
  OPTIONS.filter(([name]) => options[name])
    .map(([, letter]) => letter)
    .join('');
