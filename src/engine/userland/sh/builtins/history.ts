/** busybox's `history`: the lines that were typed, counted from 0. */
import type { Shell } from '../shell.ts';

export async function history(shell: Shell): Promise<number> {
  const lines = shell.history.map((line, at) => `${String(at).padStart(4)} ${line}\n`);
  await shell.write(1, lines.join(''));
  return 0;
}
