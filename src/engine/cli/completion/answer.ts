/** What completion answers: candidates, and what the shell is to make of them. */
import type { DockerClient } from '../client/index.ts';
import type { ConfigFile } from '../config/config-file.ts';
import type { Io } from '../io.ts';

export interface Candidate {
  readonly word: string;
  readonly about?: string;
}

/** Bits of cobra's directive, which stands behind the candidates as `:N`. */
export const ERROR = 1;
export const NO_SPACE = 2;
export const NO_FILES = 4;
const FILE_ENDINGS = 8;
const DIRECTORIES = 16;
const NAMES: readonly (readonly [number, string])[] = [
  [ERROR, 'Error'],
  [NO_SPACE, 'NoSpace'],
  [NO_FILES, 'NoFileComp'],
  [FILE_ENDINGS, 'FilterFileExt'],
  [DIRECTORIES, 'FilterDirs'],
];

export interface Answer {
  readonly candidates: readonly Candidate[];
  readonly directive: number;
  /** What went wrong, for who looks at standard error. */
  readonly fault?: string;
}

/** The directive in cobra's words. */
export function directiveName(directive: number): string {
  const names = NAMES.filter(([bit]) => (directive & bit) !== 0).map(([, name]) => `ShellCompDirective${name}`);
  return names.length === 0 ? 'ShellCompDirectiveDefault' : names.join(', ');
}

export const wordsOf = (words: Iterable<string>): readonly Candidate[] => [...words].map((word) => ({ word }));
/** These, and no files. */
export const only = (candidates: readonly Candidate[]): Answer => ({ candidates, directive: NO_FILES });
/** Beginnings: what is typed next follows without a space. */
export const open = (words: readonly string[], directive = NO_SPACE): Answer => ({ candidates: wordsOf(words), directive });
export const NOTHING: Answer = only([]);
export const FILES: Answer = { candidates: [], directive: 0 };
export const DIRECTORIES_ONLY: Answer = { candidates: [], directive: DIRECTORIES };
export const FAILED: Answer = { candidates: [], directive: ERROR };
/** Files that end like one of these. */
export const filesEnding = (...endings: readonly string[]): Answer => ({ candidates: wordsOf(endings), directive: FILE_ENDINGS });

/** What a source of candidates may look at. */
export interface Asked {
  readonly io: Io;
  readonly client: () => Promise<DockerClient>;
  readonly config: ConfigFile;
  /** What is being typed: of a flag, its value. */
  readonly word: string;
  /** The command's arguments before it. */
  readonly args: readonly string[];
  /** Flags that were given, by their long names. */
  readonly flags: Readonly<Record<string, unknown>>;
}
