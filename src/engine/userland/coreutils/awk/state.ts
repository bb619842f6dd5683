/** What an awk program holds while it runs: variables, the record, its input and its streams. */

import { isErrno } from '../../../kernel/errno.ts';
import { toText as toName, toRaw } from '../../program-io.ts';
import { Exit, type Tool } from '../../tool.ts';
import type { AwkProgram } from './ast.ts';
import { unescapeString } from './lexer.ts';
import { RecordReader } from './reader.ts';
import { CurrentRecord } from './record.ts';
import { Streams } from './streams.ts';
import { fromInput, type NumberStyle, toNumber, toText, type Value } from './values.ts';

/** A variable: a value or an array, whichever it is first used as. */
export interface Cell {
  value: Value;
  array: Map<string, Value> | null;
  /** A parameter that has no value yet becomes an array together with the argument. */
  readonly origin: Cell | null;
}

export const newCell = (value?: Value, origin: Cell | null = null): Cell => ({ value, array: null, origin });

/** A complaint that ends the program. */
export class AwkFailure extends Error {
  override readonly name = 'AwkFailure';
}

const MAWK_MAX_INTEGER = 2 ** 31 - 1;
const BUSYBOX_MAX_INTEGER = 2 ** 63 - 1024;

export class AwkState {
  readonly tool: Tool;
  readonly program: AwkProgram;
  readonly record: CurrentRecord;
  readonly streams: Streams;
  readonly globals = new Map<string, Cell>();
  /** Of the function that runs. */
  locals: Map<string, Cell> | null = null;
  depth = 0;
  seed: number;
  random = 1;
  readonly #maxInteger: number;
  #operands: number = 1;
  #input: RecordReader | null = null;
  #hasFile = false;
  #isInputOver = false;

  constructor(tool: Tool, program: AwkProgram) {
    this.tool = tool;
    this.program = program;
    this.seed = tool.isBusybox ? 1 : 0;
    this.#maxInteger = tool.isBusybox ? BUSYBOX_MAX_INTEGER : MAWK_MAX_INTEGER;
    this.streams = new Streams(tool.sys, tool.out);
    for (const [name, value] of Object.entries({
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      SUBSEP: '\x1c',
      CONVFMT: '%.6g',
      OFMT: '%.6g',
      NR: 0,
      FNR: 0,
      RSTART: 0,
      RLENGTH: -1,
      FILENAME: '',
    }))
      this.globals.set(name, newCell(value));
    this.record = new CurrentRecord({
      input: () => this.textOf('FS'),
      output: () => this.textOf('OFS'),
      isParagraph: () => this.textOf('RS') === '',
    });
    this.arrayOf(this.cell('ENVIRON')).clear();
    for (const [name, value] of tool.sys.env) this.arrayOf(this.cell('ENVIRON')).set(toRaw(name), fromInput(toRaw(value)));
  }

  cell(name: string): Cell {
    const local = this.locals?.get(name);
    if (local !== undefined) return local;
    let cell = this.globals.get(name);
    if (cell === undefined) {
      cell = newCell();
      this.globals.set(name, cell);
    }
    return cell;
  }

  arrayOf(cell: Cell): Map<string, Value> {
    cell.array ??= cell.origin === null ? new Map<string, Value>() : this.arrayOf(cell.origin);
    return cell.array;
  }

  get style(): NumberStyle {
    return { format: String(this.globals.get('CONVFMT')?.value ?? '%.6g'), maxInteger: this.#maxInteger };
  }

  /** How print writes numbers. */
  get printStyle(): NumberStyle {
    return { format: String(this.globals.get('OFMT')?.value ?? '%.6g'), maxInteger: this.#maxInteger };
  }

  readonly text = (value: Value): string => toText(value, this.style);

  textOf(name: string): string {
    return this.text(this.globals.get(name)?.value);
  }

  get(name: string): Value {
    return name === 'NF' && !this.locals?.has(name) ? this.record.count : this.cell(name).value;
  }

  set(name: string, value: Value): void {
    if (name === 'NF' && !this.locals?.has(name)) this.record.setCount(Math.trunc(toNumber(value)));
    else this.cell(name).value = value;
  }

  #count(name: string): void {
    const cell = this.cell(name);
    cell.value = toNumber(cell.value) + 1;
  }

  /** The next record of the main input; null when all files are read. */
  async nextRecord(): Promise<string | null> {
    for (;;) {
      if (this.#isInputOver) return null;
      this.#input ??= await this.#nextInput();
      if (this.#input === null) {
        this.#isInputOver = true;
        return null;
      }
      const record = await this.#input.next(this.textOf('RS'));
      if (record !== null) {
        this.#count('NR');
        this.#count('FNR');
        return record;
      }
      this.closeInput();
    }
  }

  /** The rest of the current file is skipped. */
  closeInput(): void {
    if (this.#input !== null && this.#input.fd !== 0) this.tool.sys.fds.close(this.#input.fd);
    this.#input = null;
  }

  /** The operands are looked at one by one: a program may change ARGV. */
  async #nextInput(): Promise<RecordReader | null> {
    const argv = this.arrayOf(this.cell('ARGV'));
    while (this.#operands < toNumber(this.cell('ARGC').value)) {
      const operand = this.text(argv.get(String(this.#operands)));
      this.#operands += 1;
      if (operand === '') continue;
      const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(operand);
      if (assignment) {
        this.assign(assignment[1] ?? '', assignment[2] ?? '');
        continue;
      }
      this.#hasFile = true;
      const reader = await this.#open(operand);
      if (reader !== null) return reader;
    }
    if (this.#hasFile) return null;
    this.#hasFile = true;
    return new RecordReader(this.tool.sys, 0);
  }

  async #open(path: string): Promise<RecordReader | null> {
    const { tool } = this;
    this.cell('FILENAME').value = path;
    this.cell('FNR').value = 0;
    if (path === '-') return new RecordReader(tool.sys, 0);
    try {
      return new RecordReader(tool.sys, await tool.sys.open(toName(path), { read: true, closeOnExec: true }));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (tool.isBusybox) {
        await tool.warn(`${toName(path)}: ${error.message}`);
        await this.streams.closeAll();
        throw new Exit(1);
      }
      await this.streams.flush();
      return tool.die(`cannot open ${toName(path)} (${error.message})`, 2);
    }
  }

  /** `name=value` of the command line: escapes count, and the value may be a number. */
  assign(name: string, value: string): void {
    this.set(name, fromInput(unescapeString(value)));
  }
}
