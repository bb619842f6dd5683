/**
 * The plain-text form of an example: a front matter, files, then commands after `$ ` with what they print.
 *
 *     start: images
 *     after: topic/other-example
 *     -- Dockerfile --
 *     FROM alpine
 *     --
 *     # A comment for the author.
 *     $ docker run --rm alpine cat
 *     > a line typed into it
 *     what it printed
 *     \# a line of output that would be read as something else
 *     ? 1
 */

export interface ConsoleStep {
  /** Comments that stand before the command, without their `# `. */
  readonly comments: readonly string[];
  readonly command: string;
  /** Lines typed into it. */
  readonly input: readonly string[];
  readonly output: string;
  readonly status: number;
}

export interface ConsoleExample {
  readonly start: string;
  readonly images: readonly string[];
  /** The example that it goes on from: played first, on the same machine. */
  readonly after?: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly steps: readonly ConsoleStep[];
}

/** What is wrong with an example's text, and where (lines from 1). */
export class ConsoleSyntaxError extends Error {
  override readonly name = 'ConsoleSyntaxError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

interface Cursor {
  readonly lines: readonly string[];
  index: number;
}

const peek = (cursor: Cursor): string | undefined => cursor.lines[cursor.index];

function parseFile(cursor: Cursor, path: string): { path: string; text: string } {
  const opened = ++cursor.index;
  const body: string[] = [];
  for (let line = peek(cursor); line !== '--'; line = peek(cursor)) {
    if (line === undefined) throw new ConsoleSyntaxError(opened, `the file ${path} has no closing line "--"`);
    body.push(line);
    cursor.index++;
  }
  cursor.index++;
  return { path, text: `${body.join('\n')}\n` };
}

function parseStep(cursor: Cursor, comments: readonly string[]): ConsoleStep {
  const command = (peek(cursor) ?? '').slice(2);
  const [input, output]: [string[], string[]] = [[], []];
  let status = 0;
  cursor.index++;
  for (let line = peek(cursor); line !== undefined && !/^(\$ |# )/.test(line); line = peek(cursor)) {
    if (line.startsWith('> ') && output.length === 0) input.push(line.slice(2));
    else if (/^\? \d+$/.test(line)) status = Number(line.slice(2));
    else output.push(line.startsWith('\\') ? line.slice(1) : line);
    cursor.index++;
  }
  // The blank line that ends the file is the file's, not the last command's.
  if (peek(cursor) === undefined && output.at(-1) === '') output.pop();
  return { comments, command, input, output: output.map((line) => `${line}\n`).join(''), status };
}

/** Throws ConsoleSyntaxError on a line that belongs nowhere. */
export function parseConsole(text: string): ConsoleExample {
  const cursor: Cursor = { lines: text.split('\n'), index: 0 };
  const head = new Map<string, string>();
  const files: { path: string; text: string }[] = [];
  const steps: ConsoleStep[] = [];
  let comments: string[] = [];
  for (let line = peek(cursor); line !== undefined; line = peek(cursor)) {
    const assignment = /^([a-z]+): (.*)$/.exec(line);
    const file = /^-- (.+) --$/.exec(line);
    if (line.startsWith('$ ')) {
      steps.push(parseStep(cursor, comments));
      comments = [];
    } else if (line.startsWith('# ')) comments.push(line.slice(2));
    else if (steps.length === 0 && file) files.push(parseFile(cursor, file[1] ?? ''));
    else if (steps.length === 0 && assignment) head.set(assignment[1] ?? '', assignment[2] ?? '');
    else if (line !== '') throw new ConsoleSyntaxError(cursor.index + 1, `"${line}" is neither a command ("$ …") nor a comment ("# …")`);
    if (!line.startsWith('$ ') && !file) cursor.index++;
  }
  const after = head.get('after');
  return {
    ...(after !== undefined && { after }),
    start: head.get('start') ?? 'empty',
    images: (head.get('images') ?? '').split(/\s+/).filter((word) => word !== ''),
    files,
    steps,
  };
}

/** Output that would be read as a line of another kind; what was typed stands before all output. */
const AMBIGUOUS = /^(\$ |# |\? \d+$|\\)/;
const isAmbiguous = (line: string, index: number): boolean => AMBIGUOUS.test(line) || (index === 0 && line.startsWith('> '));

/** The text of an example; `parseConsole` of it gives the example again. */
export function printConsole({ start, images, after, files, steps }: ConsoleExample): string {
  const head = `start: ${start}\n${images.length > 0 ? `images: ${images.join(' ')}\n` : ''}${after === undefined ? '' : `after: ${after}\n`}`;
  const listed = files.map(({ path, text }) => `-- ${path} --\n${text}--\n`).join('');
  const played = steps.map(({ comments, command, input, output, status }) => {
    const before = comments.map((comment) => `# ${comment}\n`).join('');
    const typed = input.map((line) => `> ${line}\n`).join('');
    const printed = output
      .split('\n')
      .map((line, index) => (isAmbiguous(line, index) ? `\\${line}` : line))
      .join('\n');
    return `${before}$ ${command}\n${typed}${printed}${status === 0 ? '' : `? ${status}\n`}`;
  });
  return `${head}${listed}${played.join('')}`;
}
