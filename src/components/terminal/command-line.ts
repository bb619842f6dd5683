/**
 * The line at the shell's prompt: edited in a native field, so that input methods, phones and screen readers work, and sent when it is
 * whole. History and completion are the shell's own: the line is handed to it, and read back from the screen. While a program listens,
 * each key goes to it instead; while nobody does, what is typed stays here until somebody does. No DOM but the field.
 */
import type { Keyboard } from '../../engine/machine/types.ts';
import { CONTROLS, type Key, SEARCH, SHELL_KEYS, SIGNALS, sequenceOf } from './keys.ts';

/** What the field needs of the terminal around it. */
export interface LineHost {
  send(text: string, step?: string): void;
  /** What the shell's own line holds, once it has read everything that was sent. Null: it has no line any more. */
  shellLine(): Promise<string | null>;
  /** A line was sent to the shell. */
  onLine(line: string): void;
  /** The field has to be measured again, or other lines wait. */
  onEdit(): void;
  /** Whether the program asked to be told what is pasted. */
  wantsMarkedPaste(): boolean;
  /** Tab was pressed where there is nothing to complete. */
  onIdleTab(): void;
}

/**
 * Who has the keys. `held`: nobody listens (there is no shell yet, or a command runs that reads nothing). `prompt`: the shell waits for
 * a line. `search`: the shell looks through its history, and has every key. `program`: whatever runs has them.
 */
type Phase = 'held' | 'prompt' | 'search' | 'program';

/** A key that waits for the shell, and what was typed before it. */
interface Ahead {
  readonly text: string;
  readonly key: string;
  /** What stands behind the cursor, and is not handed to the shell. */
  readonly rest: string;
  /** The text is all of the line, not what was added to it. */
  readonly isWhole: boolean;
}

const ENTER = '\r';
const INTERRUPT = '\x03';
const END = '\x04';
const KILL_LINE = '\x15';
const ESCAPE = '\x1b';
/** Ends a search at once, where an escape might be the beginning of another key. */
const LEAVE = '\x07';
const PASTE = { begin: '\x1b[200~', end: '\x1b[201~' };
/** On a phone, erasing is noticed by what is missing. */
const SENTINEL = '\u200b';

export class CommandLine {
  readonly #field: HTMLTextAreaElement;
  readonly #host: LineHost;
  readonly #needsSentinel: boolean;
  #phase: Phase = 'held';
  /** The shell has said something. */
  #hasBegun = false;
  /** The prompt asks for the rest of a command. */
  #isContinued = false;
  /** What the shell's own line holds; unknown after others than this field have typed. */
  #shell: string | null = null;
  readonly #ahead: Ahead[] = [];
  /** How the field begins: with what was handed over before, and is still being answered. */
  #handed = '';
  #isHanding = false;
  /** Grows when what was asked of the shell is of no interest any more. */
  #turn = 0;
  /** Escape was the last key: a Tab after it is the browser's, and leaves. */
  #isLeaving = false;

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

  /** Whether the field holds a line, and not the next key of a program. */
  get isEditing(): boolean {
    return this.#phase === 'held' || this.#phase === 'prompt';
  }

  get isAtPrompt(): boolean {
    return this.#phase === 'prompt';
  }

  /** Whether the shell edits its line: then a prompt that is drawn is no new one. */
  get isAtShell(): boolean {
    return this.#phase === 'prompt' || this.#phase === 'search';
  }

  get text(): string {
    return this.#field.value.replaceAll(SENTINEL, '');
  }

  /** The lines that wait for their prompt. */
  get waiting(): readonly string[] {
    return this.#ahead.flatMap(({ text, key }) => (key === ENTER ? [text] : []));
  }

  /** The shell waits for a line. */
  prompt({ isContinued = false } = {}): void {
    this.#hasBegun = true;
    this.#phase = 'prompt';
    this.#isContinued = isContinued;
    void this.#handOver();
  }

