import type { Options } from '../../options.ts';
import { LineReader, READ_BYTES } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

/** Without options bytes go through as they come; with them, line by line. */
export const cat: Utility = async (tool) => {
  const options = await tool.options({
    short: 'AbeEnstTuv',
    long: {
      'show-all': 'A',
      'number-nonblank': 'b',
      'show-ends': 'E',
      number: 'n',
      'squeeze-blank': 's',
      'show-tabs': 'T',
      'show-nonprinting': 'v',
    },
    usage: '[-nbvteA] [FILE]...',
  });
  const style = styleOf(tool, options);
  tool.copiesStreams = true;
  const state = { number: 0, wasBlank: false };
  await tool.eachInput(options.operands, async (fd) => {
    if (style === null) await copy(tool, fd);
    else await show(tool, { reader: new LineReader(tool.sys, fd), style, state });
  });
  return 0;
};

interface Style {
  readonly numbers: 'all' | 'nonblank' | 'none';
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly nonprinting: boolean;
  readonly squeeze: boolean;
}

function styleOf(tool: Tool, options: Options): Style | null {
  const nonprinting = options.has('v', 'A', 'e', 't');
  const style: Style = {
    numbers: options.has('b') ? 'nonblank' : options.has('n') ? 'all' : 'none',
    ends: options.has('E', 'A', 'e'),
    tabs: options.has('T', 'A', 't'),
    squeeze: options.has('s') && !tool.isBusybox,
    nonprinting,
  };
  return style.numbers === 'none' && !style.ends && !style.tabs && !style.squeeze && !nonprinting ? null : style;
}

async function copy(tool: Tool, fd: number): Promise<void> {
  for (;;) {
    const bytes = await tool.sys.read(fd, READ_BYTES);
    if (bytes.length === 0) return;
    await tool.out.bytes(bytes);
    await tool.out.flush();
  }
}

async function show(
  tool: Tool,
  { reader, style, state }: { reader: LineReader; style: Style; state: { number: number; wasBlank: boolean } },
): Promise<void> {
  for (let line = await reader.next(); line !== null; line = await reader.next()) {
    const isBlank = line === '' && reader.terminated;
    if (isBlank && state.wasBlank && style.squeeze) continue;
    state.wasBlank = isBlank;
    const isNumbered = style.numbers === 'all' || (style.numbers === 'nonblank' && !isBlank);
    if (isNumbered) state.number += 1;
    const number = isNumbered ? `${String(state.number).padStart(6)}\t` : '';
    await tool.out.raw(number + visible(line, style) + (reader.terminated ? (style.ends ? '$\n' : '\n') : ''));
  }
}

function visible(line: string, { tabs, nonprinting }: Style): string {
  if (!tabs && !nonprinting) return line;
  return [...line].map((char) => (char === '\t' ? (tabs ? '^I' : char) : nonprinting ? caret(char.charCodeAt(0)) : char)).join('');
}

/** `^A`, `^?`, `M-x` as cat -v shows a byte. */
export function caret(code: number): string {
  if (code >= 128) return `M-${caret(code - 128)}`;
  if (code === 127) return '^?';
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : String.fromCharCode(code);
}
