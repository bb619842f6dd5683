/** A reply as redis-cli shows it: for people on a terminal, plain into a pipe. */
import type { Reply } from './resp.ts';

const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
  '"': '\\"',
  '\\': '\\\\',
};

/** In double quotes, with escapes for what is not plain ASCII. */
export function quoted(raw: string): string {
  const text = [...raw].map((char) => {
    const code = char.charCodeAt(0);
    return NAMED[char] ?? (code >= 32 && code < 127 ? char : `\\x${code.toString(16).padStart(2, '0')}`);
  });
  return `"${text.join('')}"`;
}

function lines(items: readonly Reply[], prefix: string): string {
  const width = String(items.length).length;
  return items
    .map((item, i) => {
      const number = `${String(i + 1).padStart(width)}) `;
      return `${i === 0 ? '' : prefix}${number}${standardText(item, `${prefix}${' '.repeat(number.length)}`)}`;
    })
    .join('');
}

/** As on a terminal; ends with a line feed. */
export function standardText(reply: Reply, prefix = ''): string {
  switch (reply.kind) {
    case 'status':
      return `${reply.text}\n`;
    case 'error':
      return `(error) ${reply.text}\n`;
    case 'int':
      return `(integer) ${reply.value}\n`;
    case 'double':
      return `(double) ${reply.value}\n`;
    case 'bulk':
      return reply.value === null ? '(nil)\n' : `${quoted(reply.value)}\n`;
    case 'no-array':
      return '(nil)\n';
    case 'array':
    case 'push':
      return reply.items.length === 0 ? '(empty array)\n' : lines(reply.items, prefix);
    case 'map':
      return standardText({ kind: 'array', items: reply.pairs.flat() }, prefix);
  }
}

/** Plain: values one a line. */
export function rawText(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return reply.text;
    case 'error':
      return `${reply.text}\n`;
    case 'int':
    case 'double':
      return String(reply.value);
    case 'bulk':
      return reply.value ?? '';
    case 'no-array':
      return '';
    case 'array':
    case 'push':
      return reply.items.map(rawText).join('\n');
    case 'map':
      return reply.pairs.flat().map(rawText).join('\n');
  }
}
