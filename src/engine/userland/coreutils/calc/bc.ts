/** `bc`: GNU's and busybox's, which differ in their words for mistakes. */
import { decode, readAll } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { CalcError } from './decimal.ts';
import { BadSyntax, parse } from './parse.ts';
import { Calculator } from './run.ts';

const SPEC = {
  short: 'hilqsvw',
  long: { mathlib: 'l', quiet: 'q', standard: 's', warn: 'w', interactive: 'i' },
  usage: '[-sqlw] [FILE]...',
  package: '1.07.1',
};

export const bc: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const calculator = new Calculator({
    print: (text) => tool.out.write(text),
    turn: () => tool.sys.turn(),
    hasLibrary: options.has('l'),
  });
  for (const path of options.operands) {
    const text = await readFile(tool, path);
    if (text === undefined) return 1;
    if (!(await calculate(tool, calculator, { text, name: path }))) return tool.status;
  }
  await calculate(tool, calculator, { text: decode(await readAll(tool.sys, 0)), name: '(standard_in)' });
  return tool.status;
};

async function readFile(tool: Tool, path: string): Promise<string | undefined> {
  let text: string | undefined;
  const cannot = tool.isBusybox
    ? (reason: string): string => `can't open '${path}': ${reason}`
    : (): string => `File ${path} is unavailable.`;
  await tool.attempt(() => {
    text = decode(tool.sys.path.readFile(path));
  }, cannot);
  return text;
}

interface Source {
  readonly text: string;
  readonly name: string;
}

/** Line by line, as it is read, so that what comes before a mistake still counts; false once it was told to quit. */
async function calculate(tool: Tool, calculator: Calculator, { text, name }: Source): Promise<boolean> {
  for (const { piece, line } of pieces(text)) {
    try {
      if (!(await calculator.run(parse(piece)))) return false;
    } catch (error) {
      const isSyntax = error instanceof BadSyntax;
      if (!isSyntax && !(error instanceof CalcError)) throw error;
      await tool.out.flush();
      if (tool.isBusybox) {
        await tool.complain(error.message);
        return false;
      }
      await complain(tool, isSyntax ? `${name} ${line + error.line - 1}: syntax error` : runtime(error));
    }
  }
  return true;
}

const runtime = ({ message }: Error): string => `Runtime error: ${message.charAt(0).toUpperCase()}${message.slice(1)}`;

/** GNU's bc names the place instead of itself, and goes on. */
async function complain(tool: Tool, message: string): Promise<void> {
  await tool.out.flush();
  await tool.sys.write(2, new TextEncoder().encode(`${message}\n`));
}

/** Lines, joined while brackets are open, a string or comment is, or a backslash ends one. */
function pieces(text: string): readonly { readonly piece: string; readonly line: number }[] {
  const found: { piece: string; line: number }[] = [];
  let open: { piece: string; line: number } | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    open = { piece: open === undefined ? line : `${open.piece}\n${line}`, line: open?.line ?? at + 1 };
    if (isWhole(open.piece)) {
      found.push(open);
      open = undefined;
    }
  }
  return open === undefined ? found : [...found, open];
}

function isWhole(piece: string): boolean {
  const bare = piece.replace(/"[^"]*"|\/\*[\s\S]*?\*\/|#[^\n]*/g, '');
  const depth = bare.split(/[{(]/).length - bare.split(/[})]/).length;
  return (
    depth <= 0 &&
    !/"|\/\*/.test(bare) &&
    !bare.endsWith('\\') &&
    !/\b(else|if\s*\([^)]*\)|while\s*\([^)]*\)|for\s*\([^)]*\)|define[^{]*)\s*$/.test(bare)
  );
}
