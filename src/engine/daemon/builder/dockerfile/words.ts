/** How the rest of a line falls into arguments: each instruction has its own way. Upstream: buildkit parser/line_parsers.go. */
import { DockerfileError, quoted } from './errors.ts';
import { nodeFromLine } from './nodes.ts';

export interface ParsedArguments {
  readonly args: readonly string[];
  /** They were a JSON array. */
  readonly json: boolean;
  /** ENV and LABEL: name, value, and whether there was a `=`, for each. */
  readonly pairs?: readonly { readonly key: string; readonly value: string; readonly isLegacy: boolean }[];
}

const BLANKS = /[\t\v\f\r ]+/;

/** The instruction, its flags, and what is left. */
export function splitCommand(line: string): { readonly command: string; readonly flags: readonly string[]; readonly rest: string } {
  const [, command = '', tail = ''] = /^(\S+)[\t\v\f\r ]*([\s\S]*)$/.exec(line.trim()) ?? [];
  const { flags, rest } = takeFlags(tail.trim());
  return { command, flags, rest: rest.trim() };
}

/** Words at the beginning that start with `--`; quotes and backslashes keep blanks inside. `--` alone ends them. */
function takeFlags(line: string): { readonly flags: readonly string[]; readonly rest: string } {
  const flags: string[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(line[at] ?? '')) at += 1;
    if (!line.startsWith('--', at)) return { flags, rest: line.slice(at) };
    const { word, end } = flagWord(line, at);
    at = end;
    if (word === '--') return { flags, rest: line.slice(at) };
    flags.push(word);
  }
}

function flagWord(line: string, start: number): { readonly word: string; readonly end: number } {
  let word = '';
  let quote = '';
  let at = start;
  for (; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (quote === '' && /\s/.test(sign)) break;
    if (sign === '\\') {
      at += 1;
      word += line[at] ?? '';
    } else if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === quote) quote = '';
    else word += sign;
  }
  return { word, end: at };
}

const NONE: ParsedArguments = { args: [], json: false };
const list = (args: readonly string[]): ParsedArguments => ({ args, json: false });
const byBlanks = (rest: string): ParsedArguments => (rest === '' ? NONE : list(rest.split(BLANKS)));
const whole = (rest: string): ParsedArguments => (rest === '' ? NONE : list([rest]));

/** Undefined for what is no JSON array. Throws DockerfileError for an array of other things than strings. */
function jsonArray(rest: string): ParsedArguments | undefined {
  if (!rest.trimStart().startsWith('[')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(rest);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  if (!value.every((word) => typeof word === 'string'))
    throw new DockerfileError('when using JSON array syntax, arrays must be comprised of strings only');
  return { args: value, json: true };
}

const jsonOrWhole = (rest: string): ParsedArguments => (rest === '' ? NONE : (jsonArray(rest) ?? whole(rest)));
const jsonOrList = (rest: string): ParsedArguments => jsonArray(rest) ?? byBlanks(rest);

/** Words with their quotes and escapes as they are. */
function rawWords(rest: string, escapeSign: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  const signs = [...rest];
  for (let i = 0; i < signs.length; i += 1) {
    const sign = signs[i] ?? '';
    if (quote === '' && /\s/.test(sign)) {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    word += sign;
    if (sign === escapeSign && quote !== "'") {
      i += 1;
      word += signs[i] ?? '';
    } else if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === quote) quote = '';
  }
  return word === '' ? words : [...words, word];
}

function nameAndValues(rest: string, { command, escapeSign }: { readonly command: string; readonly escapeSign: string }): ParsedArguments {
  const words = rawWords(rest, escapeSign);
  const [first] = words;
  if (first === undefined) return { ...NONE, pairs: [] };
  if (!first.includes('=')) {
    const blank = BLANKS.exec(rest);
    if (!blank) throw new DockerfileError(`${command} must have two arguments`);
    const pair = { key: rest.slice(0, blank.index), value: rest.slice(blank.index + blank[0].length), isLegacy: true };
    return { args: [pair.key, pair.value], json: false, pairs: [pair] };
  }
  const pairs = words.map((word) => {
    const at = word.indexOf('=');
    if (at === -1) throw new DockerfileError(`Syntax error - can't find = in ${quoted(word)}. Must be of the form: name=value`);
    return { key: word.slice(0, at), value: word.slice(at + 1), isLegacy: false };
  });
  return { args: words, json: false, pairs };
}

/** `CMD …` or `NONE`: the type, then as CMD is read. */
function health(rest: string): ParsedArguments {
  const [, type = '', tail = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  if (type === '') return NONE;
  const { args, json } = jsonOrWhole(tail);
  return { args: [type, ...args], json };
}

/** Throws DockerfileError without a place. An instruction that nobody knows has no arguments. */
export function parseArguments(command: string, rest: string, escapeSign: string): ParsedArguments {
  const name = command.toUpperCase();
  switch (name) {
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return jsonOrList(rest);
    case 'CMD':
    case 'ENTRYPOINT':
    case 'RUN':
    case 'SHELL':
      return jsonOrWhole(rest);
    case 'EXPOSE':
    case 'FROM':
      return byBlanks(rest);
    case 'MAINTAINER':
    case 'STOPSIGNAL':
    case 'USER':
    case 'WORKDIR':
      return whole(rest);
    case 'ENV':
    case 'LABEL':
      return nameAndValues(rest, { command: name, escapeSign });
    case 'ARG':
      return list(rawWords(rest, escapeSign));
    case 'HEALTHCHECK':
      return health(rest);
    case 'ONBUILD':
      return rest === '' ? NONE : list([nodeFromLine(rest, escapeSign).command]);
    default:
      return NONE;
  }
}
