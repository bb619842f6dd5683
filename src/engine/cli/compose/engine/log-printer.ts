/** Lines of several containers, each with its container's name in front. Upstream: compose cmd/formatter/logs.go. */

import { showRfc3339Nano } from '../../formatter/time.ts';
import type { Io, OutputStream } from '../../io.ts';
import type { Output } from '../../output.ts';
import { decodeText } from '../../text.ts';

const COLOURS = ['36', '33', '32', '35', '34', '36;1', '33;1', '32;1', '35;1', '34;1'];

/** How the watch is called among the containers. */
const WATCH = '#watch';

export interface LogOptions {
  readonly colour: boolean;
  readonly prefix: boolean;
  /** The time of each line as it is printed. */
  readonly timestamps?: boolean;
}

export class LogPrinter {
  readonly #io: Io;
  readonly #outputs: { readonly out: Output; readonly err: Output };
  readonly #options: LogOptions;
  readonly #colours = new Map<string, string>();
  #width = 0;

  constructor(io: Io, outputs: { readonly out: Output; readonly err: Output }, options: LogOptions) {
    this.#io = io;
    this.#outputs = outputs;
    this.#options = options;
  }

  /** Makes room for a container's name; the order decides its colour. Its first line does as much. */
  register(name: string): void {
    if (this.#colours.has(name)) return;
    this.#colours.set(name, COLOURS[this.#colours.size % COLOURS.length] ?? '36');
    this.#width = Math.max(this.#width, name.length);
  }

  /** Streams that print what is written to them, line by line; `end` prints what has no end of line. */
  streams(name: string): { readonly stdout: OutputStream; readonly stderr: OutputStream; end(): Promise<void> } {
    const [stdout, stderr] = [this.#lines(name, this.#outputs.out), this.#lines(name, this.#outputs.err)];
    const end = async (): Promise<void> => {
      await stdout.end();
      await stderr.end();
    };
    return { stdout: stdout.stream, stderr: stderr.stream, end };
  }

  /** That a container has ended, with the line that the cursor is in cleared. */
  async status(name: string, text: string): Promise<void> {
    this.register(name);
    await this.#outputs.out.text(this.#paint(name, `\x1b[K${name} ${text}\n`));
  }

  /** Where is told what is watched: the first line makes room for it. */
  watch(): OutputStream {
    const { out } = this.#outputs;
    const write = async (bytes: Uint8Array): Promise<void> => {
      this.#width = Math.max(this.#width, WATCH.length);
      const mark = this.#options.prefix ? `${' '.repeat(this.#width + 1)} ⦿ ` : '';
      const prefix = this.#options.colour && mark !== '' ? `\x1b[92m${mark}\x1b[0m` : mark;
      const lines = decodeText(bytes).replace(/\n$/, '').split('\n');
      await out.text(lines.map((line) => `${prefix}${this.#time()}${line}\n`).join(''));
    };
    return { ...out.stream, isTerminal: false, write, size: () => out.stream.size() };
  }

  #time(): string {
    return this.#options.timestamps === true ? `${showRfc3339Nano(this.#io.clock.nowNs())} ` : '';
  }

  #paint(name: string, text: string): string {
    return this.#options.colour ? `\x1b[${this.#colours.get(name)}m${text}\x1b[0m` : text;
  }

  #lines(name: string, to: Output): { readonly stream: OutputStream; end(): Promise<void> } {
    let rest = '';
    const print = async (line: string): Promise<void> => {
      this.register(name);
      const prefix = this.#options.prefix ? this.#paint(name, `${name.padEnd(this.#width + 1)} | `) : '';
      await to.text(`${prefix}${this.#time()}${line}\n`);
    };
    const write = async (bytes: Uint8Array): Promise<void> => {
      const lines = (rest + decodeText(bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) await print(line.replace(/\r$/, ''));
    };
    const end = async (): Promise<void> => {
      if (rest !== '') await print(rest);
      rest = '';
    };
    return { stream: { ...to.stream, isTerminal: to.isTerminal, write, size: () => to.stream.size() }, end };
  }
}
