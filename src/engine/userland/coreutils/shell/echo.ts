import { toRaw } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';
import { resolveEscapes } from '../escapes.ts';

/** Options are only words made of n, e and E; everything else is printed, `--` too. */
export const echo: Utility = async (tool) => {
  const words = [...tool.args];
  let newline = true;
  let escapes = false;
  for (const word of tool.args) {
    if (!/^-[neE]+$/.test(word)) break;
    for (const letter of word.slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
    words.shift();
  }
  const text = toRaw(words.join(' '));
  const { raw, stop } = escapes ? resolveEscapes(text, { zeroOctal: true }) : { raw: text, stop: false };
  await tool.out.raw(raw + (newline && !stop ? '\n' : ''));
  return 0;
};
