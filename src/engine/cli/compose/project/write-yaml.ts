/** Writes YAML as Compose prints it: go.yaml.in's block style, two spaces, lines broken after 80 columns. */
import { isList, isMapping, type Mapping, type Value } from './value.ts';

const WIDTH = 80;

export function writeYaml(value: Mapping): string {
  return Object.keys(value).length === 0 ? '{}\n' : writeMapping(value, 0, false);
}

function writeMapping(mapping: Mapping, indent: number, inItem: boolean): string {
  const pad = ' '.repeat(indent);
  return Object.entries(mapping)
    .map(([key, value], i) => `${inItem && i === 0 ? '' : pad}${writeScalar(key, 0, indent)}:${writeValue(value, indent, key.length)}`)
    .join('');
}

function writeValue(value: Value, indent: number, keyLength: number): string {
  if (isMapping(value)) return Object.keys(value).length === 0 ? ' {}\n' : `\n${writeMapping(value, indent + 2, false)}`;
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${writeList(value, indent + 2)}`;
  return ` ${writeScalar(value, indent + keyLength + 2, indent + 2)}\n`;
}

function writeList(list: readonly Value[], indent: number): string {
  const pad = ' '.repeat(indent);
  return list
    .map((item) => {
      if (isMapping(item) && Object.keys(item).length > 0) return `${pad}- ${writeMapping(item, indent + 2, true)}`;
      if (isList(item) && item.length > 0) return `${pad}- ${writeList(item, indent + 2).trimStart()}`;
      return `${pad}-${writeValue(item, indent, 0)}`;
    })
    .join('');
}

function writeScalar(value: Value, column: number, indent: number): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  if (value.includes('\n')) return literal(value, indent);
  if (value === '' || resolvesToOther(value) || hasControl(value)) return fold(JSON.stringify(value), { column, indent });
  if (OLD_BOOLEAN.test(value) || !canBePlain(value)) return `'${value.replaceAll("'", "''")}'`;
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
