/** What the keys of the line editor do that type nothing: history, search, completion, and the keys of `line-keys.ts`. */
import type { EditResult, LineEditor } from './editor.ts';
import type { Key } from './keys.ts';
import { apply } from './line-keys.ts';
import { textWidth } from './width.ts';

/** Null: the line is still being edited. */
export async function handle(editor: LineEditor, key: Key): Promise<EditResult | null> {
  const wasTab = editor.lastWasTab;
  editor.lastWasTab = key === 'tab';
  if (key !== 'last-word') editor.words = null;
  if (editor.search !== null && (await searching(editor, key))) return null;
  const { line, options } = editor;
  switch (key) {
    case 'enter':
      return editor.finish({ kind: 'line', text: line.text }, '\n');
    case 'interrupt':
      return editor.finish({ kind: 'interrupted' }, `^C${options.onInterrupt()}`);
    case 'end-of-file':
      if (line.chars.length === 0) return editor.finish({ kind: 'end' }, options.endText);
      apply(line, 'delete');
      break;
    case 'up':
      recall(editor, -1);
      break;
    case 'down':
      recall(editor, 1);
      break;
    case 'first-line':
      recall(editor, -editor.historyAt);
      break;
    case 'last-line':
      recall(editor, options.history.length - editor.historyAt);
      break;
    case 'last-word':
      insertLastWord(editor);
      break;
    case 'clear':
      await editor.write('\x1b[H\x1b[J');
      editor.row = 0;
      break;
    case 'search':
      editor.search = '';
      break;
    case 'tab':
      return complete(editor, wasTab);
    default:
      // Text is the search's, which ends with every other key.
      if (typeof key !== 'string' || !apply(line, key)) return null;
  }
  await editor.draw();
  return null;
}

/** The last word of the line before; again: of the one before that. */
function insertLastWord(editor: LineEditor): void {
  const { history } = editor.options;
  const line = editor.line;
  const again = editor.words !== null && line.beforeCursor.endsWith(editor.words.word);
  const back = again ? (editor.words?.back ?? 0) + 1 : 1;
  const word = history.at(-back)?.trim().split(/\s+/).at(-1);
  if (word === undefined || back > history.length) return;
  for (let i = again ? (editor.words?.word.length ?? 0) : 0; i > 0; i -= 1) apply(line, 'backspace');
  line.insert(word);
  editor.words = { word, back };
}

function recall(editor: LineEditor, by: number): void {
  const { history } = editor.options;
  const at = editor.historyAt + by;
  if (at < 0 || at > history.length) return;
  if (editor.historyAt === history.length) editor.draft = editor.line.text;
  editor.historyAt = at;
  editor.line.replace(history[at] ?? editor.draft);
}

/** Keys while searching back through history. False: the search is over, and the key means what it always does. */
async function searching(editor: LineEditor, key: Key): Promise<boolean> {
  const query = editor.search ?? '';
  if (typeof key !== 'string') editor.search = query + key.text;
  else if (key === 'backspace') editor.search = query.slice(0, -1);
  else if (key === 'search') find(editor, query, editor.historyAt - 1);
  else {
    editor.search = null;
    await editor.draw();
    return key === 'escape';
  }
  if (key !== 'search') find(editor, editor.search ?? '', editor.options.history.length - 1);
  await editor.draw();
  return true;
}

function find(editor: LineEditor, query: string, from: number): void {
  const { history } = editor.options;
  for (let i = Math.min(from, history.length - 1); i >= 0; i -= 1) {
    const entry = history[i] ?? '';
    if (!entry.includes(query)) continue;
    editor.historyAt = i;
    editor.line.replace(entry);
    return;
  }
}

/** Completes as far as it is certain; a second tab shows what there is to choose. */
async function complete(editor: LineEditor, wasTab: boolean): Promise<null> {
  const line = editor.line;
  const completion = await editor.options.complete(line.beforeCursor);
  if (completion.insert !== '') {
    for (const char of [completion.insert]) line.insert(char);
    await editor.draw();
  } else if (completion.choices.length > 1 && wasTab) {
    await editor.write(`\n${inColumns(editor, completion.choices)}`);
    editor.row = 0;
    await editor.draw();
  } else if (completion.choices.length !== 1) await editor.write('\x07');
  return null;
}

function inColumns(editor: LineEditor, choices: readonly string[]): string {
  const width = Math.max(...choices.map(textWidth)) + 2;
  const perRow = Math.max(1, Math.floor(editor.columns() / width));
  const rows = Math.ceil(choices.length / perRow);
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const cells = choices.filter((_, i) => i % rows === row);
    lines.push(cells.map((cell, i) => (i === cells.length - 1 ? cell : cell + ' '.repeat(width - textWidth(cell)))).join(''));
  }
  return `${lines.join('\n')}\n`;
}
