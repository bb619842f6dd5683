import type { RawTerminal } from './keys.ts';

export interface Asking {
  readonly terminal: RawTerminal;
  /** Keys that are played are not shown. */
  isQuiet(): boolean;
  next(): Promise<string | null>;
}

/** A line typed at the bottom of the screen; null if it was given up. */
export async function askLine(asking: Asking, prompt: string, start = ''): Promise<string | null> {
  const { terminal } = asking;
  let text = start;
  for (;;) {
    if (!asking.isQuiet()) await terminal.write(`\x1b[${terminal.size.rows};1H${prompt}${text}\x1b[K`);
    const key = await asking.next();
    if (key === null || key === 'Escape' || key === '^C') return null;
    if (key === 'Enter') return text;
    if (key === 'Backspace') {
      if (text === '') return null;
      text = [...text].slice(0, -1).join('');
    } else if (key === '^U') text = '';
    else if ([...key].length === 1) text += key;
  }
}
