/** The line of keys at the foot of the terminal while `up` is attached. Upstream: compose cmd/formatter/shortcut.go. */
import type { Io } from '../../io.ts';
import type { Output } from '../../output.ts';
import type { Watcher } from '../watch/watcher.ts';

const KEY = '\x1b[1;38;2;0;0;0;48;2;255;255;255m';
const item = (key: string, text: string): string => `${KEY}${key}\x1b[0m\x1b[2m ${text}\x1b[0m`;
const keys = (isWatching: boolean): string => [item('w', `${isWatching ? 'Disable' : 'Enable'} Watch`), item('d', 'Detach')].join('   ');
const NOT_CONFIGURED =
  '\x1b[1;36mWatch →\x1b[0m  watch is not yet configured. Learn more: \x1b[36mhttps://docs.docker.com/compose/file-watch/\x1b[0m';
const LINES = 2;
const ESCAPE_C = 3;

export interface Pressed {
  readonly interrupt: () => void;
  readonly detach: () => void;
  /** Absent: nothing can be watched. */
  readonly watcher?: Watcher | undefined;
}

export class Menu {
  readonly #io: Io;
  readonly #out: Output;
  #shown = true;
  #note = '';
  #pressed: Pressed | undefined;

  constructor(io: Io, out: Output) {
    this.#io = io;
    this.#out = out;
  }

  /** Output that leaves the line of keys where it is. */
  around(to: Output): Output {
    const text = async (piece: string): Promise<void> => {
      if (this.#shown) await this.#out.text(this.#clear());
      await to.text(piece);
      if (this.#shown) await this.draw();
    };
    return { ...to, text, line: (line) => text(`${line}\n`) };
  }

  async draw(): Promise<void> {
    const { rows } = this.#out.stream.size();
    const note = this.#note === '' ? '' : `\x1b[${rows - 1};1H\x1b[K${this.#note}`;
    await this.#out.text(
      `${this.#clear()}${'\n'.repeat(LINES)}\x1b[${LINES}A\x1b[0G\x1b7${note}\x1b[${rows};1H\x1b[K${keys(this.#pressed?.watcher?.isOn === true)}\x1b8`,
    );
  }

  /** Takes it away for good. */
  async close(): Promise<void> {
    if (this.#shown) await this.#out.text(this.#clear());
    this.end();
  }

  /** No more of it; what stands there stays. */
  end(): void {
    this.#shown = false;
    this.#io.stdin.setMode({ canonical: true, echo: true, signals: true });
  }

  /** Reads keys as they are pressed. */
  listen(pressed: Pressed): void {
    this.#pressed = pressed;
    this.#io.stdin.setMode({ canonical: false, echo: false, signals: false });
    this.#io.spawn(async () => {
      for (let keys = await this.#io.stdin.read(); keys !== null; keys = await this.#io.stdin.read()) {
        for (const key of keys) {
          if (key === ESCAPE_C) pressed.interrupt();
          if (!this.#shown) continue;
          if (String.fromCharCode(key) === 'd') pressed.detach();
          if (String.fromCharCode(key) === 'w') await this.#toggleWatch();
        }
      }
    });
  }

  async #toggleWatch(): Promise<void> {
    const watcher = this.#pressed?.watcher;
    if (watcher === undefined) this.#note = NOT_CONFIGURED;
    else if (watcher.isOn) await watcher.stop();
    else await watcher.start();
    await this.draw();
  }

  #clear(): string {
    return '\x1b[0G\x1b[J';
  }
}
