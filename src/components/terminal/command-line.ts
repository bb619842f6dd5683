/**
 * The line at the shell's prompt: edited in a native field, so that input methods, phones and screen readers work, and sent when it is
 * whole. History and completion are the shell's own: the line is handed to it, and read back from the screen. While a program runs, each
 * key goes to it instead. No DOM but the field.
 */
import { type Key, sequenceOf } from './keys.ts';

/** What the field needs of the terminal around it. */
export interface LineHost {
  send(text: string, step?: string): void;
  /** What the shell's own line holds, once the screen is quiet; with `answers`, once something came at all. Null: it was sent. */
  shellLine(answers: boolean): Promise<string | null>;
  /** A line was sent to the shell. */
  onLine(line: string): void;
  /** The field has to be measured again. */
  onEdit(): void;
  /** Whether the program asked to be told what is pasted. */
  wantsMarkedPaste(): boolean;
}

const KILL_LINE = '\x15';
const PASTE = { begin: '\x1b[200~', end: '\x1b[201~' };
/** Pasted lines go to whatever runs when it neither ended nor said anything for so long. */
const IMPATIENT_MS = 1500;
/** On a phone, erasing is noticed by what is missing. */
const SENTINEL = '\u200b';
/** Keys that the shell answers by drawing its line anew. */
const SHELL_KEYS: Readonly<Record<string, string>> = { ArrowUp: '\x1b[A', ArrowDown: '\x1b[B', Tab: '\t' };

export class CommandLine {
  readonly #field: HTMLTextAreaElement;
  readonly #host: LineHost;
  /** The shell has not said anything yet: what is typed waits for its first prompt. */
  #isOpening = true;
  #isAtPrompt = false;
  /** The prompt asks for the rest of a command. */
  #isContinued = false;
  /** The shell looks through its history, and has every key. */
  #isSearching = false;
  /** What the shell's own line holds. */
  #shell = '';
  #isAsking = false;
  readonly #pasted: string[] = [];
  /** What was begun after the last pasted line. */
  #draft = '';
  #impatient: ReturnType<typeof setTimeout> | undefined;
  #needsSentinel = false;

