/** What sed has in hand while it goes over its input: the lines, the two spaces, where output goes. */
import { isErrno } from '../../../kernel/errno.ts';
import { LineReader, type Output } from '../../program-io.ts';
import type { Tool } from '../../tool.ts';
import type { Command } from './script.ts';

/** The files' lines one after the other, with one line of foresight: `$` must be known. */
export class Input {
  readonly #tool: Tool;
  readonly #paths: string[];
  #reader: LineReader | null = null;
  #fd = -1;
  #ahead: { line: string; terminated: boolean } | null = null;
  number = 0;

  constructor(tool: Tool, paths: readonly string[]) {
    this.#tool = tool;
    this.#paths = [...paths];
  }

  async start(): Promise<void> {
    this.#ahead = await this.#read();
  }

  get isLast(): boolean {
    return this.#ahead === null;
  }

  async next(): Promise<{ line: string; terminated: boolean } | null> {
    const line = this.#ahead;
    if (line === null) return null;
    this.#ahead = await this.#read();
    this.number += 1;
    return line;
  }

  async #read(): Promise<{ line: string; terminated: boolean } | null> {
    for (;;) {
      if (this.#reader === null && !(await this.#open())) return null;
      try {
        const line = (await this.#reader?.next()) ?? null;
        if (line !== null) return { line, terminated: this.#reader?.terminated ?? true };
      } catch (error) {
        if (!isErrno(error)) throw error;
        await this.#tool.complain(this.#tool.isBusybox ? `read error: ${error.message}` : `couldn't read: ${error.message}`, 2);
      }
      if (this.#fd > 0) this.#tool.sys.fds.close(this.#fd);
      this.#reader = null;
    }
  }

  async #open(): Promise<boolean> {
    for (let path = this.#paths.shift(); path !== undefined; path = this.#paths.shift()) {
      try {
        this.#fd = path === '-' ? 0 : await this.#tool.sys.open(path, { read: true });
        this.#reader = new LineReader(this.#tool.sys, this.#fd);
        return true;
      } catch (error) {
        if (!isErrno(error)) throw error;
        await this.#tool.complain(
          this.#tool.isBusybox ? `${path}: ${error.message}` : `can't read ${path}: ${error.message}`,
          this.#tool.isBusybox ? 1 : 2,
        );
      }
    }
    return false;
  }
}

export interface Cycle {
  readonly tool: Tool;
  readonly commands: readonly Command[];
  readonly quiet: boolean;
  readonly input: Input;
  out: Output;
  pattern: string;
  hold: string;
  appended: (() => Promise<void>)[];
  substituted: boolean;
  lastRegex: RegExp | null;
  /** Whether the line at hand had an end in the file. */
  terminated: boolean;
  readonly files: Map<string, Output>;
  quit: number | null;
}

export const print = (cycle: Cycle, text: string, terminated = true): Promise<void> => cycle.out.raw(text + (terminated ? '\n' : ''));
