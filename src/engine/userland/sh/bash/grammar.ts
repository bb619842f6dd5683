/** What bash reads beyond POSIX: the pieces of words and the commands that only it has. */
import type { Grammar } from '../syntax/source.ts';
import { parseArithmeticCommand, parseArithmeticFor } from './arithmetic-commands.ts';
import { assignmentOf, readArrayLiteral, readSubscripted } from './assignments.ts';
import { braceWords } from './brace-expansion.ts';
import { parseCondition } from './condition-syntax.ts';
import { readBashExpansion } from './expansion-syntax.ts';
import { readGroup, startsGroup } from './extglob.ts';
import { readProcessSubstitution } from './process-substitution.ts';
import { parseSelect } from './select.ts';
import { parseTime } from './time.ts';

const DECLARES = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);

export const createGrammar = (hasExtglob: () => boolean): Grammar => ({
  redirects: ['<<<', '&>>'],
  declares: DECLARES,
  braces: readBashExpansion,
  assignment: assignmentOf,
  words: braceWords,
  piece(source, out) {
    const char = source.peek();
    if (char === '$' && source.peek(1) === '"') {
      source.next();
      return true;
    }
    if ((char === '<' || char === '>') && source.peek(1) === '(') return readProcessSubstitution(source, out);
    if (char === '(') return readArrayLiteral(source, out);
    if (char === '[') return readSubscripted(source, out);
    return startsGroup(source) && (hasExtglob() || source.readsGroups !== false) && readGroup(source, out);
  },
  compound(parser) {
    const token = parser.peek();
    if (token.kind === 'operator') return token.text === '(' ? parseArithmeticCommand(parser, token) : null;
    if (token.kind !== 'word') return null;
    switch (token.plain) {
      case '[[':
        return parseCondition(parser, token.line);
      case 'for':
        return parseArithmeticFor(parser, token.line);
      case 'select':
        return parseSelect(parser, token.line);
      case 'time':
        return parseTime(parser, token.line);
      default:
        return null;
    }
  },
});
