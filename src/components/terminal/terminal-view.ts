/**
 * A live terminal in the page: output is real text (`role="log"`), typing goes through a native field, so that input methods,
 * phones and screen readers work. The screen's state is kept by @xterm/headless, which is loaded with the first terminal.
 */
import type { IMarker, Terminal } from '@xterm/headless';
import type { WindowSize } from '../../engine/kernel/sys.ts';
import type { Lab, LabTerminal } from '../../lab/lab.ts';
import { sequenceOf } from './keys.ts';
import { readLine, usedLines } from './screen.ts';

const SCROLLBACK_LINES = 5000;
/** Docker's tables are wide; a narrower part is scrolled sideways, as its printed transcript is. */
const MIN_COLUMNS = 132;
const MAX_COLUMNS = 240;
const ROWS = 20;

export interface TerminalLabels {
  readonly terminal: string;
  readonly input: string;
}

/** What the shell says of itself between the lines: a prompt is waiting, a command ended with a status (OSC 133). */
export interface TerminalEvents {
  onPrompt?(): void;
  onCommandEnd?(status: number): void;
  /** The reader sent a line. */
  onLine?(): void;
  onClosed?(status: number): void;
}

const PASTE = { begin: '\x1b[200~', end: '\x1b[201~' };

export class TerminalView {
  readonly #root: HTMLElement;
  readonly #log: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #events: TerminalEvents;
  readonly #lines: HTMLElement[] = [];
  /** Where the shell's prompts stand, and the status of the command before each. */
  readonly #prompts: { readonly marker: IMarker; readonly status: number }[] = [];
  #status = 0;
  #screen: Terminal | null = null;
  #terminal: LabTerminal | null = null;
  #drawing = false;
  /** What is written to the screen happened before: nobody is told of it, and the terminal answers nothing. */
  #isHistory = true;

