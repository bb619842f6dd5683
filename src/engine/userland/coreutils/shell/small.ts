/** The programs that are a line or two each. */
import { isErrno } from '../../../kernel/errno.ts';
import { encode } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

export const succeed: Utility = async () => 0;
export const failing: Utility = async () => 1;

/** Fills its buffer before it writes, so that it is as fast as a pipe takes it. */
export const yes: Utility = async (tool) => {
  const line = `${tool.args.length === 0 ? 'y' : tool.args.join(' ')}\n`;
  const bytes = encode(line.repeat(Math.max(1, Math.ceil(8192 / line.length))));
  for (;;) {
    await tool.out.bytes(bytes);
    await tool.sys.turn();
  }
};

export const pwd: Utility = async (tool) => {
  const options = await tool.options({ short: 'LP', long: { logical: 'L', physical: 'P' }, usage: '' });
  const logical = tool.sys.env.get('PWD');
  const isWanted = options.last('L', 'P') === 'L' && logical?.startsWith('/') === true;
  await tool.out.write(`${isWanted && logical !== undefined && isHere(tool, logical) ? logical : tool.sys.path.cwd()}\n`);
  return 0;
};

function isHere({ sys }: Tool, path: string): boolean {
  try {
    return sys.path.realpath(path) === sys.path.realpath('.');
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

export const sync: Utility = async () => 0;

export const clear: Utility = async (tool) => {
  await tool.out.write('\x1b[H\x1b[J');
  return 0;
};

export const reset: Utility = async (tool) => {
  if (tool.sys.fds.isatty(0))
    tool.sys.tty.setMode(0, { canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true });
  await tool.out.write('\x1bc\x1b(B\x1b[m\x1b[J\x1b[?25h');
  return 0;
};

export const tty: Utility = async (tool) => {
  const options = await tool.options({ short: 's', long: { silent: 's', quiet: 's' }, usage: '' });
  const isTerminal = tool.sys.fds.isatty(0);
  if (!options.has('s')) await tool.out.write(`${isTerminal ? tool.sys.tty.name(0) : 'not a tty'}\n`);
  return isTerminal ? 0 : 1;
};

export const printenv: Utility = async (tool) => {
  const { sys, args } = tool;
  const names = args.filter((word) => word !== '-0' && word !== '--null');
  const end = names.length < args.length ? '\0' : '\n';
  if (names.length === 0) {
    for (const [name, value] of sys.env) await tool.out.write(`${name}=${value}${end}`);
    return 0;
  }
  for (const name of names) {
    const value = sys.env.get(name);
    if (value !== undefined) await tool.out.write(`${value}${end}`);
    else tool.status = 1;
  }
  return 0;
};
