/** Here-documents: `<<EOF`, `<<-EOF`, `<<"EOF"`. */
import { expand } from './expand.ts';

export interface Heredoc {
  readonly name: string;
  /** Variables in it are replaced: its name was not quoted. */
  readonly expands: boolean;
  /** Tabs at the beginning of its lines go. */
  readonly chomp: boolean;
  readonly content: string;
}

const NOTHING: ReadonlyMap<string, string> = new Map();
const quotesIn = (text: string): number => text.match(/['"]/g)?.length ?? 0;

/** Reads a word; undefined if it is no here-document. Throws DockerfileError. */
export function parseHeredoc(word: string): Heredoc | undefined {
  const match = /^(\d*)<<(-?)\s*([^<]*)$/.exec(word);
  const rest = match?.[3] ?? '';
  if (!match || rest === '') return undefined;
  const options = { escapeSign: '\\', skipUnset: true };
  const [name, ...more] = expand(rest, NOTHING, options).words;
  const [raw = ''] = expand(rest, NOTHING, { ...options, rawQuotes: true }).words;
  if (name === undefined || more.length > 0) return undefined;
  return { name, expands: quotesIn(name) === quotesIn(raw), chomp: match[2] === '-', content: '' };
}

/** Those that a line announces, in order, still without content. Throws DockerfileError. */
export function heredocsIn(line: string): readonly Heredoc[] {
  const words = wordsOf(line);
  return words.map(parseHeredoc).filter((one) => one !== undefined);
}

function wordsOf(line: string): readonly string[] {
  try {
    return expand(line, NOTHING, { escapeSign: '\\', rawQuotes: true, rawEscapes: true, skipUnset: true }).words;
  } catch {
    // A quote that does not end is no here-document; the shell will say so.
    return [];
  }
}

export const chomped = ({ content, chomp }: Heredoc): string => (chomp ? content.replace(/^\t+/gm, '') : content);