  constructor(field: HTMLTextAreaElement, host: LineHost) {
    this.#field = field;
    this.#host = host;
    this.#needsSentinel = matchMedia('(pointer: coarse)').matches;
    field.addEventListener('keydown', (event) => this.#press(event));
    field.addEventListener('paste', (event) => this.#paste(event));
    field.addEventListener('compositionstart', () => field.classList.add('composing'));
    field.addEventListener('compositionend', () => {
      field.classList.remove('composing');
      this.#edited();
    });
    field.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent && event.isComposing)) this.#edited();
      else host.onEdit();
    });
  }

  /** Whether the field holds the shell's line, and not the next key of a program. */
  get isEditing(): boolean {
    return this.#isOpening || (this.#isAtPrompt && !this.#isSearching);
  }

  get text(): string {
    return this.#field.value.replaceAll(SENTINEL, '');
  }

  /** The shell waits for a line. What was typed ahead is in it already. */
  async prompt({ isContinued = false } = {}): Promise<void> {
    if (this.#isOpening) this.#draft = this.text;
    this.#isOpening = false;
    this.#isAtPrompt = true;
    this.#isContinued = isContinued;
    this.#isSearching = false;
    clearTimeout(this.#impatient);
    if (this.#pasted.length > 0) return this.#next();
    const draft = this.#draft;
    this.#draft = '';
    if (draft !== '') this.#show(draft);
    else await this.#pull({ typed: '' });
  }

  /** Something came: what was typed ahead is in the shell's line by now, and whatever runs is not waiting for lines. */
  stirred(): void {
    if (!this.#isAtPrompt && this.#pasted.length > 0) this.#wait();
    if (this.isEditing && !this.#isAsking && this.text === this.#shell) void this.#pull({ typed: this.text });
  }

  /** The shell was found at work: what was typed meanwhile is for whatever runs. */
  found(): void {
    if (!this.#isOpening) return;
    const { text } = this;
    this.busy();
    this.#flush();
    if (text !== '') this.#host.send(text);
  }

  /** Nothing waits for a line. */
  busy(): void {
    this.#isOpening = false;
    this.#isAtPrompt = this.#isContinued = false;
    this.#isSearching = false;
    this.#show('');
  }

  /** Another machine, or another time: nothing is left of what was being typed. */
  restart(): void {
    if (this.#isOpening) return;
    this.#pasted.length = 0;
    this.#draft = this.#shell = '';
    this.busy();
  }

  /** Puts a line into the field, to be looked at before it is sent. */
  offer(line: string): void {
    this.#show(line);
    this.#field.focus({ preventScroll: true });
  }

  /** Sends that line in place of what the field holds. */
  submit(line: string): void {
    this.#isAtPrompt = false;
    this.#shell = '';
    this.#show('');
    const step = this.#isContinued ? '' : line.trim();
    if (!this.#isContinued) this.#host.onLine(line);
    this.#host.send(`${KILL_LINE}${line}\r`, step === '' ? undefined : step);
  }

  #show(text: string, cursor = text.length): void {
    this.#field.value = text === '' && this.#needsSentinel && !this.isEditing ? SENTINEL : text;
    if (text !== '') this.#field.setSelectionRange(cursor, cursor);
    this.#host.onEdit();
  }

  #press(event: KeyboardEvent): void {
    // An input method has the key, and its text comes when it is done.
    if (event.isComposing || event.keyCode === 229) return;
    const selecting = event.ctrlKey && event.key.toLowerCase() === 'c' && String(getSelection()) !== '';
    if (selecting) return;
    const take = this.#isOpening ? this.#open(event) : this.isEditing ? this.#edit(event) : this.#pass(event);
    if (take) event.preventDefault();
  }

  /** A key before there is a shell. False if the field itself has it. */
  #open({ key }: KeyboardEvent): boolean {
    if (key !== 'Enter') return false;
    this.#pasted.push(this.text);
    this.#show('');
    return true;
  }

  /** A key for a program. */
  #pass(key: Key): boolean {
    const sequence = sequenceOf(key);
    if (sequence === null) return false;
    this.#host.send(sequence);
    if (this.#isSearching && ['\r', '\x1b', '\x03', '\x07'].includes(sequence)) void this.#endSearch(sequence);
    return true;
  }

  async #endSearch(sequence: string): Promise<void> {
    this.#isSearching = false;
    if (sequence !== '\r') await this.#pull({ typed: '', answers: true });
    else this.busy();
  }

  /** A key in the line. False if the field itself has it. */
  #edit(event: KeyboardEvent): boolean {
    const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
    if (key === 'Enter') {
      this.submit(this.text);
      return true;
    }
    const shellKey = SHELL_KEYS[key];
    if (shellKey !== undefined && !ctrlKey && !altKey && !metaKey && !shiftKey) {
      void this.#askShell(shellKey, key === 'Tab');
      return true;
    }
    return ctrlKey && !altKey && !metaKey && !shiftKey && this.#control(key.toLowerCase());
  }

  #control(key: string): boolean {
    const field = this.#field;
    const { selectionStart: at } = field;
    const text = this.text;
    if (key === 'c') {
      this.#shell = '';
      this.#show('');
      this.#host.send('\x03');
    } else if (key === 'd') {
      if (text === '') this.#host.send('\x04');
      else field.setRangeText('', at, Math.min(at + 1, text.length), 'end');
    } else if (key === 'l') this.#host.send('\x0c');
    else if (key === 'r') void this.#search();
    else if (key === 'a') field.setSelectionRange(0, 0);
    else if (key === 'e') field.setSelectionRange(text.length, text.length);
    else if (key === 'u') field.setRangeText('', 0, at, 'end');
    else if (key === 'k') field.setRangeText('', at, text.length, 'end');
    else if (key === 'w') field.setRangeText('', text.slice(0, at).search(/\S*\s*$/), at, 'end');
    else if (key === 'p') void this.#askShell('\x1b[A', false);
    else if (key === 'n') void this.#askShell('\x1b[B', false);
    else return false;
    this.#host.onEdit();
    return true;
  }

  /** Makes the shell's line what the field holds before the cursor, and has the shell do something with it. */
  async #askShell(key: string, keepsRest: boolean): Promise<void> {
    const at = this.#field.selectionStart;
    const [before, after] = keepsRest ? [this.text.slice(0, at), this.text.slice(at)] : [this.text, ''];
    this.#host.send(before === this.#shell ? key : `${KILL_LINE}${before}${key}`);
    this.#shell = before;
    await this.#pull({ typed: this.text, after, answers: true });
  }

  async #search(): Promise<void> {
    this.#host.send(`${this.text === this.#shell ? '' : `${KILL_LINE}${this.text}`}\x12`);
    this.#isSearching = true;
    this.#show('');
  }

  /** Reads the shell's line into the field. `typed`: what the field held; whatever is there beyond that was typed meanwhile, and stays. */
  async #pull({ typed, after = '', answers = false }: { typed: string; after?: string; answers?: boolean }): Promise<void> {
    this.#isAsking = true;
    const line = await this.#host.shellLine(answers);
    this.#isAsking = false;
    if (!this.isEditing) return;
    if (line === null) {
      const meanwhile = this.text.slice(typed.length);
      this.busy();
      if (meanwhile !== '') this.#host.send(meanwhile);
      return;
    }
    this.#shell = line;
    // Edited otherwise meanwhile: what one sees is what is meant.
    if (!this.text.startsWith(typed)) return;
    const more = this.text.slice(typed.length);
    if (this.text !== line + more + after) this.#show(line + more + after, line.length + more.length);
  }

  /** Text came into the field. */
  #edited(): void {
    const text = this.#field.value;
    if (!this.isEditing) {
      const isErased = this.#needsSentinel && text === '';
      const typed = text.replaceAll(SENTINEL, '').replaceAll('\n', '\r');
      this.#show('');
      if (isErased) this.#host.send('\x7f');
      else if (typed !== '') this.#host.send(typed);
    } else if (text.includes('\n')) this.#take(text);
    else this.#host.onEdit();
  }

  /** Several lines run one after the other, each at its prompt. */
  #take(text: string): void {
    const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
    const rest = lines.pop() ?? '';
    this.#pasted.push(...lines);
    this.#draft = rest;
    if (this.#isOpening) this.#show(rest);
    else this.#next();
  }

  #next(): void {
    const line = this.#pasted.shift();
    if (line === undefined) return;
    this.submit(line);
    if (this.#pasted.length > 0) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#impatient);
    this.#impatient = setTimeout(() => this.#flush(), IMPATIENT_MS);
  }

  /** What was sent last waits for lines itself: it has the rest. */
  #flush(): void {
    for (const line of this.#pasted.splice(0)) this.#host.send(`${line}\r`);
  }

  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (this.isEditing) {
      if (!/[\r\n]/.test(text)) return;
      event.preventDefault();
      const field = this.#field;
      field.setRangeText(text.replaceAll(/\r\n?/g, '\n'), field.selectionStart, field.selectionEnd, 'end');
      this.#take(field.value);
      return;
    }
    event.preventDefault();
    const sent = text.replaceAll(/\r?\n/g, '\r');
    this.#host.send(this.#host.wantsMarkedPaste() ? `${PASTE.begin}${sent}${PASTE.end}` : sent);
  }
}
