/** `more`: a screenful at a time on a terminal, everything elsewhere. busybox and util-linux ask for the next one in their own words. */
import type { Fd } from '../../../kernel/sys.ts';
import { READ_BYTES } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

const SPEC = { short: 'dflpcsun:', usage: '[FILE]...', package: 'from util-linux 2.38.1' };
const NEWLINE = 10;
const KEYS_OF_BUSYBOX = '(Enter:next line Space:next page Q:quit R:show the rest)';
/** Those that util-linux's `more` knows of them; what it does not know it ignores. */
const KNOWN_KEYS = ' \r\nqr';

export const more: Utility = async (tool) => {
  const { operands } = await tool.options(SPEC);
  if (!tool.out.isTerminal) {
    tool.copiesStreams = true;
    await tool.eachInput(operands, async (fd) => {
      for (let bytes = await tool.sys.read(fd, READ_BYTES); bytes.length > 0; bytes = await tool.sys.read(fd, READ_BYTES))
        await tool.out.bytes(bytes);
    });
    return 0;
  }
  if (tool.isBusybox) tool.cannotOpen = (path, reason) => `${path}: ${reason}`;
  else tool.cannotOpen = (path, reason) => `cannot open ${path}: ${reason}`;
  if (operands.length === 0 && tool.sys.fds.isatty(0) && !tool.isBusybox) return tool.wrongUsage(SPEC, 'bad usage');
  const keyboard = tool.sys.fds.isatty(0) ? 0 : 2;
  const before = tool.sys.tty.mode(keyboard);
  tool.sys.tty.setMode(keyboard, { canonical: false, echo: false });
  try {
    for (const path of operands.length === 0 ? ['-'] : operands) {
      const fd = await tool.openInput(path);
      if (fd !== null && (await new Screen(tool, { fd, keyboard }).show(operands.length > 1 ? path : null)) === 'quit') break;
    }
  } finally {
    tool.sys.tty.setMode(keyboard, before);
  }
  return 0;
};

/** One file on the screen: which row and column the next byte comes to. */
class Screen {
  readonly #tool: Tool;
  readonly #fd: Fd;
  readonly #keyboard: Fd;
  #row = 0;
  #column = 0;
  #shownBytes = 0;
  #typed: number[] = [];
  /** After Enter the next row ends the screenful; after `r` nothing does. */
  #rowsLeft: 'page' | 'row' | 'rest' = 'page';

  constructor(tool: Tool, { fd, keyboard }: { fd: Fd; keyboard: Fd }) {
    this.#tool = tool;
    this.#fd = fd;
    this.#keyboard = keyboard;
  }

  async show(title: string | null): Promise<'quit' | 'end'> {
    const { sys, out, isBusybox } = this.#tool;
    if (title !== null && !isBusybox) {
      await out.write(`::::::::::::::\n${title}\n::::::::::::::\n`);
      this.#row = 3;
    }
    for (let bytes = await sys.read(this.#fd, READ_BYTES); bytes.length > 0; bytes = await sys.read(this.#fd, READ_BYTES)) {
      let written = 0;
      for (const [at, byte] of bytes.entries()) {
        if (byte !== NEWLINE && this.#column === (sys.tty.size(1).columns || 80)) this.#nextRow();
        if (this.#isFull()) {
          await out.bytes(bytes.subarray(written, at));
          written = at;
          if ((await this.#ask()) === 'quit') return 'quit';
        }
        this.#shownBytes++;
        if (byte === NEWLINE) this.#nextRow();
        else if (isBusybox || (byte & 0xc0) !== 0x80) this.#column++;
      }
      await out.bytes(bytes.subarray(written));
    }
    await out.flush();
    return 'end';
  }

  #nextRow(): void {
    this.#row++;
    this.#column = 0;
  }

  #isFull(): boolean {
    if (this.#rowsLeft === 'rest' || this.#row === 0) return false;
    return this.#rowsLeft === 'row' || this.#row >= (this.#tool.sys.tty.size(1).rows || 24) - 1;
  }

  async #ask(): Promise<'quit' | 'on'> {
    const { sys, out, isBusybox } = this.#tool;
    this.#row = 0;
    let shown = isBusybox ? `--More-- ${this.#percentOfBusybox()}` : `--More--${this.#percent()}`;
    for (;;) {
      await out.write(isBusybox ? shown : `\x1b[7m${shown}\x1b[27m`);
      await out.flush();
      let key = await this.#key();
      while (!isBusybox && !KNOWN_KEYS.includes(key)) key = await this.#key();
      await out.write(isBusybox ? `\r${' '.repeat(shown.length)}\r` : '\r\x1b[K');
      if (key === 'q' || key === '') {
        await out.flush();
        return 'quit';
      }
      if (KNOWN_KEYS.includes(key)) {
        this.#rowsLeft = key === ' ' ? 'page' : key === 'r' ? 'rest' : 'row';
        await sys.turn();
        return 'on';
      }
      shown = KEYS_OF_BUSYBOX;
    }
  }

  /** '' where the terminal is gone. busybox takes all that was typed, and what it does not use of that is lost. */
  async #key(): Promise<string> {
    if (this.#typed.length === 0) this.#typed = [...(await this.#tool.sys.read(this.#keyboard, this.#tool.isBusybox ? READ_BYTES : 1))];
    const byte = this.#typed.shift();
    return byte === undefined ? '' : String.fromCharCode(byte).toLowerCase();
  }

  #sizeBytes(): number {
    const { type, sizeBytes } = this.#tool.sys.fds.stat(this.#fd);
    return type === 'regular' ? sizeBytes : 0;
  }

  /** busybox has read one byte more than it shows, and counts in whole hundredths of the file. */
  #percentOfBusybox(): string {
    const size = this.#sizeBytes();
    return size === 0 ? '' : `(${Math.floor((this.#shownBytes + 1) / Math.max(1, Math.floor(size / 100)))}% of ${size} bytes)`;
  }

  #percent(): string {
    const size = this.#sizeBytes();
    return size === 0 ? '' : `(${Math.floor((this.#shownBytes * 100) / size)}%)`;
  }
}
