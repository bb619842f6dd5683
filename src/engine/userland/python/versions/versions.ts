/** The versions of Python that this interpreter can be, and what each of them has. */

/** The minor version that each thing came with. */
const SINCE = {
  /** `match`. */
  matchStatement: 10,
  /** `except*`. */
  groupHandlers: 11,
  /** `x[*a]`. */
  starredIndex: 11,
  /** `type X = …`, and parameters in brackets behind a name. */
  typeParameters: 12,
  /** `[T = int]`. */
  typeDefaults: 13,
  /** Anything may stand in the braces of an f-string: its own quotes, backslashes, comments, lines. */
  freeFormatStrings: 12,
  /** `int | str` of two classes. */
  unionOperator: 10,
  /** A mistake in a source is marked from its begin to its end. */
  syntaxSpans: 10,
  /** The hint on a forgotten parenthesis is short. */
  shortHints: 10,
  /** All of a source is looked at, before its first mistake is told: open brackets, and what makes no token. */
  wholeSources: 10,
  /** A number ends where it ends: no name may follow. */
  numberEnds: 10,
  /** Tracebacks mark the part of a line that failed. */
  marks: 11,
  /** They mark all lines of it, and of a call what was called apart from what it was called with. */
  callMarks: 13,
  /** `Did you mean` behind names and attributes that are not there. */
  suggestions: 10,
  /** … behind what cannot be imported, for attributes of `self`, and modules that were forgotten. */
  wideSuggestions: 12,
  /** … behind keywords of calls, and for modules of the program's own that hide one of the library. */
  keywordSuggestions: 13,
  /** Comprehensions run in the frame around them. */
  inlinedComprehensions: 12,
  /** Lines of `-c` and of the prompt are shown. */
  typedLines: 13,
  /** Tracebacks are coloured on a terminal, the prompt as well. */
  colours: 13,
  /** The prompt that edits several lines; `exit` without parentheses leaves it. */
  editingPrompt: 13,
  /** A backslash that means nothing is warned of by name. */
  escapeWarnings: 12,
  /** Exceptions of the program's own are named without `__main__`, wherever they are printed. */
  bareNames: 11,
  /** JSON's comma before the end is named. */
  trailingCommas: 13,
  /** Warnings of `is` name the kind of the literal. */
  namedLiterals: 12,
  /** What a decorator does is done in its line, and not in that of the definition. */
  decoratorLines: 11,
  /** Notes on exceptions. */
  notes: 11,
} as const;

export type Feature = keyof typeof SINCE;

export interface Version {
  /** `3.13.11`. */
  readonly text: string;
  /** The 13 of it. */
  readonly minor: number;
  /** `3.13`. */
  readonly short: string;
  readonly has: Readonly<Record<Feature, boolean>>;
  /** When it was built, and with what, as it says itself. */
  readonly build: string;
}

const BUILDS: Readonly<Record<number, string>> = {
  9: '(main, Nov  4 2025, 04:20:51) \n[GCC 14.2.0]',
  13: '(main, Dec  8 2025, 23:38:49) [GCC 14.2.0]',
};
const OTHER_BUILD = '(main, Jan  8 2026, 02:00:00) [GCC 14.2.0]';

/** What a version that is written out is able to do. */
export function versionOf(text: string): Version {
  const [major = '3', second = '0'] = text.split('.');
  const minor = Number(second);
  const has = Object.fromEntries(Object.entries(SINCE).map(([feature, first]) => [feature, minor >= first]));
  return { text, minor, short: `${major}.${second}`, has: has as Version['has'], build: BUILDS[minor] ?? OTHER_BUILD };
}

/** The library of the interpreter's own is written in this one. */
export const NEWEST = versionOf('3.14.2');
