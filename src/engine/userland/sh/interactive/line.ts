import type { Key } from './keys.ts';
import { clusters } from './width.ts';

/** The line being edited: characters (each with its marks) and a cursor between them. Pure; the editor draws it. */
export class EditedLine {
  chars: string[] = [];
  cursor = 0;
  #killed: string[] = [];
  readonly #undone: { readonly chars: readonly string[]; readonly cursor: number }[] = [];

  get text(): string {
    return this.chars.join('');
  }

  get beforeCursor(): string {
    return this.chars.slice(0, this.cursor).join('');
  }

  replace(text: string): void {
    this.chars = clusters(text);
    this.cursor = this.chars.length;
  }

  insert(text: string): void {
    // A mark that is typed belongs to the character before it.
    const before = clusters(this.beforeCursor + text);
    this.chars = [...before, ...this.chars.slice(this.cursor)];
    this.cursor = before.length;
  }

  /** Removes what lies between the cursor and `to`. */
  #remove(to: number): string[] {
    const start = Math.min(this.cursor, to);
    const removed = this.chars.splice(start, Math.abs(to - this.cursor));
    this.cursor = start;
    return removed;
  }

  #kill(to: number): void {
    if (to !== this.cursor) this.#killed = this.#remove(to);
  }

  #wordLeft(): number {
    let i = this.cursor;
    while (i > 0 && this.chars[i - 1] === ' ') i -= 1;
    while (i > 0 && this.chars[i - 1] !== ' ') i -= 1;
    return i;
  }

  #wordRight(): number {
    let i = this.cursor;
    while (i < this.chars.length && this.chars[i] === ' ') i += 1;
    while (i < this.chars.length && this.chars[i] !== ' ') i += 1;
    return i;
  }

  /** Applies an editing key. False if it is none. */
  apply(key: Key): boolean {
    if (key === 'undo') {
      const before = this.#undone.pop();
      if (before !== undefined) Object.assign(this, { chars: [...before.chars], cursor: before.cursor });
      return true;
    }
    const before = { chars: [...this.chars], cursor: this.cursor };
    const isKey = this.#applied(key);
    if (isKey && before.chars.join('') !== this.text) this.#undone.push(before);
    return isKey;
  }

  #applied(key: Key): boolean {
    if (typeof key !== 'string') {
      this.insert(key.text);
      return true;
    }
    switch (key) {
      case 'left':
        this.cursor = Math.max(0, this.cursor - 1);
        break;
      case 'right':
        this.cursor = Math.min(this.chars.length, this.cursor + 1);
        break;
      case 'home':
        this.cursor = 0;
        break;
      case 'end':
        this.cursor = this.chars.length;
        break;
      case 'word-left':
        this.cursor = this.#wordLeft();
        break;
      case 'word-right':
        this.cursor = this.#wordRight();
        break;
      case 'backspace':
        this.#remove(Math.max(0, this.cursor - 1));
        break;
      case 'delete':
        this.#remove(Math.min(this.chars.length, this.cursor + 1));
        break;
      case 'kill-end':
        this.#kill(this.chars.length);
        break;
      case 'kill-start':
        this.#kill(0);
        break;
      case 'kill-word':
        this.#kill(this.#wordLeft());
        break;
      case 'kill-next-word':
        this.#kill(this.#wordRight());
        break;
      case 'yank':
        this.insert(this.#killed.join(''));
        break;
      case 'upper':
      case 'lower':
      case 'capital':
        this.#recase(key);
        break;
      case 'transpose':
        this.#transpose();
        break;
      default:
        return false;
    }
    return true;
  }

  #recase(how: 'upper' | 'lower' | 'capital'): void {
    const word = this.#remove(this.#wordRight()).join('');
    const [, blanks = '', first = '', rest = ''] = /^( *)(.?)(.*)$/su.exec(word) ?? [];
    this.insert(
      blanks + (how === 'lower' ? first.toLowerCase() : first.toUpperCase()) + (how === 'upper' ? rest.toUpperCase() : rest.toLowerCase()),
    );
  }

  #transpose(): void {
    const at = Math.min(this.cursor, this.chars.length - 1);
    const [left, right] = [this.chars[at - 1], this.chars[at]];
    if (left === undefined || right === undefined) return;
    this.chars.splice(at - 1, 2, right, left);
    this.cursor = at + 1;
  }
}
