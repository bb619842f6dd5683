/** The state of one redis-server: databases, who is connected, what has changed since the last snapshot, and the log. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys, TaskQueue } from '../../../kernel/sys.ts';
import { sentence } from '../../net/text.ts';
import { bytesOf, rawOf, say } from '../../program-io.ts';
import type { Config } from './config.ts';
import { readRdb, writeRdb } from './rdb.ts';
import { encodeRequest, type Reply, RespReader } from './resp.ts';
import { Database } from './store.ts';

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MS_PER_SECOND = 1000;

const two = (value: number): string => String(value).padStart(2, '0');

/** `15 Jan 2026 09:00:05.123` */
export function logTime(ms: number): string {
  const at = new Date(ms);
  const day = `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${day} ${at.toISOString().slice(11, 23)}`;
}

/** One client as others see it. */
export interface Client {
  readonly id: number;
  readonly address: string;
  readonly sinceMs: number;
  name: string;
  library: string;
  db: number;
  lastCommand: string;
  readonly channels: Set<string>;
  readonly patterns: Set<string>;
  push(reply: Reply): Promise<void>;
}

export class RedisServer {
  readonly sys: Sys;
  readonly config: Config;
  readonly version: string;
  readonly dbs: readonly Database[];
  readonly clients = new Map<number, Client>();
  readonly startedMs: number;
  readonly runId: string;
  /** Wakes who waits for an item of a list. */
  readonly arrivals: TaskQueue;
  /** Wakes whoever looks after snapshots, and whoever ends the server. */
  readonly changed: TaskQueue;
  readonly ended: TaskQueue;
  dirty = 0;
  lastSaveMs: number;
  commands = 0;
  connections = 0;
  hits = 0;
  misses = 0;
  #nextId = 3;
  #aof: Fd | null = null;
  #aofDb = -1;
  #logFd: Fd = 1;

  constructor(sys: Sys, config: Config, version: string) {
    this.sys = sys;
    this.config = config;
    this.version = version;
    this.startedMs = this.nowMs;
    this.lastSaveMs = this.nowMs;
    this.dbs = Array.from({ length: Number(config.get('databases')) }, () => new Database(() => this.nowMs));
    this.runId = [...sys.random.bytes(20)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    this.arrivals = sys.queue();
    this.changed = sys.queue();
    this.ended = sys.queue();
  }

  get nowMs(): number {
    return Number(this.sys.clock.nowNs() / 1_000_000n);
  }

  nextId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  /** `level` is the mark in front: `.` debug, `-` verbose, `*` notice, `#` warning. */
  async log(level: '*' | '#', text: string, role: 'M' | 'C' = 'M'): Promise<void> {
    if (level === '*' && this.config.get('loglevel') === 'warning') return;
    await say(this.sys, this.#logFd, `${this.sys.pid}:${role} ${logTime(this.nowMs)} ${level} ${text}\n`);
  }

  async openLog(): Promise<void> {
    const path = this.config.get('logfile');
    if (path !== '') this.#logFd = await this.sys.open(path, { write: true, append: true, create: true }, 0o644);
  }

  // A server's directory is its working directory: paths of files are relative.

  /** Writes the snapshot: first beside it, then in its place. False, with a line in the log, if that fails. */
  async save(): Promise<boolean> {
    const { path, pid } = { path: this.sys.path, pid: this.sys.pid };
    const temporary = `temp-${pid}.rdb`;
    try {
      path.writeFile(temporary, bytesOf(writeRdb(this.dbs, { version: this.version, nowMs: this.nowMs })), 0o600);
      path.rename(temporary, this.config.get('dbfilename'));
    } catch (error) {
      await this.log(
        '#',
        `Failed opening the temp RDB file ${temporary} (in server root dir ${path.cwd()}) for saving: ${sentence(error)}`,
      );
      return false;
    }
    this.dirty = 0;
    this.lastSaveMs = this.nowMs;
    await this.log('*', 'DB saved on disk');
    return true;
  }

  /** What was there when the server ended last. Throws RdbError, or an Errno but for a file that is not there. */
  async load(): Promise<void> {
    if (this.config.isOn('appendonly')) return this.#loadAof();
    const file = this.config.get('dbfilename');
    const raw = this.#read(file);
    if (raw === undefined) return;
    const started = this.nowMs;
    const count = readRdb(raw, this.dbs);
    await this.log('*', `Done loading RDB, keys loaded: ${count}, keys expired: 0.`);
    await this.log('*', `DB loaded from disk: ${((this.nowMs - started) / MS_PER_SECOND).toFixed(3)} seconds`);
  }

  #read(path: string): string | undefined {
    try {
      return rawOf(this.sys.path.readFile(path));
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  }

  get #aofNames(): { readonly folder: string; readonly base: string; readonly increment: string; readonly manifest: string } {
    const folder = this.config.get('appenddirname');
    const name = this.config.get('appendfilename');
    return { folder, base: `${name}.1.base.rdb`, increment: `${name}.1.incr.aof`, manifest: `${name}.manifest` };
  }

  /** Replays an append-only file: a reader of requests over all of it, handed to `replay`. */
  replay: (words: readonly string[]) => void = () => {};

  async #loadAof(): Promise<void> {
    const { folder, base, increment } = this.#aofNames;
    const started = this.nowMs;
    const snapshot = this.#read(`${folder}/${base}`);
    if (snapshot !== undefined) {
      readRdb(snapshot, this.dbs);
      await this.log('*', `DB loaded from base file ${base}: ${((this.nowMs - started) / MS_PER_SECOND).toFixed(3)} seconds`);
    }
    const log = this.#read(`${folder}/${increment}`);
    if (log === undefined) return;
    const reader = new RespReader();
    reader.push(log);
    for (let words = reader.request(); words !== undefined; words = reader.request()) this.replay(words);
    await this.log('*', `DB loaded from incr file ${increment}: ${((this.nowMs - started) / MS_PER_SECOND).toFixed(3)} seconds`);
    await this.log('*', `DB loaded from append only file: ${((this.nowMs - started) / MS_PER_SECOND).toFixed(3)} seconds`);
  }

