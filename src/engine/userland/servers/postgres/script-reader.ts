/** Cuts what is typed into statements and backslash commands, as psql does while it reads. */

/** What is open: `-` a statement, `(` a parenthesis, `'` a string, `"` a name, `*` a comment, `$` a dollar string. */
export type Incomplete = '' | '-' | '(' | "'" | '"' | '*' | '$';

export class ScriptReader {
  readonly #variables: ReadonlyMap<string, string>;
  #text = '';

  constructor(variables: ReadonlyMap<string, string>) {
    this.#variables = variables;
  }

  get incomplete(): Incomplete {
    return this.#text.trim() === '' ? '' : scan(this.#text).open;
  }

  /** What is left at the end: a statement without a semicolon. */
  rest(): string {
    return this.#text.trim();
  }

  /** Takes a line; gives what is whole now. */
  push(line: string): readonly string[] {
    if (this.#text.trim() === '' && /^\s*\\/.test(line)) return [line.trim()];
    this.#text += `${this.#text === '' ? '' : '\n'}${this.#replaced(line)}`;
    const pieces: string[] = [];
    for (let { end } = scan(this.#text); end >= 0; end = scan(this.#text).end) {
      const piece = this.#text.slice(0, end).trim();
      const isCommand = this.#text[end] === '\\';
      if (isCommand) {
        const command = this.#text.slice(end).trim();
        this.#text = '';
        pieces.push(...(/^\\(g|gx|;)\b/.test(command) ? [`${piece};`] : [...(piece === '' ? [] : [`${piece};`]), command]));
        break;
      }
      if (piece.replace(/;$/, '').trim() !== '') pieces.push(piece);
      this.#text = this.#text.slice(end);
      if (this.#text.trim() === '') this.#text = '';
    }
    return pieces;
  }

  /** `:name`, `:'name'` and `:"name"`. */
  #replaced(line: string): string {
    return line.replace(/(?<![:\w])(:)(?:'(\w+)'|"(\w+)"|(\w+))/g, (whole, _colon, literal?: string, quoted?: string, plain?: string) => {
      const value = this.#variables.get(literal ?? quoted ?? plain ?? '');
      if (value === undefined) return whole;
      if (literal !== undefined) return `'${value.replaceAll("'", "''")}'`;
      return quoted === undefined ? value : `"${value}"`;
    });
  }
}

/** Where the first statement ends (after its semicolon, or at a backslash), or -1; and what is open then. */
function scan(text: string): { readonly end: number; readonly open: Incomplete } {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const rest = text.slice(i);
    const char = text[i] ?? '';
    const dollar = /^\$\w*\$/.exec(rest)?.[0];
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, i + 1);
      if (end < 0) return { end: -1, open: char };
      i = end;
    } else if (rest.startsWith('--')) {
      const end = text.indexOf('\n', i);
      if (end < 0) return { end: -1, open: depth > 0 ? '(' : '-' };
      i = end;
    } else if (rest.startsWith('/*')) {
      const end = text.indexOf('*/', i);
      if (end < 0) return { end: -1, open: '*' };
      i = end + 1;
    } else if (dollar !== undefined) {
      const end = text.indexOf(dollar, i + dollar.length);
      if (end < 0) return { end: -1, open: '$' };
      i = end + dollar.length - 1;
    } else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ';' && depth <= 0) return { end: i + 1, open: '' };
    else if (char === '\\') return { end: i, open: '' };
  }
  return { end: -1, open: depth > 0 ? '(' : '-' };
}