  constructor(root: HTMLElement, labels: TerminalLabels, events: TerminalEvents = {}) {
    this.#root = root;
    this.#events = events;
    root.classList.add('dd-term', 'dd-live', 'dd-terminal');
    root.setAttribute('role', 'group');
    root.setAttribute('aria-label', labels.terminal);
    this.#log = document.createElement('div');
    this.#log.className = 'lines';
    this.#log.setAttribute('role', 'log');
    this.#field = document.createElement('textarea');
    this.#field.className = 'field';
    this.#field.setAttribute('aria-label', labels.input);
    for (const name of ['autocapitalize', 'autocomplete', 'autocorrect']) this.#field.setAttribute(name, 'off');
    this.#field.spellcheck = false;
    this.#field.rows = 1;
    root.replaceChildren(this.#log, this.#field);
    this.#listen();
  }

  /** Opens (or finds again) the terminal of that name. */
  async open(lab: Lab, name: string): Promise<void> {
    const { Terminal } = await import('@xterm/headless');
    const size = this.#measure();
    const screen = new Terminal({
      cols: size.columns,
      rows: size.rows,
      scrollback: SCROLLBACK_LINES,
      allowProposedApi: true,
      convertEol: false,
    });
    this.#screen = screen;
    screen.onData((answer) => {
      if (!this.#isHistory) this.#terminal?.type(answer);
    });
    screen.parser.registerOscHandler(133, (data) => this.#mark(data));
    this.#terminal = await lab.terminal(name, size, {
      restart: () => this.#restart(screen),
      output: (bytes) => screen.write(bytes, () => this.#drawSoon()),
      live: () => screen.write('', () => this.#live(screen)),
      closed: (status) => this.#events.onClosed?.(status),
    });
  }

  type(text: string): void {
    this.#terminal?.type(text);
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
  }

  #restart(screen: Terminal): void {
    this.#isHistory = true;
    this.#prompts.length = 0;
    this.#status = 0;
    screen.reset();
    this.#drawSoon();
  }

  /** From here on things happen now; a prompt that history ended with is waiting. */
  #live(screen: Terminal): void {
    this.#isHistory = false;
    if (this.#isAtPrompt(screen)) this.#events.onPrompt?.();
  }

  #isAtPrompt({ buffer: { active } }: Terminal): boolean {
    const last = this.#prompts.at(-1);
    return last !== undefined && !last.marker.isDisposed && last.marker.line === active.baseY + active.cursorY;
  }

  #mark(data: string): boolean {
    const [kind, status] = data.split(';');
    const screen = this.#screen;
    // A line editor that draws its line again draws the prompt again, in the same place: that is no new one.
    if (!screen || this.#isAtPrompt(screen)) return true;
    if (kind === 'A') {
      const marker = screen.registerMarker(0);
      if (marker) this.#prompts.push({ marker, status: this.#status });
      if (!this.#isHistory) this.#events.onPrompt?.();
    }
    if (kind === 'D') {
      this.#status = Number(status ?? 0);
      if (!this.#isHistory) this.#events.onCommandEnd?.(this.#status);
    }
    return true;
  }

  /** As many columns as fit; output is not wrapped again when the window changes later. */
  #measure(): WindowSize {
    const probe = document.createElement('span');
    probe.textContent = 'M'.repeat(10);
    this.#log.append(probe);
    const width = probe.getBoundingClientRect().width / 10;
    probe.remove();
    const columns = Math.floor(this.#log.clientWidth / (width || 8)) - 1;
    return { columns: Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, columns)), rows: ROWS };
  }

  #listen(): void {
    const field = this.#field;
    field.addEventListener('keydown', (event) => this.#press(event));
    field.addEventListener('paste', (event) => this.#paste(event));
    field.addEventListener('compositionstart', () => field.classList.add('composing'));
    field.addEventListener('compositionend', () => {
      field.classList.remove('composing');
      this.#send();
    });
    field.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent && event.isComposing)) this.#send();
    });
    this.#root.addEventListener('click', () => {
      if (String(getSelection()) === '') this.focus();
    });
  }

  #press(event: KeyboardEvent): void {
    // An input method has the key, and its text comes when it is done.
    if (event.isComposing) return;
    const selecting = event.ctrlKey && event.key.toLowerCase() === 'c' && String(getSelection()) !== '';
    const sequence = selecting ? null : sequenceOf(event);
    if (sequence === null) return;
    event.preventDefault();
    if (sequence === '\r') this.#events.onLine?.();
    this.type(sequence);
  }

  /** Each line is sent as if it was typed, unless the program asked to be told what is pasted. */
  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain').replaceAll(/\r?\n/g, '\r') ?? '';
    event.preventDefault();
    if (text.includes('\r')) this.#events.onLine?.();
    this.type(this.#screen?.modes.bracketedPasteMode ? `${PASTE.begin}${text}${PASTE.end}` : text);
  }

  #send(): void {
    const text = this.#field.value.replaceAll('\n', '\r');
    this.#field.value = '';
    if (text === '') return;
    if (text.includes('\r')) this.#events.onLine?.();
    this.type(text);
  }

  #drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  #draw(): void {
    const screen = this.#screen;
    if (!screen) return;
    const { baseY, cursorX, cursorY } = screen.buffer.active;
    const count = usedLines(screen);
    const nearEnd = this.#root.scrollHeight - this.#root.scrollTop - this.#root.clientHeight < 40;
    for (const line of this.#lines.splice(count)) line.remove();
    // Lines above the screen do not change any more.
    for (let index = Math.min(this.#lines.length, baseY); index < count; index++)
      this.#drawLine(screen, index, index === baseY + cursorY ? cursorX : -1);
    if (nearEnd) this.#root.scrollTop = this.#root.scrollHeight;
    this.#follow(this.#lines[baseY + cursorY], cursorX);
  }

  /** The field stands where the cursor is, so that an input method writes there; and the cursor is in view while one types. */
  #follow(line: HTMLElement | undefined, column: number): void {
    const field = this.#field;
    const top = line ? line.offsetTop + line.offsetHeight - field.offsetHeight : 0;
    field.style.insetBlockStart = `${top}px`;
    field.style.insetInlineStart = `calc(var(--dd-4) + ${column}ch)`;
    if (document.activeElement !== field) return;
    const { offsetLeft, offsetWidth } = field;
    const { scrollLeft, clientWidth } = this.#root;
    const wanted = offsetLeft + 2 * offsetWidth < clientWidth ? 0 : offsetLeft - clientWidth + 4 * offsetWidth;
    if (offsetLeft < scrollLeft || offsetLeft + 2 * offsetWidth > scrollLeft + clientWidth) this.#root.scrollLeft = wanted;
  }

  #drawLine(screen: Terminal, index: number, cursor: number): void {
    const element = this.#lines[index] ?? this.#log.appendChild(document.createElement('div'));
    this.#lines[index] = element;
    const { runs, text } = readLine(screen, index, cursor + 1);
    const prompt = this.#prompts.find(({ marker }) => marker.line === index);
    const key = `${cursor}|${prompt?.status ?? ''}|${runs.map((run) => `${run.classes}:${run.text}`).join('|')}`;
    if (element.dataset.key === key) return;
    element.dataset.key = key;
    element.classList.toggle('prompt', prompt !== undefined);
    if (prompt !== undefined && prompt.status !== 0) element.dataset.exit = `exit ${prompt.status}`;
    else delete element.dataset.exit;
    element.replaceChildren(...runs.map((run) => span(run.text, `${run.classes}${run.wide ? ' w' : ''}`)));
    if (text === '') element.append('​');
    if (cursor >= 0) element.append(cursorAt(cursor));
  }
}

function span(text: string, classes: string): HTMLElement | Text {
  if (classes === '') return document.createTextNode(text);
  const element = document.createElement('span');
  element.className = classes.trim();
  element.textContent = text;
  return element;
}

function cursorAt(column: number): HTMLElement {
  const cursor = document.createElement('i');
  cursor.className = 'cursor';
  cursor.style.insetInlineStart = `${column}ch`;
  cursor.setAttribute('aria-hidden', 'true');
  return cursor;
}
