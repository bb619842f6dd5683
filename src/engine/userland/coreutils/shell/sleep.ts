import { quoted, type Utility } from '../../tool.ts';
import { parseDurationMs } from '../durations.ts';

/** A wait that no timer can hold is done in pieces. */
const LONGEST_MS = 2 ** 31;

export const sleep: Utility = async (tool) => {
  const spec = { short: '', usage: '[N]...' };
  // busybox has no options here.
  const { operands } = tool.isBusybox && tool.args[0] !== '--help' ? { operands: tool.args } : await tool.options(spec);
  if (operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  let totalMs = 0;
  for (const word of operands) {
    const ms = parseDurationMs(word);
    if (ms !== undefined) totalMs += ms;
    else if (tool.isBusybox) return tool.die(`invalid number '${word}'`);
    else return tool.wrongUsage(spec, `invalid time interval ${quoted(word)}`);
  }
  for (let leftMs = totalMs; leftMs > 0; leftMs -= LONGEST_MS) await tool.sys.sleep(Math.min(leftMs, LONGEST_MS));
  return 0;
};

export const usleep: Utility = async (tool) => {
  const us = await tool.number(tool.args[0] ?? '0', 'invalid number');
  await tool.sys.sleep(us / 1000);
  return 0;
};
