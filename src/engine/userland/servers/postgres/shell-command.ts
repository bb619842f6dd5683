/** `\!`: a command for the shell, waited for. */
import type { Sys } from '../../../kernel/sys.ts';
import { start, statusOf, waitFor } from '../../coreutils/execute.ts';

export async function startedCommand(sys: Sys, command: string): Promise<number> {
  const argv = command === '' ? ['/bin/sh'] : ['/bin/sh', '-c', command];
  const pid = start(sys, argv, { complain: (name, reason) => `${name}: ${reason}\n` });
  return statusOf(await waitFor(sys, pid));
}
