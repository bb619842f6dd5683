/** bash as a dialect of the one interpreter. */
import { ash } from '../ash.ts';
import type { Dialect, OwnDialect } from '../dialect.ts';
import { assignOwn, replaceElements, setElement } from './arrays.ts';
import { readHistory, recallHistory, writeHistory } from './builtins/history.ts';
import { builtinNames, ownBuiltin } from './builtins/index.ts';
import { optionLetters } from './builtins/options.ts';
import { USAGES } from './builtins/usage.ts';
import { bashGlob, withoutMatch } from './glob.ts';
import { quotedIfNeeded } from './operators.ts';
import { profileFiles, promptEscape } from './profile.ts';
import { special } from './special.ts';
import { BashState } from './state.ts';
import { syntaxMessage } from './syntax-errors.ts';

const own: OwnDialect = {
  begin: () => new BashState(),
  builtin: ownBuiltin,
  builtinNames,
  assign: assignOwn,
  assignList(shell, name, values) {
    replaceElements(shell, name, false);
    values.forEach((value, i) => {
      setElement(shell, name, { key: String(i), value });
    });
  },
  special,
  letters: optionLetters,
  usage: (builtin) => `\n${builtin}: usage: ${USAGES[builtin] ?? builtin}`,
  glob: bashGlob,
  noMatch: withoutMatch,
  syntax: syntaxMessage,
  traced: quotedIfNeeded,
  profile: profileFiles,
  prompt: promptEscape,
  enter: readHistory,
  leave: writeHistory,
  recall: recallHistory,
};

export const bash: Dialect = {
  ...ash,
  own,
  name: 'bash',
  features: new BashState().features,
  arithmetic: { hasSteps: true, isRecursive: true, hasArrays: true },
  failureStatus: 1,
  commandLineBase: 1,
  message: (place, text) => {
    const line = place.isInteractive ? '' : `line ${place.line}: `;
    return `${place.name}: ${line}${place.builtin === undefined ? '' : `${place.builtin}: `}${text}`;
  },
  notFound: (command) => (command.includes('/') ? `${command}: No such file or directory` : `${command}: command not found`),
  cannotOpen: (path, errno) => `${path}: ${errno.message}`,
  cannotCreate: (path, errno) => (errno.code === 'EEXIST' ? `${path}: cannot overwrite existing file` : `${path}: ${errno.message}`),
  parameterNotSet: (name) => `${name}: unbound variable`,
  readOnly: (name) => `${name}: readonly variable`,
  badName: (name) => `\`${name}': not a valid identifier`,
  badSubstitution: (text) => `${text}: bad substitution`,
  arithmeticSyntax: (detail, text, rest) => `${text.trim()}: ${arithmeticProblem(detail)} (error token is "${rest}")`,
  divisionByZero: (text) => `${text.trim()}: division by 0 (error token is "${/[^/%]*$/.exec(text)?.[0].trim() ?? '0'}")`,
  illegalNumber: (text) => `${text}: numeric argument required`,
  cannotChangeDirectory: (path, errno) => `${path}: ${errno}`,
  cannotRead: (path, errno) => `${path}: ${errno.message}`,
  badTrap: (signal) => `${signal}: invalid signal specification`,
  illegalOption: (option) => `${option}: invalid option`,
  execOptions: 'acl',
  noSuchJob: (job) => `${job}: no such job`,
  cannotFork: (errno) => `fork: ${errno}`,
};

function arithmeticProblem(detail: string): string {
  if (detail === 'expecting EOF') return 'syntax error in expression';
  if (detail === 'bad number') return 'value too great for base';
  return detail === 'bad operator' ? 'syntax error: invalid arithmetic operator' : 'syntax error: operand expected';
}
