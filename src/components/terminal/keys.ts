/** What a terminal gets for a key that makes no text by itself (xterm's sequences). */
const PLAIN: Readonly<Record<string, string>> = {
  Enter: '\r',
  Backspace: '\x7f',
  Tab: '\t',
  Escape: '\x1b',
  ArrowUp: '\x1b[A',
  ArrowDown: '\x1b[B',
  ArrowRight: '\x1b[C',
  ArrowLeft: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  Delete: '\x1b[3~',
  Insert: '\x1b[2~',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
};
const CONTROL_BITS = 31;

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The bytes of a key, or null if the browser keeps it (text, shortcuts, leaving the terminal with Shift+Tab). */
export function sequenceOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): string | null {
  if (metaKey || (key === 'Tab' && shiftKey)) return null;
  // Pasting, and copying with Shift, are the browser's.
  if (ctrlKey && (shiftKey || key.toLowerCase() === 'v')) return null;
  if (ctrlKey && !altKey && /^[a-z@[\\\]^_]$/i.test(key)) return String.fromCharCode(key.toUpperCase().charCodeAt(0) & CONTROL_BITS);
  if (ctrlKey) return null;
  const plain = PLAIN[key];
  if (plain !== undefined) return plain;
  return altKey && [...key].length === 1 ? `\x1b${key}` : null;
}

/** ^R: the shell looks through its history. */
export const SEARCH = '\x12';
/** Keys that the shell answers by drawing its line anew; and those with Control held. */
export const SHELL_KEYS: Readonly<Record<string, string>> = { ArrowUp: '\x1b[A', ArrowDown: '\x1b[B', Tab: '\t' };
export const CONTROLS: Readonly<Record<string, string>> = { p: '\x1b[A', n: '\x1b[B', l: '\x0c', r: SEARCH };
/** They reach whatever runs, whether it listens or not. */
export const SIGNALS: Readonly<Record<string, string>> = { c: '\x03', z: '\x1a', '\\': '\x1c' };
