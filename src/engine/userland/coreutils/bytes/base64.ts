/** base64: bytes as text of 64 letters, and back. */
import { encodeBase64 } from '../../../http/base64.ts';
import { readAll } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const base64: Utility = async (tool) => {
  const options = await tool.options({
    short: 'dw:i',
    long: tool.isBusybox ? {} : { decode: 'd', wrap: 'w:', 'ignore-garbage': 'i' },
    usage: '[-d] [-w COL] [FILE]',
  });
  const width = await tool.number(options.value('w') ?? '76', 'invalid wrap size');
  await tool.eachInput(options.operands.slice(0, 1), async (fd) => {
    const input = await readAll(tool.sys, fd);
    if (options.has('d')) await decode(tool, input, options.has('i'));
    else await tool.out.write(wrapped(encodeBase64(input), width));
  });
  return 0;
};

function wrapped(text: string, width: number): string {
  if (width <= 0 || text === '') return text;
  let lines = '';
  for (let at = 0; at < text.length; at += width) lines += `${text.slice(at, at + width)}\n`;
  return lines;
}

async function decode(tool: Tool, input: Uint8Array, ignoresGarbage: boolean): Promise<void> {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  let isBad = false;
  for (const code of input) {
    const char = String.fromCharCode(code);
    if (char === '\n' || char === '=') continue;
    const value = ALPHABET.indexOf(char);
    if (value < 0) {
      if (ignoresGarbage) continue;
      isBad = true;
      break;
    }
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  await tool.out.bytes(Uint8Array.from(bytes));
  if (isBad && !tool.isBusybox) await tool.complain('invalid input');
}
