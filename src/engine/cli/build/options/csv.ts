/** Options as one line of CSV: `type=local,dest=out`, with quotes around what has a comma. Upstream: tonistiigi/go-csvvalue. */
import { CliError } from '../../errors.ts';

/** The fields of one line. Throws CliError for quotes in the wrong place. */
export function csvFields(line: string): readonly string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = line[at] === '"' ? quotedField(line, at + 1) : plainField(line, at);
    fields.push(field.text);
    if (field.end >= line.length) return fields;
    at = field.end + 1;
  }
}

interface Field {
  readonly text: string;
  /** Where the comma behind it stands. */
  readonly end: number;
}

const parseError = (column: number, what: string): CliError => new CliError(`parse error on line 1, column ${column + 1}: ${what}`);

function plainField(line: string, from: number): Field {
  const comma = line.indexOf(',', from);
  const end = comma < 0 ? line.length : comma;
  const text = line.slice(from, end);
  const quote = text.indexOf('"');
  if (quote >= 0) throw parseError(from + quote, 'bare " in non-quoted field');
  return { text, end };
}

function quotedField(line: string, from: number): Field {
  let text = '';
  for (let at = from; at < line.length; at++) {
    if (line[at] !== '"') text += line[at];
    else if (line[at + 1] === '"') text += line[at++];
    else if (at + 1 === line.length || line[at + 1] === ',') return { text, end: at + 1 };
    else break;
  }
  throw parseError(line.length, 'extraneous or missing " in quoted-field');
}

/** `key=value`; undefined where there is no `=`. */
export function cutPair(text: string): readonly [key: string, value: string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** A field that must be a pair; its key in lower case. */
export function pairOf(field: string): readonly [key: string, value: string] {
  const [key, value] = cutPair(field);
  if (value === undefined) throw new CliError(`invalid value ${field}`);
  return [key.trim().toLowerCase(), value];
}
