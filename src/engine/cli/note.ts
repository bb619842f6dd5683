/** Notes beside a command's output: `Info` before the first line, the others below it. Upstream: docker/cli internal/tui. */
import type { Output } from './output.ts';

const PLAIN = ' Info -> ';
const FANCY = '\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m';
const INDENT = ' '.repeat(PLAIN.length);
const BOLD = 1;
const ITALIC = 3;

/** On a terminal, text in a style that a terminal knows by number. */
export const styled = (out: Output, style: number, text: string): string => (out.isTerminal ? `\x1b[${style}m${text}\x1b[0m` : text);

export async function printNote(out: Output, text: string): Promise<void> {
  const shown = text.replaceAll('--platform', styled(out, BOLD, '--platform'));
  const [first = '', ...others] = shown.split('\n').map((line) => styled(out, ITALIC, line));
  await out.text(`\n${out.isTerminal ? FANCY : PLAIN}${first}\n${others.map((line) => `${INDENT}${line}\n`).join('')}`);
}
