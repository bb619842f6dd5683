import { DockerfileError } from './errors.ts';

/** One record of comma-separated values, with Go's quoting. Throws DockerfileError. */
export function csvFields(line: string): readonly string[] {
  const fields: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const { value, end } = line[at] === '"' ? quotedField(line, at) : plainField(line, at);
    fields.push(value);
    at = end + 1;
  }
  return fields;
}

const bad = (column: number, what: string): DockerfileError =>
  new DockerfileError(`failed to parse csv mounts: parse error on line 1, column ${column}: ${what}`);

function plainField(line: string, start: number): { value: string; end: number } {
  const comma = line.indexOf(',', start);
  const end = comma === -1 ? line.length : comma;
  const value = line.slice(start, end);
  const quote = value.indexOf('"');
  if (quote !== -1) throw bad(start + quote + 1, 'bare " in non-quoted-field');
  return { value, end };
}

function quotedField(line: string, start: number): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] !== '"') value += line[at];
    else if (line[at + 1] === '"') {
      value += '"';
      at += 1;
    } else if (at + 1 === line.length || line[at + 1] === ',') return { value, end: at + 1 };
    else throw bad(at + 1, 'extraneous or missing " in quoted-field');
  }
  throw bad(line.length + 1, 'extraneous or missing " in quoted-field');
}
