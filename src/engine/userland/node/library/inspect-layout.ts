/** How the parts of an object are put on lines. */
import type { JsObject } from '../runtime/values.ts';
import type { Inspecting } from './inspect.ts';

interface Layout {
  readonly parts: string[];
  readonly base: string;
  readonly open: string;
  readonly close: string;
  readonly isList: boolean;
  readonly depth: number;
  readonly object: JsObject;
}

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
  const plain = text.replace(/\u001b\[\d+m/g, '');
  let width = 0;
  for (const char of plain) {
    const code = char.codePointAt(0) ?? 0;
    if (/\p{Mark}/u.test(char)) continue;
    const isWide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0x1f300 && code <= 0x1faff);
    width += isWide ? 2 : 1;
  }
  return width;
}

export function arranged(ctx: Inspecting, layout: Layout): string {
  const { parts, base, open, close, isList, depth } = layout;
  const { compact, breakLength } = ctx.options;
  if (compact !== true) {
    if (typeof compact === 'number' && compact >= 1) {
      const entries = parts.length;
      const output = isList && entries > 6 ? grouped(ctx, parts, layout.object) : parts;
      if (ctx.currentDepth - depth < compact && entries === output.length) {
        const start = output.length + ctx.indentation + open.length + base.length + 10;
        if (fits(ctx, output, start, base)) {
          const joined = output.join(', ');
          if (!joined.includes('\n')) return `${base === '' ? '' : `${base} `}${open} ${joined} ${close}`;
        }
      }
      const indent = `\n${' '.repeat(ctx.indentation)}`;
      return `${base === '' ? '' : `${base} `}${open}${indent}  ${output.join(`,${indent}  `)}${indent}${close}`;
    }
    const indent = `\n${' '.repeat(ctx.indentation)}`;
    return `${base === '' ? '' : `${base} `}${open}${indent}  ${parts.join(`,${indent}  `)}${indent}${close}`;
  }
  if (fits(ctx, parts, 0, base) && breakLength > 0) return `${open}${base === '' ? '' : ` ${base}`} ${parts.join(', ')} ${close}`;
  const indent = ' '.repeat(ctx.indentation);
  const lead = base === '' && open.length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}\n${indent}  `;
  return `${open}${lead}${parts.join(`,\n${indent}  `)} ${close}`;
}

function fits(ctx: Inspecting, parts: readonly string[], start: number, base: string): boolean {
  let length = parts.length + start;
  const { breakLength, colors } = ctx.options;
  if (length + parts.length > breakLength) return false;
  for (const part of parts) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
    length += colors ? part.replace(/\u001b\[\d+m/g, '').length : part.length;
    if (length > breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

/** Many short elements stand in columns. */
function grouped(ctx: Inspecting, parts: string[], object: JsObject): string[] {
  const { compact, breakLength, maxArrayLength } = ctx.options;
  const isCut = (object.items?.length ?? parts.length) > maxArrayLength && (parts.at(-1) ?? '').includes(' more item');
  const count = isCut ? parts.length - 1 : parts.length;
  const gap = 2;
  let total = 0;
  let longest = 0;
  const widths: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const width = widthOf(parts[at] ?? '');
    widths.push(width);
    total += width + gap;
    longest = Math.max(longest, width);
  }
  const actual = longest + gap;
  if (actual * 3 + ctx.indentation >= breakLength || !(total / actual > 5 || longest <= 6)) return parts;
  const biased = Math.max(actual - 3 - Math.sqrt(actual - total / parts.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((breakLength - ctx.indentation) / actual),
    (typeof compact === 'number' ? compact : 3) * 4,
    15,
  );
  if (columns <= 1) return parts;
  const widest: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    let width = 0;
    for (let at = column; at < count; at += columns) width = Math.max(width, widths[at] ?? 0);
    widest.push(width + gap);
  }
  const isNumbers =
    object.items !== null
      ? object.items.every((one) => typeof one === 'number' || typeof one === 'bigint')
      : object.inner?.kind === 'typed';
  const lines: string[] = [];
  for (let at = 0; at < count; at += columns) {
    const end = Math.min(at + columns, count);
    let line = '';
    for (let cell = at; cell < end; cell += 1) {
      const isLast = cell === end - 1;
      const text = isLast ? (parts[cell] ?? '') : `${parts[cell] ?? ''}, `;
      const space = ' '.repeat(Math.max(0, (widest[cell - at] ?? 0) - (widths[cell] ?? 0) - gap));
      line += isNumbers ? space + text : isLast ? text : text + space;
    }
    lines.push(line);
  }
  if (isCut) lines.push(parts[count] ?? '');
  return lines;
}
