import { later } from '../later.ts';
import type { Shell } from '../shell.ts';

const expand = later(async () => (await import('./expand-text.ts')).expandText);

/** The expansions in a prompt. Most prompts have the last status in them, or nothing. */
export function expandPrompt(shell: Shell, text: string): string | Promise<string> {
  const told = text.replaceAll('$?', String(shell.status));
  return /[`\\]|\$(?! |$)/.test(told) ? expand(shell, text) : told;
}
