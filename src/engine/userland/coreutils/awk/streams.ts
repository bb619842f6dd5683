/** Files and commands that a program reads from and prints to, open until it closes them. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Pid, Sys } from '../../../kernel/sys.ts';
import { Output, toText } from '../../program-io.ts';
import { statusOf, waitFor } from '../execute.ts';
import { RecordReader } from './reader.ts';

interface Writer {
  readonly out: Output;
  readonly pid: Pid | null;
}
interface Reader {
  readonly records: RecordReader;
  readonly pid: Pid | null;
}

const STANDARD: Readonly<Record<string, number>> = { '/dev/stdout': 1, '-': 1, '/dev/stderr': 2 };

export class Streams {
  readonly #sys: Sys;
  readonly #standard: Output;
  readonly #writers = new Map<string, Writer>();
  readonly #readers = new Map<string, Reader>();

  constructor(sys: Sys, standard: Output) {
    this.#sys = sys;
    this.#standard = standard;
  }

  /** Where `print > name` writes. Rejects with an errno. */
  async writer(operator: '>' | '>>' | '|', name: string): Promise<Output> {
    const known = this.#writers.get(name);
    if (known !== undefined) return known.out;
    const fd = operator === '|' ? undefined : STANDARD[name];
    if (fd === 1) return this.#standard;
    const made =
      operator === '|'
        ? await this.#command(name)
        : { out: new Output(this.#sys, fd ?? (await this.#file(name, operator === '>>'))), pid: null };
    this.#writers.set(name, made);
    if (fd === 2) made.out.lineBuffered = true;
    return made.out;
  }

  #file(name: string, append: boolean): Promise<number> {
    return this.#sys.open(toText(name), { write: true, create: true, append, truncate: !append, closeOnExec: true });
  }

  async #command(name: string): Promise<Writer> {
    await this.flush();
    const pipe = this.#sys.fds.pipe();
    for (const fd of [pipe.read, pipe.write]) this.#sys.fds.setCloseOnExec(fd, true);
    const pid = this.#shell(name, { from: pipe.read, to: 0 });
    this.#sys.fds.close(pipe.read);
    return { out: new Output(this.#sys, pipe.write), pid };
  }

  #shell(command: string, joined?: { readonly from: number; readonly to: number }): Pid {
    return this.#sys.fork(async (child) => {
      if (joined) child.fds.dup2(joined.from, joined.to);
      return child.exec('/bin/sh', ['sh', '-c', toText(command)]);
    });
  }

  /** Where `getline < name` reads; null if it cannot be opened. */
  async reader(kind: 'file' | 'command', name: string): Promise<RecordReader | null> {
    const known = this.#readers.get(name);
    if (known !== undefined) return known.records;
    const made = kind === 'file' ? await this.#openFile(name) : await this.#openCommand(name);
    if (made !== null) this.#readers.set(name, made);
    return made?.records ?? null;
  }

  async #openFile(name: string): Promise<Reader | null> {
    try {
      const fd = name === '-' || name === '/dev/stdin' ? 0 : await this.#sys.open(toText(name), { read: true, closeOnExec: true });
      return { records: new RecordReader(this.#sys, fd), pid: null };
    } catch (error) {
      if (isErrno(error)) return null;
      throw error;
    }
  }

  async #openCommand(name: string): Promise<Reader> {
    await this.flush();
    const pipe = this.#sys.fds.pipe();
    for (const fd of [pipe.read, pipe.write]) this.#sys.fds.setCloseOnExec(fd, true);
    const pid = this.#shell(name, { from: pipe.write, to: 1 });
    this.#sys.fds.close(pipe.write);
    return { records: new RecordReader(this.#sys, pipe.read), pid };
  }

  async system(command: string): Promise<number> {
    await this.flush();
    return statusOf(await waitFor(this.#sys, this.#shell(command)));
  }

  /** Closes by name; the status of a command, -1 if nothing of that name is open. */
  async close(name: string): Promise<number> {
    const writer = this.#writers.get(name);
    const reader = this.#readers.get(name);
    this.#writers.delete(name);
    this.#readers.delete(name);
    let status = -1;
    if (writer !== undefined) status = await this.#closeWriter(writer);
    if (reader !== undefined) {
      if (reader.records.fd > 2) this.#sys.fds.close(reader.records.fd);
      status = reader.pid === null ? 0 : statusOf(await waitFor(this.#sys, reader.pid));
    }
    return status;
  }

  async #closeWriter({ out, pid }: Writer): Promise<number> {
    await out.flush();
    if (out.fd > 2) this.#sys.fds.close(out.fd);
    return pid === null ? 0 : statusOf(await waitFor(this.#sys, pid));
  }

  async flush(): Promise<void> {
    await this.#standard.flush();
    for (const { out } of this.#writers.values()) await out.flush();
  }

  /** At the end: commands get all of their input, and are waited for. */
  async closeAll(): Promise<void> {
    await this.#standard.flush();
    for (const name of [...this.#writers.keys(), ...this.#readers.keys()]) await this.close(name);
  }
}
