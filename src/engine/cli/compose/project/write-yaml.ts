/** Writes YAML as Compose prints it: go.yaml.in's block style, two spaces, lines broken after 80 columns. */
import { isList, isMapping, type Mapping, type Value } from './value.ts';

const WIDTH = 80;

/** How words are quoted that were truth values in YAML 1.1: `on`, `yes`. The library's newer version, which Compose has, does it by one quote. */
export type WordQuote = "'" | '"';

export function writeYaml(value: Mapping, quote: WordQuote = "'"): string {
  return Object.keys(value).length === 0 ? '{}\n' : writeMapping(value, { indent: 0, quote });
}

interface Place {
  readonly indent: number;
  readonly quote: WordQuote;
  /** Behind the dash of a list. */
  readonly inItem?: boolean;
}

function writeMapping(mapping: Mapping, { indent, quote, inItem = false }: Place): string {
  const pad = ' '.repeat(indent);
  return Object.entries(mapping)
    .map(
      ([key, value], i) =>
        `${inItem && i === 0 ? '' : pad}${writeScalar(key, 0, { indent, quote })}:${writeValue(value, key.length, { indent, quote })}`,
    )
    .join('');
}

function writeValue(value: Value, keyLength: number, { indent, quote }: Place): string {
  const inner = { indent: indent + 2, quote };
  if (isMapping(value)) return Object.keys(value).length === 0 ? ' {}\n' : `\n${writeMapping(value, inner)}`;
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${writeList(value, inner)}`;
  return ` ${writeScalar(value, indent + keyLength + 2, inner)}\n`;
}

function writeList(list: readonly Value[], { indent, quote }: Place): string {
  const pad = ' '.repeat(indent);
  const inner = { indent: indent + 2, quote };
  return list
    .map((item) => {
      if (isMapping(item) && Object.keys(item).length > 0) return `${pad}- ${writeMapping(item, { ...inner, inItem: true })}`;
      if (isList(item) && item.length > 0) return `${pad}- ${writeList(item, inner).trimStart()}`;
      return `${pad}-${writeValue(item, 0, { indent, quote })}`;
    })
    .join('');
}

function writeScalar(value: Value, column: number, { indent, quote }: Place): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  // A line that ends in a space would lose it in a block.
  if (value.includes('\n')) return value.includes(' \n') ? JSON.stringify(value) : literal(value, indent);
  if (value === '' || resolvesToOther(value) || hasControl(value)) return fold(JSON.stringify(value), { column, indent });
  if (OLD_BOOLEAN.test(value)) return quote + value + quote;
  if (!canBePlain(value)) return `'${value.replaceAll("'", "''")}'`;
  return fold(value, { column, indent });
}

const hasControl = (text: string): boolean => [...text].some((char) => char < ' ' || char === '\u007f');
const OLD_BOOLEAN = /^(y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/;
const resolvesToOther = (text: string): boolean =>
  /^(true|True|TRUE|false|False|FALSE|null|Null|NULL|~|<<|=)$/.test(text) ||
  /^[-+]?(\d[\d_]*(\.[\d_]*)?|\.\d[\d_]*)([eE][-+]?\d+)?$/.test(text) ||
  /^[-+]?0(x[\da-fA-F_]+|o?[0-7_]+|b[01_]+)$/.test(text) ||
  /^[-+]?(\.inf|\.Inf|\.INF)$|^\.(nan|NaN|NAN)$/.test(text) ||
  /^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$/.test(text) ||
  /^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$/.test(text);
const canBePlain = (text: string): boolean => !/^[-?:](\s|$)|^[,[\]{}#&*!|>'"%@`]|^\s|\s$|: |:$| #|^---|^\.\.\./.test(text);

function literal(text: string, indent: number): string {
  const chomp = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const lines = text.replace(/\n$/, '').split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n')}`;
}

/** Breaks a line at the first single space after the width is passed. */
function fold(text: string, { column, indent }: { column: number; indent: number }): string {
  let out = '';
  let at = column;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    const breaks = char === ' ' && at > WIDTH && text[i + 1] !== ' ' && text[i - 1] !== ' ' && i > 0 && i < text.length - 1;
    if (breaks) {
      out += `\n${' '.repeat(indent)}`;
      at = indent;
    } else {
      out += char;
      at++;
    }
  }
  return out;
}