  /** Opens the append-only file; the first time with a snapshot of what is there as its base. */
  async openAof(): Promise<void> {
    const { path } = this.sys;
    const { folder, base, increment, manifest } = this.#aofNames;
    if (!path.access(folder, {})) path.mkdir(folder, 0o755);
    if (!path.access(`${folder}/${manifest}`, {})) {
      path.writeFile(`${folder}/${base}`, bytesOf(writeRdb(this.dbs, { version: this.version, nowMs: this.nowMs })), 0o644);
      await this.log('*', `Creating AOF base file ${base} on server start`);
      path.writeFile(`${folder}/${increment}`, new Uint8Array(), 0o644);
      await this.log('*', `Creating AOF incr file ${increment} on server start`);
      path.writeFile(`${folder}/${manifest}`, bytesOf(`file ${base} seq 1 type b\nfile ${increment} seq 1 type i\n`), 0o644);
    }
    this.#aof = await this.sys.open(`${folder}/${increment}`, { write: true, append: true, create: true }, 0o644);
  }

  /** A change happened: it is counted, and kept in the append-only file. */
  async changedBy(db: number, requests: readonly (readonly string[])[]): Promise<void> {
    const before = this.dirty;
    this.dirty += requests.length;
    if (before === 0 || this.config.saveRules.some(({ changes }) => before < changes && this.dirty >= changes)) this.changed.wake();
    if (this.#aof === null) return;
    const select = this.#aofDb === db ? [] : [['SELECT', String(db)]];
    this.#aofDb = db;
    await this.sys.write(this.#aof, bytesOf([...select, ...requests].map(encodeRequest).join('')));
  }

  /** Takes a snapshot whenever one of the rules says so. Runs as a task of its own, as long as the server. */
  async keepSaving(): Promise<void> {
    for (;;) {
      const due = this.config.saveRules
        .filter(({ changes }) => this.dirty >= changes)
        .map(({ seconds }) => this.lastSaveMs + seconds * MS_PER_SECOND);
      if (this.dirty === 0 || due.length === 0) {
        await this.changed.wait();
        continue;
      }
      const left = Math.min(...due) - this.nowMs;
      if (left > 0 && (await this.changed.wait(left))) continue;
      await this.log('*', `${this.dirty} changes in ${Math.round((this.nowMs - this.lastSaveMs) / MS_PER_SECOND)} seconds. Saving...`);
      await this.save();
    }
  }
}
