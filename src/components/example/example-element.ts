/** `<drydock-example>`: turns the printed transcript into a live terminal when the reader runs it. */
import { fetchLab, startMachine, whenLab } from '../page/machine.ts';
import { touchWord } from '../page/touch-words.ts';
import type { TerminalView } from '../terminal/terminal-view.ts';
import { type Command, createPlayer, type Player } from './player.ts';

const INTERRUPT = '\x03';
const COPIED_MS = 1200;

/** The examples of a page share its machine, and often its files: they play one after the other. */
let turn: Promise<unknown> = Promise.resolve();
const inTurn = (act: () => Promise<void>): Promise<void> => {
  const mine = turn.then(act);
  turn = mine.catch(() => {});
  return mine;
};

class DrydockExample extends HTMLElement {
  #player: Player | null = null;
  #view: TerminalView | null = null;
  #opening: Promise<void> | null = null;
  #hasFiles = false;
  #wasPlayed = false;
  readonly #waiting: (() => void)[] = [];
  /** Asked for, and not over: the machine starts, another example has its turn, or this one is playing. */
  #due: Promise<void> | null = null;
  #isGivenUp = false;
  /** Which shell it is: one that was left is followed by another. */
  #shell = 1;

  connectedCallback(): void {
    const run = this.querySelector<HTMLButtonElement>('[data-run]');
    if (!run) return;
    run.addEventListener('click', () => (this.#due && !this.#isGivenUp ? this.#stop() : void this.#play(0)));
    for (const one of this.querySelectorAll<HTMLElement>('[data-from]'))
      one.addEventListener('click', () => void this.#play(Number(one.dataset.from), 1));
    for (const rest of this.querySelectorAll<HTMLElement>('[data-rest]'))
      rest.addEventListener('click', () => void this.#play(Number(rest.dataset.rest)));
    for (const copy of this.querySelectorAll<HTMLElement>('[data-copy]')) copy.addEventListener('click', () => void this.#copy(copy));
    whenLab((lab) => {
      lab.onReset(() => {
        this.#close();
        this.#shell = 1;
      });
      lab.onKnownTerminal((name) => {
        const [, shell] = name.split(this.#base);
        if (!name.startsWith(this.#base) || !/^(:\d+)?$/.test(shell ?? '')) return;
        this.#shell = Number(shell?.slice(1) || 1);
        this.#hasFiles = true;
        this.#wasPlayed = true;
        this.#opening ??= this.#open();
        void this.#opening.then(() => this.#show());
      });
    });
    // Prediction and examples are one question: the answer's button plays this.
    this.addEventListener('drydock-run', () => void this.#play(0));
  }

  get #base(): string {
    return `example:${this.dataset.name}`;
  }

  get #terminal(): string {
    return this.#shell === 1 ? this.#base : `${this.#base}:${this.#shell}`;
  }

  async #copy(button: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? '');
    } catch {
      // The clipboard is closed to this page: the command is chosen, so that a key copies it.
      const command = button.closest('.row')?.querySelector('.cmd');
      if (command) getSelection()?.selectAllChildren(command);
      return;
    }
    button.textContent = '✓';
    setTimeout(() => {
      button.textContent = '⧉';
    }, COPIED_MS);
  }

  /** Plays all of it to its end, unless it was played on this machine. */
  async playFirst(): Promise<void> {
    if (!this.#wasPlayed) await (this.#due ?? this.#play(0));
  }

  /** Plays from that command on, when it is its turn. */
  #play(from: number, count?: number): Promise<void> {
    if (this.#due && this.#isGivenUp) return this.#due.then(() => this.#play(from, count));
    if (this.#player?.playing) this.#player.play(from, count);
    if (!this.#due) this.#isGivenUp = false;
    this.#due ??= this.#prepare(from, count).finally(() => {
      this.#due = null;
      this.#show();
      this.dispatchEvent(new Event('drydock-played'));
    });
    this.#show();
    return this.#due;
  }

  async #prepare(from: number, count?: number): Promise<void> {
    const hand = document.activeElement;
    const before = this.dataset.after && document.querySelector(`drydock-example[data-name="${this.dataset.after}"]`);
    if (!this.#wasPlayed && before instanceof DrydockExample) await before.playFirst();
    this.#opening ??= this.#open();
    this.#view?.focus();
    await this.#opening;
    if (document.activeElement === hand || document.activeElement === document.body) this.#view?.focus();
    await inTurn(async () => {
      if (this.#isGivenUp) return;
      await this.#writeFiles();
      this.#wasPlayed = true;
      this.#player?.play(from, count);
      this.#show();
      if (this.#player?.playing) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    });
  }

  /** What is played, and what would be. */
  #stop(): void {
    this.#isGivenUp = true;
    this.#player?.stop();
    this.#show();
  }

  /** What it starts from, once: a file that the reader has changed since stays as it is. */
  async #writeFiles(): Promise<void> {
    if (this.#hasFiles || this.dataset.files === undefined) return;
    this.#hasFiles = true;
    const [lab, { HOME, writeHost }] = await Promise.all([fetchLab(), import('../files/host-files.ts')]);
    const encoder = new TextEncoder();
    for (const { path, text } of JSON.parse(this.dataset.files) as { path: string; text: string }[])
      await writeHost(lab, `${HOME}/${path}`, encoder.encode(text));
  }

  async #open(): Promise<void> {
    const [lab, { TerminalView }, { pageWord }] = await Promise.all([
      startMachine(),
      import('../terminal/terminal-view.ts'),
      import('../page/words.ts'),
    ]);
    const place = this.querySelector<HTMLElement>('[data-terminal]');
    const printed = this.querySelector<HTMLElement>('[data-printed]');
    if (!place || !printed) return;
    printed.hidden = true;
    place.hidden = false;
    this.querySelector<HTMLElement>('[data-live]')?.removeAttribute('hidden');
    const view = new TerminalView(
      place,
      { terminal: `${pageWord('terminal')} ${this.dataset.name}`, input: pageWord('commandLine') },
      { onPrompt: () => this.#player?.prompt(), onLine: () => this.#player?.busy(), onClosed: () => this.#shellEnded() },
    );
    this.#view = view;
    this.#player = createPlayer(
      JSON.parse(this.dataset.commands ?? '[]') as Command[],
      { run: ({ command, input }) => view.run(command, input), interrupt: () => view.type(INTERRUPT) },
      () => this.#show(),
    );
    await view.open(lab, this.#terminal);
  }

  /** The reader has left it: the print is what there is, and the next run begins with another shell. */
  #shellEnded(): void {
    this.#close();
    this.#shell += 1;
    this.#hasFiles = true;
    this.#wasPlayed = true;
  }

  /** The machine is a fresh one: the print is what there is again. */
  #close(): void {
    this.#opening = null;
    this.#hasFiles = false;
    this.#wasPlayed = false;
    this.#isGivenUp = true;
    this.#player = null;
    this.#view?.close();
    this.#view = null;
    const place = this.querySelector<HTMLElement>('[data-terminal]');
    const printed = this.querySelector<HTMLElement>('[data-printed]');
    if (place) place.hidden = true;
    if (printed) printed.hidden = false;
    this.querySelector<HTMLElement>('[data-live]')?.setAttribute('hidden', '');
    this.#show();
  }

  #show(): void {
    const label = this.querySelector('[data-run] span');
    const path = this.querySelector('[data-run] path');
    if (!this.#player?.playing) for (const done of this.#waiting.splice(0)) done();
    const playing = this.#due !== null && !this.#isGivenUp;
    if (label) label.textContent = touchWord(playing ? 'stop' : this.#player ? 'runAgain' : 'run');
    path?.setAttribute('d', playing ? 'M1 1h8v8H1z' : 'M1 0l9 5-9 5z');
  }
}

customElements.define('drydock-example', DrydockExample);
