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

/**
 * Looks for the keys in what is typed. What may be their beginning is held back until it is clear; `pass` is what goes on to the
 * container. Upstream: moby/term proxy.go.
 */
export function detachKeys(keys: Uint8Array): (typed: Uint8Array) => { readonly pass: Uint8Array; readonly detached: boolean } {
  let matched = 0;
  return (typed) => {
    const pass: number[] = [];
    for (const byte of typed) {
      if (byte === keys[matched]) {
        matched++;
        if (matched === keys.length) return { pass: Uint8Array.from(pass), detached: true };
        continue;
      }
      pass.push(...keys.slice(0, matched));
      matched = byte === keys[0] ? 1 : 0;
      if (matched === 0) pass.push(byte);
    }
    return { pass: Uint8Array.from(pass), detached: false };
  };
}
