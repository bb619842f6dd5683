import { CliError } from '../../errors.ts';
import { DEFAULT_DETACH_KEYS, parseDetachKeys } from '../../stream/detach-keys.ts';
import type { Context } from '../command.ts';

/** A terminal in the container needs one here, if something is to be typed. */
export function checkTerminal({ io }: Pick<Context, 'io'>, wanted: { stdin: boolean; tty: boolean }): void {
  if (wanted.stdin && wanted.tty && !io.stdin.isTerminal) {
    throw new CliError('cannot attach stdin to a TTY-enabled container because stdin is not a terminal');
  }
}

/** The keys that detach: of the flag, of the client's configuration, or the usual ones. */
export function detachKeysOf({ config }: Pick<Context, 'config'>, flag: string): { readonly text: string; readonly bytes: Uint8Array } {
  const text = flag || (config.data.detachKeys ?? '');
  return { text, bytes: parseDetachKeys(text || DEFAULT_DETACH_KEYS) };
}
