import { CliError } from '../errors.ts';

export const DEFAULT_DETACH_KEYS = 'ctrl-p,ctrl-q';

/** `ctrl-p,ctrl-q` or `a,b` as bytes. Upstream: moby/term ascii.go. */
export function parseDetachKeys(text: string): Uint8Array {
  return Uint8Array.from(text.split(',').map((key) => keyCode(key, text)));
}

function keyCode(key: string, text: string): number {
  if (key.length === 1) return key.charCodeAt(0);
  const letter = /^ctrl-([a-z@[\]\\^_])$/.exec(key)?.[1];
  if (letter === undefined) throw new CliError(`invalid detach keys (${text}): Unknown character: '${key}'`);
  return letter.toUpperCase().charCodeAt(0) & 0x1f;
}
