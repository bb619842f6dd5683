/** A function as `declare -f` and `type` write it: bash's own layout of what was read. */
import type { Command, List, Redirect, Word } from '../syntax/ast.ts';

export const describeFunction = (name: string, body: Command): string => `${name} () \n${block(body, 0)}\n`;

const indent = (depth: number): string => '    '.repeat(depth);

/** A function's body always stands in braces. */
function block(body: Command, depth: number): string {
  const inner = body.type === 'group' ? body.body : { items: [{ command: body, isBackground: false, text: '' }] };
  return `${indent(depth)}{ \n${list(inner, depth + 1)}\n${indent(depth)}}`;
}

/** Commands, one to a line; `last`: what ends the last of them. */
function list({ items }: List, depth: number, last = ''): string {
  return items
    .map(({ command, isBackground }, i) => {
      const end = isBackground ? ' &' : i === items.length - 1 ? last : ';';
      return `${indent(depth)}${show(command, depth)}${end}`;
    })
    .join('\n');
}

function show(command: Command, depth: number): string {
  switch (command.type) {
    case 'simple':
      return command.text ?? '';
    case 'own':
      return command.text ?? '';
    case 'and-or':
      return `${show(command.left, depth)} ${command.operator} ${show(command.right, depth)}`;
    case 'pipeline':
      return `${command.isNegated ? '! ' : ''}${command.commands.map((one) => show(one, depth)).join(' | ')}`;
    case 'group':
      return `{ \n${list(command.body, depth + 1)}\n${indent(depth)}}`;
    case 'subshell':
      return `( ${list(command.body, 0).split('\n').join(' ')} )`;
    case 'if':
      return conditional(command, depth);
    case 'while':
      return `${command.isUntil ? 'until' : 'while'} ${inline(command.condition, depth)}; do\n${list(command.body, depth + 1, ';')}\n${indent(depth)}done`;
    case 'for': {
      const words = command.words === null ? '"$@"' : command.words.map(text).join(' ');
      return `for ${command.name} in ${words};\n${indent(depth)}do\n${list(command.body, depth + 1, ';')}\n${indent(depth)}done`;
    }
    case 'case': {
      const items = command.items.map(
        ({ patterns, body, fallsThrough, goesOn }) =>
          `${indent(depth + 1)}${patterns.map(text).join(' | ')})\n${list(body, depth + 2)}\n${indent(depth + 1)}${fallsThrough ? ';&' : goesOn === true ? ';;&' : ';;'}\n`,
      );
      return `case ${text(command.word)} in \n${items.join('')}${indent(depth)}esac`;
    }
    case 'function':
      return `function ${command.name} () \n${block(command.body, depth)}`;
    case 'redirected':
      return `${show(command.command, depth)} ${command.redirects.map(redirect).join(' ')}`;
  }
}

const text = (word: Word): string => word.text ?? word.literal ?? '';

function redirect(one: Redirect): string {
  const isUsual = one.fd === (one.operator.startsWith('<') ? 0 : 1) || one.operator.startsWith('&');
  return `${isUsual ? '' : one.fd}${one.operator}${/&$/.test(one.operator) ? '' : ' '}${text(one.target)}`;
}

const inline = ({ items }: List, depth: number): string => items.map(({ command }) => show(command, depth)).join('; ');

function conditional({ clauses, otherwise }: Extract<Command, { type: 'if' }>, depth: number): string {
  const parts = clauses.map(
    ({ condition, body }, i) =>
      `${i === 0 ? 'if' : 'elif'} ${inline(condition, depth)}; then\n${list(body, depth + 1, ';')}\n${indent(depth)}`,
  );
  const rest = otherwise === null ? '' : `else\n${list(otherwise, depth + 1, ';')}\n${indent(depth)}`;
  return `${parts.join('')}${rest}fi`;
}
