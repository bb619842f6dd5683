/** Switching off and on, and swap, which this machine has none of: `reboot`, `halt`, `poweroff`, `shutdown`, `swapon`, `swapoff`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Signal } from '../../../kernel/sys.ts';
import { decode } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

/** What busybox tells init to do. */
const REQUESTS: Readonly<Record<string, Signal>> = { reboot: 'SIGTERM', halt: 'SIGUSR1', poweroff: 'SIGUSR2' };

export const power: Utility = async (tool) => {
  if (!tool.isBusybox) return tool.die(`this machine is switched on and off from outside: '${tool.applet}' in it does nothing`);
  const options = await tool.options({ short: 'd:nfw', usage: '[-d DELAY] [-nfw]' });
  if (options.has('f')) return tool.die('Operation not permitted');
  const signal = REQUESTS[tool.applet];
  if (signal === undefined) return 1;
  return (await tool.attempt(
    () => tool.sys.kill(1, signal),
    (reason) => reason,
  ))
    ? 0
    : 1;
};

const SWAP = { long: { all: 'a' }, usage: '[-a] [DEVICE]', package: 'from util-linux 2.38.1' };

export const swapon: Utility = async (tool) => {
  const options = await tool.options({ ...SWAP, short: 'adesp:v', long: { ...SWAP.long, show: 'show::', summary: 's' } });
  if (options.operands.length === 0 && !options.has('a')) return 0;
  for (const device of options.operands) await refuse(tool, device);
  return tool.status;
};

export const swapoff: Utility = async (tool) => {
  const options = await tool.options({ ...SWAP, short: 'av' });
  if (options.has('a')) await readTable(tool);
  for (const device of options.operands) await refuse(tool, device);
  return tool.status;
};

/** busybox wants the table that names all of them. */
async function readTable(tool: Tool): Promise<void> {
  try {
    tool.sys.path.stat('/etc/fstab');
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (tool.isBusybox) await tool.complain(`can't open '/etc/fstab': ${error.message}`);
  }
}

/** A file that is there is no swap space: /proc/swaps has none. */
async function refuse(tool: Tool, device: string): Promise<void> {
  try {
    decode(tool.sys.path.readFile(device));
    await tool.complain(tool.isBusybox ? `${device}: Invalid argument` : `${device}: ${tool.applet} failed: Invalid argument`);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const verb = tool.applet === 'swapon' ? `cannot open ${device}` : `${device}: swapoff failed`;
    await tool.complain(tool.isBusybox ? `can't stat '${device}': ${error.message}` : `${verb}: ${error.message}`);
  }
}
