import { clusters } from './width.ts';

/** The line being edited: characters (each with its marks) and a cursor between them. Pure; the editor draws it, `line-keys.ts` edits it. */
export class EditedLine {
  chars: string[] = [];
  cursor = 0;
  killed: readonly string[] = [];
  readonly undone: { readonly chars: readonly string[]; readonly cursor: number }[] = [];

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

  /** Changes it in a way that can be undone. */
  change(edit: () => void): void {
    const before = { chars: [...this.chars], cursor: this.cursor };
    edit();
    if (before.chars.join('') !== this.text) this.undone.push(before);
  }
}
