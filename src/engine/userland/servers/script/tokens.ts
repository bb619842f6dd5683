/** The words of a script, of either language. */
import { ScriptError } from './errors.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'symbol' | 'newline' | 'end';
  readonly text: string;
}

const SYMBOLS = /^(?:===|!==|\*\*|\/\/|==|!=|<=|>=|=>|&&|\|\||\+\+|--|\+=|-=|[-+*/%<>=!?:.,;()[\]{}])/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };
export const unescaped = (text: string): string => text.replace(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char);

export function tokenize(source: string, language: 'javascript' | 'python'): readonly Token[] {
  const tokens: Token[] = [];
  const comment = language === 'python' ? /^#[^\n]*/ : /^(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/)/;
  for (let rest = source; rest !== ''; ) {
    const [, prefix = '', quoted] = /^(f?)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)/.exec(rest) ?? [];
    const skip = /^[ \t\r]+/.exec(rest)?.[0] ?? comment.exec(rest)?.[0];
    const number = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?/i.exec(rest)?.[0];
    const name = /^[A-Za-z_$][\w$]*/.exec(rest)?.[0];
    const symbol = SYMBOLS.exec(rest)?.[0];
    const take = (kind: Token['kind'], raw: string, text = raw): void => {
      tokens.push({ kind, text });
      rest = rest.slice(raw.length);
    };
    if (skip !== undefined) rest = rest.slice(skip.length);
    else if (rest.startsWith('\n')) take('newline', '\n');
    else if (quoted !== undefined && (prefix === '' || language === 'python')) {
      const isTemplate = quoted.startsWith('`') || prefix === 'f';
      take(isTemplate ? 'template' : 'string', prefix + quoted, isTemplate ? quoted.slice(1, -1) : unescaped(quoted.slice(1, -1)));
    } else if (number !== undefined) take('number', number);
    else if (name !== undefined) take('name', name);
    else if (symbol !== undefined) take('symbol', symbol);
    else throw new ScriptError('SyntaxError', 'Invalid or unexpected token');
  }
  return [...tokens, { kind: 'end', text: '' }];
}
