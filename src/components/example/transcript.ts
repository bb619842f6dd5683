/** The view model of a printed transcript: an example's steps with their commands highlighted. */
import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import shell from 'shiki/langs/shellscript.mjs';
import type { ConsoleStep } from '../../engine/machine/console.ts';

export interface Piece {
  readonly text: string;
  /** What kind of word it is, as a class: string, variable, keyword, comment, flag; plain if empty. */
  readonly kind: string;
}

export interface TranscriptStep {
  readonly command: string;
  readonly pieces: readonly Piece[];
  readonly input: readonly string[];
  readonly output: string;
  readonly status: number;
}

/** Scopes of the grammar that are told apart, by their beginnings; the most particular first. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^comment/, 'comment'],
  [/^(string\.quoted|punctuation\.definition\.string)/, 'string'],
  [/^string/, ''],
  [/^(variable|punctuation\.definition\.(variable|parameter))/, 'variable'],
  [/^(keyword|storage)/, 'keyword'],
  [/^constant\.other\.option/, 'flag'],
];

/** A slow machine must not make another page: by default a line that takes half a second is left half done. */
const NO_LIMIT = 0;

let highlighter: Promise<HighlighterCore> | null = null;

const load = (): Promise<HighlighterCore> => {
  highlighter ??= createHighlighterCore({
    langs: [shell],
    themes: [{ name: 'kinds', type: 'light', settings: [] }],
    engine: createJavaScriptRegexEngine(),
  });
  return highlighter;
};

const kindOf = (scopes: readonly string[]): string => {
  for (const scope of [...scopes].reverse()) {
    const found = KINDS.find(([pattern]) => pattern.test(scope));
    if (found) return found[1];
  }
  return '';
};

export async function highlight(command: string): Promise<readonly Piece[]> {
  const core = await load();
  const lines = core.codeToTokensBase(command, {
    lang: 'shellscript',
    theme: 'kinds',
    includeExplanation: 'scopeName',
    tokenizeTimeLimit: NO_LIMIT,
  });
  const pieces = lines
    .flat()
    .flatMap((token) =>
      (token.explanation ?? []).map(({ content, scopes }) => ({ text: content, kind: kindOf(scopes.map(({ scopeName }) => scopeName)) })),
    );
  const merged: { text: string; kind: string }[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last && last.kind === piece.kind) last.text += piece.text;
    else merged.push({ ...piece });
  }
  return merged;
}

export const transcript = (steps: readonly ConsoleStep[]): Promise<readonly TranscriptStep[]> =>
  Promise.all(
    steps.map(async ({ command, input, output, status }) => ({ command, pieces: await highlight(command), input, output, status })),
  );
