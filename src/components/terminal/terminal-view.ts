/**
 * A live terminal in the page: output is real text (`role="log"`), typing goes through a native field, so that input methods,
 * phones and screen readers work. The screen's state is kept by @xterm/headless, which is loaded with the first terminal.
 */
import type { Terminal } from '@xterm/headless';
import type { WindowSize } from '../../engine/kernel/sys.ts';
import type { Keyboard } from '../../engine/machine/types.ts';
import type { Lab, LabTerminal, TerminalListener } from '../../lab/lab.ts';
import { element } from '../page/element.ts';
import { CommandLine } from './command-line.ts';
import type { Made } from './made.ts';
import { Notice } from './notice.ts';
import { cursorAt, paint, signPrompt, widthOf } from './paint.ts';
import { isInLine, lineAt, Prompts, Redraws } from './prompts.ts';
import { readLine, usedLines } from './screen.ts';
import { meant } from './suggest.ts';
import { terminalWord } from './words.ts';

const SCROLLBACK_LINES = 2000;
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
  onLine?(line: string): void;
  onClosed?(status: number): void;
  /** The reader wants another shell after this one has ended. Without it none is offered. */
  onAnother?(): void;
}

export class TerminalView {
  readonly #root: HTMLElement;
  readonly #log: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #notice = new Notice();
  /** Lines that wait for their prompt. */
  readonly #next: HTMLElement;
  readonly #line: CommandLine;
  readonly #events: TerminalEvents;
  readonly #lines: HTMLElement[] = [];
  readonly #prompts = new Prompts();
  readonly #redraws = new Redraws();
  #isDrawnAnew = false;
  #status = 0;
  /** The column after the last prompt. */
  #column = 0;
  #isNew = false;
  #lastLine = '';
  #screen: Terminal | null = null;
  #terminal: LabTerminal | null = null;
  #drawing = false;
  /** A program that fills the screen has one of its own beside what was printed. */
  #shown: 'normal' | 'alternate' = 'normal';
  #made: Made | null = null;
  /** Lines that are marked. */
  #marked: readonly [from: number, to: number] = [0, 0];
  /** Whoever wants to know what the shell's line holds. */
  readonly #asking: ((line: string | null) => void)[] = [];
  /** What is written to the screen happened before: nobody is told of it, and the terminal answers nothing. */
  #isHistory = true;
  constructor(root: HTMLElement, labels: TerminalLabels, events: TerminalEvents = {}) {
    this.#root = root;
    this.#events = events;
    root.classList.add('dd-term', 'dd-live', 'dd-terminal');
    root.setAttribute('role', 'group');
    root.setAttribute('aria-label', labels.terminal);
    this.#log = element('div', { class: 'lines', role: 'log' });
    this.#field = document.createElement('textarea');
    this.#field.className = 'field';
    this.#field.setAttribute('aria-label', labels.input);
    this.#field.setAttribute('aria-description', terminalWord('leave'));
    for (const name of ['autocapitalize', 'autocomplete', 'autocorrect']) this.#field.setAttribute(name, 'off');
    this.#field.setAttribute('enterkeyhint', 'send');
    this.#field.spellcheck = false;
    this.#field.rows = 1;
    this.#next = element('p', { class: 'next', role: 'status', hidden: true });
    root.replaceChildren(this.#log, this.#field, this.#next, this.#notice.host);
    this.#line = new CommandLine(this.#field, {
      send: (text, step) => this.#terminal?.type(text, step),
      shellLine: () => new Promise((resolve) => this.#asking.push(resolve)),
      onLine: (line) => this.#sent(line),
      onEdit: () => this.#edited(),
      wantsMarkedPaste: () => this.#screen?.modes.bracketedPasteMode ?? false,
      onIdleTab: () => this.#notice.tellWayOut(),
    });
    root.addEventListener('click', (event) => this.#click(event));
  }

  /** Opens (or finds again) the terminal of that name. */
  async open(lab: Lab, name: string): Promise<void> {
    const size = this.#measure();
    this.#terminal = await lab.terminal(name, size, this.#listener(size));
    void this.#tellDeeds(lab);
  }

  /** Makes the screen; what the terminal tells is written to it. */
  async #listener(size: WindowSize): Promise<TerminalListener> {
    const { Terminal } = await import('@xterm/headless');
    const screen = new Terminal({
      cols: size.columns,
      rows: size.rows,
      scrollback: SCROLLBACK_LINES,
      allowProposedApi: true,
      convertEol: false,
      // What a program prints is no fault of ours.
      logLevel: 'off',
    });
    this.#screen = screen;
    screen.onData((answer) => {
      if (!this.#isHistory) this.#terminal?.type(answer);
    });
    screen.onLineFeed(() => this.#prompts.left(screen));
    screen.parser.registerOscHandler(133, (data) => this.#told(data));
    return {
      // After what is still to be drawn: the screen takes its time.
      restart: () => screen.write('', () => this.#restart(screen)),
      output: (bytes) => {
        this.#redraws.read(bytes);
        screen.write(bytes, () => this.#drawSoon());
      },
      live: () => screen.write('', () => this.#live(screen)),
      keyboard: (keyboard, isLatest) =>
        screen.write('', () => {
          if (isLatest()) this.#listened(screen, keyboard);
        }),
      closed: (status) => {
        this.#answer(null);
        this.#line.closed();
        this.#notice.tellEnd(this.#events.onAnother);
        this.#events.onClosed?.(status);
      },
    };
  }

  async #tellDeeds(lab: Lab): Promise<void> {
    const { Made } = await import('./made.ts');
    this.#made = new Made(lab, this.#root, {
      commands: () => {
        const screen = this.#screen;
        return screen ? this.#prompts.beginnings.slice(0, -1).map((prompt) => prompt.typed ?? lineAt(prompt, screen)) : [];
      },
      terminal: () => this.#terminal?.id() ?? null,
      mark: (command) => this.#mark(command === null ? [0, 0] : this.#prompts.linesOf(command)),
    });
    this.#made.changed();
  }

  #mark([from, to]: readonly [number, number]): void {
    for (const line of this.#lines.slice(...this.#marked)) line.classList.remove('made');
    this.#marked = [from, to];
    for (const line of this.#lines.slice(from, to)) line.classList.add('made');
  }

  /** Takes away what was put beside the terminal's own place. */
  close(): void {
    this.#made?.remove();
  }

  /** Sends a line to the shell as if the reader had, with what is typed into it. */
  run(line: string, input: readonly string[] = []): void {
    this.#line.run(line);
    for (const text of input) this.#terminal?.type(`${text}\r`);
  }

  /** Keys for whatever runs. */
  type(text: string): void {
    this.#terminal?.type(text);
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
  }

  #sent(line: string): void {
    this.#lastLine = line;
    const { last } = this.#prompts;
    if (last) last.typed = line;
    this.#suggest(meant(line));
    this.#events.onLine?.(line);
  }

  #restart(screen: Terminal): void {
    this.#isHistory = true;
    this.#prompts.clear();
    this.#status = 0;
    this.#answer(null);
    this.#line.restart();
    this.#notice.clear();
    this.#made?.changed();
    screen.reset();
    this.#drawSoon();
  }

  /** From here on things happen now; a prompt that history ended with is waiting. */
  #live(screen: Terminal): void {
    this.#isHistory = false;
    if (this.#prompts.isAtLast(screen)) this.#prompted();
  }

  #listened(screen: Terminal, keyboard: Keyboard): void {
    this.#line.listened(keyboard);
    const { last } = this.#prompts;
    if (!keyboard.isAwaited) return;
    // A line that the cursor has left was sent.
    this.#answer(last && this.#line.isAtPrompt && isInLine(last, screen) ? lineAt(last, screen) : null);
  }

  #answer(line: string | null): void {
    for (const resolve of this.#asking.splice(0)) resolve(line);
  }

  #prompted(): void {
    const isContinued = this.#prompts.last?.isContinued ?? false;
    this.#line.prompt({ isContinued });
    if (isContinued) return;
    this.#made?.changed();
    // What the reader typed ahead comes first.
    if (this.#line.isAtPrompt) this.#events.onPrompt?.();
  }

  #told(data: string): boolean {
    const [kind, argument] = data.split(';');
    const screen = this.#screen;
    if (!screen) return true;
    if (kind === 'D') this.#isDrawnAnew = this.#redraws.next();
    if (kind === 'B') {
      this.#column = screen.buffer.active.cursorX;
      this.#prompts.drawn(screen);
      if (this.#isNew && !this.#isHistory) this.#prompted();
      this.#isNew = false;
    }
    // A line editor that draws its line again draws the prompt again, in the same place or below: that is no new one.
    if (this.#prompts.isAtLast(screen)) return true;
    if (this.#isHistory ? this.#isDrawnAnew && argument !== 'k=s' : this.#line.isAtShell) {
      const marker = kind === 'A' ? screen.registerMarker(0) : undefined;
      if (marker) this.#prompts.move(marker);
      return true;
    }
    if (kind === 'A') {
      const marker = screen.registerMarker(0);
      if (marker) this.#prompts.add({ marker, status: this.#status, isContinued: argument === 'k=s' });
      this.#isNew = true;
    }
    if (kind === 'D') {
      this.#status = Number(argument ?? 0);
      if (!this.#isHistory) this.#ended(screen);
    }
    return true;
  }

  #ended(screen: Terminal): void {
    const before = Math.max(0, this.#prompts.beginnings.at(-1)?.marker.line ?? 0);
    const { active } = screen.buffer;
    const printed = Array.from({ length: Math.min(20, active.baseY + active.cursorY - before) }, (_, index) =>
      active.getLine(before + index)?.translateToString(true),
    ).join('\n');
    if (this.#lastLine !== '') this.#suggest(meant(this.#lastLine, this.#status, printed));
    this.#lastLine = '';
    this.#events.onCommandEnd?.(this.#status);
  }

  #edited(): void {
    const { waiting } = this.#line;
    this.#next.hidden = waiting.length === 0;
    this.#next.replaceChildren(
      ...(waiting.length > 0 ? [`${terminalWord('next')} `, ...waiting.map((line) => element('code', {}, line))] : []),
    );
    this.#place();
  }

  #suggest(line: string | null): void {
    this.#notice.suggest(line, (chosen) => this.#line.offer(chosen));
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

  #click(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-port]') : null;
    if (link) {
      event.preventDefault();
      void import('../pane/window.ts').then(({ openPane }) =>
        openPane(Number(link.dataset.port), this.#root.closest('figure') ?? this.#root),
      );
    } else if (String(getSelection()) === '' && !(event.target instanceof Element && event.target.closest('a, button'))) {
      this.focus();
      this.#choose(event);
    }
  }

  /** A press on what a command printed chooses it; one beside the text only takes up the line that is being typed. */
  #choose({ target, clientX }: MouseEvent): void {
    const row = this.#lines.findIndex((line) => target instanceof Node && line.contains(target));
    const line = this.#lines[row];
    if (!line) return;
    const text = document.createRange();
    text.selectNodeContents(line);
    if (clientX > text.getBoundingClientRect().right) return;
    const command = this.#prompts.endedAt(row);
    if (command !== null) this.#made?.choose(command);
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
    const { baseY, cursorX, cursorY, length, type } = screen.buffer.active;
    if (type !== this.#shown) for (const line of this.#lines.splice(0)) line.remove();
    this.#shown = type;
    const count = usedLines(screen);
    const nearEnd = this.#root.scrollHeight - this.#root.scrollTop - this.#root.clientHeight < 40;
    for (const line of this.#lines.splice(count)) line.remove();
    // Lines above the screen do not change any more, until there are so many that the first ones are forgotten.
    const isFull = length >= SCROLLBACK_LINES + ROWS;
    for (let index = isFull ? 0 : Math.min(this.#lines.length, baseY); index < count; index++)
      this.#drawLine(screen, index, index === baseY + cursorY ? cursorX : -1);
    if (nearEnd) this.#root.scrollTop = this.#root.scrollHeight;
    this.#place();
  }

  /** The field stands where the cursor is, or holds the whole line after the prompt; and what one types is in view. */
  #place(): void {
    const screen = this.#screen;
    if (!screen) return;
    const { baseY, cursorX, cursorY } = screen.buffer.active;
    const { isEditing, isAtPrompt } = this.#line;
    const prompt = this.#prompts.last;
    // What something in the background printed stands between the prompt and what is typed.
    const isAfterPrompt = isAtPrompt && prompt !== undefined && isInLine(prompt, screen);
    const line = this.#lines[isAfterPrompt ? prompt.marker.line : baseY + cursorY];
    const field = this.#field;
    this.#root.classList.toggle('editing', isEditing);
    const top = this.#log.offsetTop + (line ? line.offsetTop + line.offsetHeight - field.offsetHeight : 0);
    const column = isAfterPrompt ? this.#column : cursorX;
    field.style.insetBlockStart = `${top}px`;
    field.style.insetInlineStart = `calc(var(--dd-4) + ${column}ch)`;
    field.style.inlineSize = isEditing ? `max(${widthOf(this.#line.text) + 2}ch, 100% - ${column}ch - 2 * var(--dd-4))` : '';
    if (document.activeElement !== field) return;
    const { scrollLeft, clientWidth } = this.#root;
    const advance = field.offsetHeight / 2;
    const caret = field.offsetLeft + (isEditing ? widthOf(this.#line.text.slice(0, field.selectionStart)) * advance : 0);
    const wanted = caret + 4 * advance < clientWidth ? 0 : caret - clientWidth + 8 * advance;
    if (caret < scrollLeft || caret + 2 * advance > scrollLeft + clientWidth) this.#root.scrollLeft = wanted;
  }

  #drawLine(screen: Terminal, index: number, cursor: number): void {
    const made = this.#lines[index] ?? this.#log.appendChild(document.createElement('div'));
    this.#lines[index] = made;
    const { runs, text } = readLine(screen, index, cursor + 1);
    const prompt = this.#prompts.at(index, screen);
    const key = `${cursor}|${prompt?.status ?? ''}|${runs.map((run) => `${run.classes}${run.style}:${run.text}`).join('|')}`;
    if (made.dataset.key === key) return;
    made.dataset.key = key;
    made.classList.toggle('prompt', prompt !== undefined);
    if (prompt !== undefined && prompt.status !== 0) made.dataset.exit = `exit ${prompt.status}`;
    else delete made.dataset.exit;
    made.replaceChildren(...paint(runs));
    if (prompt) signPrompt(made);
    if (text === '') made.append('\u200b');
    if (cursor >= 0) made.append(cursorAt(cursor));
  }
}
