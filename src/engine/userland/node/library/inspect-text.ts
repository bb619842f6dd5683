/** Primitives as `inspect` shows them, and its colours. */
import { JsSymbol, type Value } from '../runtime/values.ts';
import type { Inspecting } from './inspect.ts';

const COLOURS = {
  special: [36, 39],
  number: [33, 39],
  bigint: [33, 39],
  boolean: [33, 39],
  undefined: [90, 39],
  null: [1, 22],
  string: [32, 39],
  symbol: [32, 39],
  date: [35, 39],
  regexp: [31, 39],
  module: [4, 24],
  name: null,
} as const;
export type Style = keyof typeof COLOURS;

export function coloured({ options }: Pick<Inspecting, 'options'>, text: string, style: Style): string {
  const codes = COLOURS[style];
  return options.colors && codes !== null ? `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m` : text;
}

const ESCAPES: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

/** A text in quotes: those that need no escapes in it. */
export function quotedText(text: string): string {
  const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped.
  const escaped = text.replace(/[\x00-\x1f\x7f-\x9f\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (one) => {
    const known = ESCAPES[one];
    if (known !== undefined) return known;
    const code = one.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u${code.toString(16).toUpperCase()}`;
  });
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

export function symbolText(symbol: JsSymbol): string {
  return `Symbol(${symbol.description ?? ''})`;
}

export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const MIN_LINE = 16;

function textLines(ctx: Inspecting, value: string): string {
  const { options } = ctx;
  let text = value;
  let rest = '';
  if (text.length > options.maxStringLength) {
    const left = text.length - options.maxStringLength;
    text = text.slice(0, options.maxStringLength);
    rest = `... ${left} more character${left > 1 ? 's' : ''}`;
  }
  if (options.compact !== true && text.length > MIN_LINE && text.length > options.breakLength - ctx.indentation - 4 && text.includes('\n'))
    return (
      text
        .split(/(?<=\n)/)
        .map((line) => coloured(ctx, quotedText(line), 'string'))
        .join(` +\n${' '.repeat(ctx.indentation + 2)}`) + rest
    );
  return coloured(ctx, quotedText(text), 'string') + rest;
}

export function primitiveText(ctx: Inspecting, value: Exclude<Value, object> | JsSymbol | null, _isTop: boolean): string {
  if (value instanceof JsSymbol) return coloured(ctx, symbolText(value), 'symbol');
  if (value === null) return coloured(ctx, 'null', 'null');
  switch (typeof value) {
    case 'string':
      return textLines(ctx, value);
    case 'number':
      return coloured(ctx, numberText(value), 'number');
    case 'bigint':
      return coloured(ctx, `${value}n`, 'bigint');
    case 'boolean':
      return coloured(ctx, String(value), 'boolean');
    default:
      return coloured(ctx, 'undefined', 'undefined');
  }
}
