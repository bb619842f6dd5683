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
const MIN_COLUMNS = 40;
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
  onClosed?(status: number): void;
}

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
    screen.onData((answer) => this.#terminal?.type(answer));
    screen.parser.registerOscHandler(133, (data) => this.#mark(data));
    this.#terminal = await lab.terminal(name, size, {
      output: (bytes) => screen.write(bytes, () => this.#drawSoon()),
      closed: (status) => this.#events.onClosed?.(status),
    });
  }

  type(text: string): void {
    this.#terminal?.type(text);
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
  }

  #mark(data: string): boolean {
    const [kind, status] = data.split(';');
    if (kind === 'A') {
      const marker = this.#screen?.registerMarker(0);
      if (marker) this.#prompts.push({ marker, status: this.#status });
      this.#events.onPrompt?.();
    }
    if (kind === 'D') {
      this.#status = Number(status ?? 0);
      this.#events.onCommandEnd?.(this.#status);
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
    field.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      const selecting = event.ctrlKey && event.key.toLowerCase() === 'c' && String(getSelection()) !== '';
      const sequence = selecting ? null : sequenceOf(event);
      if (sequence === null) return;
      event.preventDefault();
      this.type(sequence);
    });
    const send = (): void => {
      if (field.value !== '') this.type(field.value.replaceAll('\n', '\r'));
      field.value = '';
    };
    field.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent && event.isComposing)) send();
    });
    field.addEventListener('compositionend', send);
    this.#root.addEventListener('click', () => {
      if (String(getSelection()) === '') this.focus();
    });
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
    const line = this.#lines[baseY + cursorY];
    this.#field.style.insetBlockStart = `${line ? line.offsetTop + line.offsetHeight - this.#field.offsetHeight : 0}px`;
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
