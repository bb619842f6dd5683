/** A place in a statement of PostgreSQL's. Names are lower case unless quoted. */
import { notSupported, syntaxError } from './errors.ts';
import { tokenize } from './tokens.ts';
import { type Grammar, WordCursor } from './word-cursor.ts';

export type Cursor = WordCursor;

/** Words that cannot be a name or an alias as they are. */
const RESERVED = new Set(
  'all analyse analyze and any array as asc both case cast check collate column constraint create cross current_date current_time current_timestamp current_user default deferrable desc distinct do else end except exists false fetch for foreign from full grant group having in initially inner intersect into is join lateral leading left like ilike limit localtime localtimestamp natural not null offset on only or order outer primary references returning right select session_user set some table then to trailing true union unique user using values when where window with'.split(
    ' ',
  ),
);

const GRAMMAR: Grammar = {
  reserved: RESERVED,
  fail: (text, at, end) => {
    throw syntaxError(text.slice(at, end), at);
  },
  tooDeep: (at) => {
    throw notSupported('a statement nested so deeply', at);
  },
};

export const cursorOver = (text: string, tokens = tokenize(text)): Cursor => new WordCursor(text, tokens, GRAMMAR);
