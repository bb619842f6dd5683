/** A place in a statement of MySQL's. Names are as they are written. */
import { type Grammar, WordCursor } from '../../../sql/word-cursor.ts';
import { notSupported, syntaxError } from '../errors.ts';
import { lineOf, tokenize } from './tokens.ts';

export type Cursor = WordCursor;

/** Words that cannot be a name or an alias as they are. */
const RESERVED = new Set(
  'add all alter analyze and as asc before between bigint binary blob both by call cascade case change char character check collate column condition constraint continue convert create cross cube cume_dist current_date current_time current_timestamp current_user cursor database databases decimal default delayed delete desc describe distinct distinctrow div double drop dual each else elseif empty enclosed escaped except exists exit explain false fetch float for force foreign from fulltext function generated get grant group grouping groups having high_priority if ignore in index infile inner inout insert int integer intersect interval into is iterate join json_table key keys kill lag last_value lateral lead leading leave left like limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority match mediumblob mediumint mediumtext mod natural not null numeric of on optimize option optionally or order out outer outfile over partition precision primary procedure purge range rank read reads real recursive references regexp release rename repeat replace require restrict return revoke right rlike row row_number rows schema schemas select separator set show signal smallint spatial sql ssl starting stored straight_join system table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar virtual when where while window with write xor zerofill'.split(
    ' ',
  ),
);

const GRAMMAR: Grammar = {
  reserved: RESERVED,
  fail: (text, at) => {
    throw syntaxError(text.slice(at), lineOf(text, at));
  },
  tooDeep: () => {
    throw notSupported('a statement nested so deeply');
  },
};

export const cursorOver = (text: string): Cursor => new WordCursor(text, tokenize(text), GRAMMAR);