  /** Somebody listens to the keys, or nobody. At a prompt that is the shell. */
  listened({ isAwaited, isRaw }: Keyboard): void {
    if (this.isAtShell) return;
    // Whoever wants each key as it comes and is busy has them in a moment; a shell that has just been sent a line has not.
    const phase = isAwaited ? 'program' : isRaw ? this.#phase : 'held';
    if (phase === this.#phase) return;
    this.#phase = phase;
    if (phase === 'program') this.#flush();
    else if (this.text === '') this.#show('');
    this.#host.onEdit();
  }

  /** The shell has ended. */
  closed(): void {
    this.#forget();
    this.#phase = 'program';
    this.#show('');
  }

  /** Another machine, or another time: nothing is left of what was being typed. */
  restart(): void {
    if (!this.#hasBegun) return;
    this.#forget();
    this.#phase = 'held';
    this.#shell = null;
    this.#show('');
  }

  /** Puts a line into the field, to be looked at before it is sent. */
  offer(line: string): void {
    this.#forget();
    this.#show(line);
    this.#field.focus({ preventScroll: true });
  }

  /** Sends a line to the shell. What the field holds stays there. */
  run(line: string): void {
    this.#turn += 1;
    this.#isHanding = false;
    this.#handed = '';
    this.#submit(line);
  }

  #submit(line: string): void {
    this.#phase = 'held';
    this.#shell = '';
    const step = this.#isContinued ? '' : line.trim();
    if (!this.#isContinued) this.#host.onLine(line);
    this.#host.send(`${KILL_LINE}${line}${ENTER}`, step === '' ? undefined : step);
    this.#host.onEdit();
  }

  #forget(): void {
    this.#turn += 1;
    this.#isHanding = false;
    this.#ahead.length = 0;
    this.#handed = '';
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
    const leaves = this.#isLeaving && event.key === 'Tab';
    this.#isLeaving = event.key === 'Escape';
    if (selecting || leaves) return;
    if (this.isEditing ? this.#edit(event) : this.#pass(event)) event.preventDefault();
  }

  /** A key for a program, or for the shell's search. */
  #pass(key: Key): boolean {
    const sequence = sequenceOf(key);
    if (sequence === null) return false;
    if (this.#phase === 'search' && [ENTER, ESCAPE, LEAVE].includes(sequence)) void this.#endSearch(sequence === ENTER);
    else {
      if (this.#phase === 'search' && sequence === INTERRUPT) this.#phase = 'held';
      this.#host.send(sequence);
    }
    return true;
  }

  /** The line that was found is one to be edited, or to be sent as any other. */
  async #endSearch(isSent: boolean): Promise<void> {
    this.#phase = 'prompt';
    this.#host.send(LEAVE);
    this.#shell = null;
    if (isSent) this.#ahead.push({ text: '', key: ENTER, rest: '', isWhole: false });
    await this.#handOver();
  }

  /** A key in the line. False if the field itself has it. */
  #edit(event: KeyboardEvent): boolean {
    const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
    if (key === 'Enter') {
      this.#enter();
      return true;
    }
    if (altKey || metaKey || shiftKey) return false;
    if (ctrlKey) return this.#control(key.toLowerCase());
    const sequence = SHELL_KEYS[key];
    if (sequence === undefined) return false;
    if (key === 'Tab' && this.text === '' && this.#ahead.length === 0) this.#host.onIdleTab();
    else this.#hand(sequence);
    return true;
  }

  #control(key: string): boolean {
    const field = this.#field;
    const { selectionStart: at } = field;
    const text = this.text;
    const [signal, sequence] = [SIGNALS[key], CONTROLS[key]];
    if (signal !== undefined) this.#signal(signal);
    else if (sequence !== undefined) this.#hand(sequence);
    else if (key === 'd' && text === '') this.#hand(END);
    else if (key === 'd') field.setRangeText('', at, Math.min(at + 1, text.length), 'end');
    else if (key === 'a') field.setSelectionRange(0, 0);
    else if (key === 'e') field.setSelectionRange(text.length, text.length);
    else if (key === 'u') field.setRangeText('', 0, at, 'end');
    else if (key === 'k') field.setRangeText('', at, text.length, 'end');
    else if (key === 'w') field.setRangeText('', text.slice(0, at).search(/\S*\s*$/), at, 'end');
    else return false;
    this.#host.onEdit();
    return true;
  }

  /** ^C throws away what was being typed, and what was typed ahead. At the prompt nothing can be stopped. */
  #signal(signal: string): void {
    if (signal !== INTERRUPT && this.#phase === 'prompt') return;
    if (signal === INTERRUPT) {
      this.#forget();
      this.#phase = 'held';
      this.#shell = '';
      this.#show('');
    }
    if (this.#hasBegun) this.#host.send(signal);
  }

  /** The line is whole. */
  #enter(): void {
    const { text, isWhole } = this.#added(this.text);
    this.#ahead.push({ text, key: ENTER, rest: '', isWhole });
    this.#handed = '';
    this.#show('');
    void this.#handOver();
  }

  /** A key for the shell. What stands before the cursor is handed to it with the key, and shown until it has answered. */
  #hand(key: string): void {
    // Nobody can search yet: the letters that follow would be a line.
    if (key === SEARCH && (this.#phase === 'held' || this.#isHanding)) return;
    const at = key === '\t' ? this.#field.selectionStart : this.text.length;
    const [before, rest] = [this.text.slice(0, at), this.text.slice(at)];
    const { text, isWhole } = this.#added(before);
    this.#ahead.push({ text, key, rest, isWhole });
    this.#handed = this.text;
    void this.#handOver();
  }

  /** What the field has beyond what was handed over; all of it, if that was edited since. */
  #added(line: string): Pick<Ahead, 'text' | 'isWhole'> {
    const isWhole = !line.startsWith(this.#handed);
    return { text: isWhole ? line : line.slice(this.#handed.length), isWhole };
  }

  /** Hands the shell what waits for it, one after the other, and shows what became of the line. */
  async #handOver(): Promise<void> {
    if (this.#isHanding || this.#phase !== 'prompt') return;
    this.#isHanding = true;
    const turn = this.#turn;
    let line = this.#shell === null ? await this.#answer() : this.#shell === '' ? '' : null;
    let rest = '';
    while (turn === this.#turn && this.#phase === 'prompt') {
      const next = this.#ahead.shift();
      if (!next) break;
      line = next.isWhole || line === null ? next.text : line + rest + next.text;
      rest = next.rest;
      if (next.key === ENTER || next.key === SEARCH) this.#leave(next.key, line + rest);
      else line = await this.#ask(next.key, line);
    }
    if (turn !== this.#turn) return;
    this.#isHanding = false;
    if (this.#phase === 'prompt') this.#showAnswer(line, rest);
    else this.#host.onEdit();
  }

  /** The line goes to the shell with a key that ends it here. */
  #leave(key: string, line: string): void {
    if (key === ENTER) return this.#submit(line);
    this.#host.send(`${line === this.#shell ? '' : `${KILL_LINE}${line}`}${SEARCH}`);
    this.#phase = 'search';
    this.#handed = '';
    this.#show('');
  }

  /** Makes that the shell's line, and has the shell do something with it. Resolves to what it holds then. */
  async #ask(key: string, line: string): Promise<string | null> {
    this.#host.send(line === this.#shell ? key : `${KILL_LINE}${line}${key}`);
    this.#shell = line;
    return this.#answer();
  }

  async #answer(): Promise<string | null> {
    const turn = this.#turn;
    const line = await this.#host.shellLine();
    if (turn === this.#turn) this.#shell = line ?? '';
    return line;
  }

  /** Null: the shell was not asked, or had nothing to say. */
  #showAnswer(line: string | null, rest: string): void {
    const { text, isWhole } = this.#added(this.text);
    this.#handed = '';
    // Edited otherwise meanwhile: what one sees is what is meant.
    if (line === null || isWhole) return this.#host.onEdit();
    const cursor = line.length + text.length;
    if (this.text !== line + text + rest) this.#show(line + text + rest, cursor);
    else this.#host.onEdit();
  }

  /** Text came into the field. */
  #edited(): void {
    const text = this.#field.value;
    if (!this.isEditing) {
      const isErased = this.#needsSentinel && text === '';
      const typed = text.replaceAll(SENTINEL, '').replaceAll('\n', ENTER);
      this.#show('');
      if (isErased) this.#host.send('\x7f');
      else if (typed !== '') this.#host.send(typed);
    } else if (text.includes('\n')) this.#take(text);
    else this.#host.onEdit();
  }

  /** Several lines run one after the other, each at its prompt. */
  #take(text: string): void {
    const lines = this.#added(text.replaceAll(/\r\n?/g, '\n'));
    const whole = lines.text.split('\n');
    const rest = whole.pop() ?? '';
    for (const [index, line] of whole.entries())
      this.#ahead.push({ text: line, key: ENTER, rest: '', isWhole: index > 0 || lines.isWhole });
    this.#handed = '';
    this.#show(rest);
    void this.#handOver();
  }

  /** Somebody listens who has not: what was typed meanwhile is for them. */
  #flush(): void {
    const waiting = this.#ahead.splice(0).map(({ text, key }) => text + key);
    const { text } = this.#added(this.text);
    this.#handed = '';
    this.#shell = null;
    const isComposing = this.#field.classList.contains('composing');
    const sent = waiting.join('') + (isComposing ? '' : text);
    if (!isComposing) this.#show('');
    if (sent !== '') this.#host.send(sent);
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
    const sent = text.replaceAll(/\r?\n/g, ENTER);
    this.#host.send(this.#host.wantsMarkedPaste() ? `${PASTE.begin}${sent}${PASTE.end}` : sent);
  }
}
