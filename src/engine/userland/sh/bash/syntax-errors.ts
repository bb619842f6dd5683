import type { Shell } from '../shell.ts';
import type { SyntaxFailure, SyntaxProblem } from '../syntax/errors.ts';

/** All that bash says of a mistake in `text`: what it met, and mostly the line that it met it in. */
export function syntaxMessage(shell: Shell, { problem, line }: SyntaxFailure, text: string): string {
  const isPlain = shell.options.interactive && !shell.isScript;
  const origin = shell.builtin === 'eval' ? 'eval: ' : shell.isCommandString && !shell.isScript ? '-c: ' : '';
  const say = (at: number, what: string): string =>
    `${shell.name.replace(/^-(?=\w+$)/, isPlain ? '-' : '')}: ${origin}${isPlain ? '' : `line ${at}: `}${what}`;
  const written = text.split('\n')[line - 1] ?? '';
  const quoted = say(line, `\`${written}'`);
  switch (problem.kind) {
    case 'unterminated-quote':
      return say(line, `unexpected EOF while looking for matching \`${problem.quote}'`);
    case 'unterminated-backquote':
      return say(line, "unexpected EOF while looking for matching ``'");
    case 'missing-brace':
      return say(line, "unexpected EOF while looking for matching `}'");
    case 'missing-parentheses':
      return say(line + 1, "unexpected EOF while looking for matching `)'");
    case 'bad-condition':
      return problem.text.startsWith('syntax') ? `${say(line, problem.text)}\n${quoted}` : say(line, problem.text);
    case 'bad-function-name':
    case 'bad-for-variable':
      return say(line, 'not a valid identifier');
    case 'bad-fd':
      return say(line, `${problem.text}: ambiguous redirect`);
    case 'unexpected':
      return unexpected(problem, { say, line, quoted });
  }
}

function unexpected(
  problem: Extract<SyntaxProblem, { kind: 'unexpected' }>,
  place: { readonly say: (line: number, what: string) => string; readonly line: number; readonly quoted: string },
): string {
  if (problem.token === 'end of file') {
    if (problem.expecting === ')' && problem.written === '$(')
      return place.say(place.line + 1, "unexpected EOF while looking for matching `)'");
    return place.say(place.line + 1, 'syntax error: unexpected end of file');
  }
  const token = problem.token === 'newline' ? 'newline' : (problem.written ?? problem.token);
  return `${place.say(place.line, `syntax error near unexpected token \`${token}'`)}\n${place.quoted}`;
}
