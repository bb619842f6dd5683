/**
 * A session as a file or a link: packed JSON, checked from end to end before anything of it is believed. Nothing here runs it; what it
 * would do can be read from it, in the words of its inputs and not in those that it gives itself.
 */
import { Inflate, zlibSync } from 'fflate';
import type { Entry, Input, MachineSpec, StartFile } from '../engine/machine/types.ts';

export interface JournalFile {
  readonly spec: MachineSpec;
  readonly entries: readonly Entry[];
  readonly terminals: readonly string[];
}

/** Why something is no journal. `detail` is for whoever wants to know more. */
export type JournalFault = 'too-big' | 'not-a-journal' | 'newer' | 'too-long';
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly fault: JournalFault;

  constructor(fault: JournalFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

export interface Limits {
  readonly packedBytes: number;
  readonly plainBytes: number;
  readonly entries: number;
}

export const LINK_LIMITS: Limits = { packedBytes: 32 * 1024, plainBytes: 512 * 1024, entries: 4000 };
export const FILE_LIMITS: Limits = { packedBytes: 8 * 1024 * 1024, plainBytes: 32 * 1024 * 1024, entries: 20_000 };

const VERSION = 1;
const MOST_NS = 48n * 3_600_000_000_000n;
const MOST_TEXT = 8 * 1024;
const MOST_NAMES = 32;
const MOST_FILES = 200;
const MOST_COLUMNS = 500;
/** What is sent to the machine in one piece beyond this is an upload: a link has none. */
const UPLOAD_BYTES = 4096;
const PUSH_BYTES = 16 * 1024;
const IMAGE = /^[a-z0-9][a-z0-9._/:@-]{0,199}$/;
const START = /^[a-z0-9-]{1,40}$/;
const ENGINE = /^[\w.-]{1,40}$/;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += PUSH_BYTES) text += String.fromCharCode(...bytes.subarray(at, at + PUSH_BYTES));
  return btoa(text);
};

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    throw new JournalError('not-a-journal', 'bytes that are no base64');
  }
}

/** What the reader brought with her is no part of a link: the connections that carried it are left out. */
function withoutUploads(entries: readonly Entry[]): readonly Entry[] {
  const carried = new Set(
    entries.flatMap(({ input }) => (input.kind === 'send' && input.bytes.length > UPLOAD_BYTES ? [input.connection] : [])),
  );
  const fed = new Set(entries.flatMap(({ input }) => (input.kind === 'feed' && input.bytes.length > UPLOAD_BYTES ? [input.job] : [])));
  return entries.filter(
    ({ input }) => !('connection' in input && carried.has(input.connection)) && !('job' in input && fed.has(input.job)),
  );
}

const hasUploads = (entries: readonly Entry[]): boolean => withoutUploads(entries).length < entries.length;

export function pack({ spec, entries, terminals }: JournalFile): Uint8Array {
  let last = 0n;
  const line = entries.map(({ at, input, digest, step }) => {
    const after = at - last;
    last = at;
    const plain = 'bytes' in input ? { ...input, bytes: base64(input.bytes) } : input;
    return [String(after), plain, digest ?? '', step ?? null];
  });
  const files = (spec.files ?? []).map(({ path, bytes, mode }) => ({ path, mode, bytes: base64(bytes) }));
  const machine = { seed: spec.seed, start: spec.start, images: spec.images ?? [], files };
  return zlibSync(new TextEncoder().encode(JSON.stringify({ drydock: VERSION, engine: spec.engineVersion, machine, terminals, line })), {
    level: 9,
  });
}

/** As the part of an address after `#`. Null if it is longer than a link may be. `isWhole`: nothing had to be left out. */
export function toLink(file: JournalFile): { readonly text: string; readonly isWhole: boolean } | null {
  // Digests look like noise and cannot be packed; a link does without them.
  const entries = withoutUploads(file.entries).map(({ at, input, step }) => ({ at, input, ...(step === undefined ? {} : { step }) }));
  if (entries.length > LINK_LIMITS.entries) return null;
  const packed = pack({ ...file, entries });
  if (packed.length > LINK_LIMITS.packedBytes) return null;
  return { text: base64(packed).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''), isWhole: !hasUploads(file.entries) };
}

export function fromLink(text: string): JournalFile {
  if (text.length > LINK_LIMITS.packedBytes * 2) throw new JournalError('too-big', `${text.length} characters`);
  return unpack(fromBase64(text.replaceAll('-', '+').replaceAll('_', '/')), LINK_LIMITS);
}

function inflated(packed: Uint8Array, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  let ended = false;
  // The first two bytes and the last four are zlib's frame.
  const inflate = new Inflate((piece, isLast) => {
    sizeBytes += piece.length;
    if (sizeBytes > most) throw new JournalError('too-big', `more than ${most} bytes`);
    pieces.push(piece);
    ended = isLast;
  });
  const body = packed.subarray(2, Math.max(2, packed.length - 4));
  try {
    for (let at = 0; at < body.length; at += PUSH_BYTES) inflate.push(body.subarray(at, at + PUSH_BYTES), at + PUSH_BYTES >= body.length);
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError('not-a-journal', 'it cannot be unpacked');
  }
  if (!ended) throw new JournalError('not-a-journal', 'it ends in the middle');
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Throws JournalError, and nothing else. */
export function unpack(packed: Uint8Array, limits: Limits): JournalFile {
  if (packed.length > limits.packedBytes) throw new JournalError('too-big', `${packed.length} bytes`);
  const text = new TextDecoder().decode(inflated(packed, limits.plainBytes));
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new JournalError('not-a-journal', 'no JSON');
  }
  return checked(record(value, 'the whole'), limits);
}

type Fields = { readonly [key: string]: Json };

const bad = (what: string): JournalError => new JournalError('not-a-journal', what);

function record(value: Json | undefined, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`${what} is no object`);
  return value as Fields;
}

function list(value: Json | undefined, what: string, most: number): readonly Json[] {
  if (!Array.isArray(value)) throw bad(`${what} is no list`);
  if (value.length > most) throw new JournalError('too-long', `${what}: ${value.length}`);
  return value as readonly Json[];
}

function string(value: Json | undefined, what: string, most = MOST_TEXT): string {
  if (typeof value !== 'string' || value.length > most) throw bad(`${what} is no text`);
  return value;
}

function matching(value: Json | undefined, what: string, pattern: RegExp): string {
  const text = string(value, what);
  if (!pattern.test(text)) throw bad(`${what}: ${text.slice(0, 80)}`);
  return text;
}

function whole(value: Json | undefined, what: string, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) throw bad(`${what} is no number`);
  return value;
}

function checked(file: Fields, limits: Limits): JournalFile {
  if (typeof file.drydock === 'number' && file.drydock > VERSION) throw new JournalError('newer', `version ${file.drydock}`);
  if (file.drydock !== VERSION) throw bad('no version');
  const machine = record(file.machine, 'machine');
  const spec: MachineSpec = {
    seed: whole(machine.seed, 'seed'),
    engineVersion: matching(file.engine, 'engine', ENGINE),
    world: 'book',
    start: matching(machine.start, 'start', START),
    images: list(machine.images, 'images', MOST_NAMES).map((image) => matching(image, 'image', IMAGE)),
    files: list(machine.files, 'files', MOST_FILES).map(startFile),
  };
  const terminals = list(file.terminals, 'terminals', MOST_NAMES).map((name) => string(name, 'terminal', 200));
  let at = 0n;
  const entries = list(file.line, 'line', limits.entries).map((value): Entry => {
    const [after, input, digest, step] = list(value, 'entry', 4);
    at += BigInt(matching(after, 'time', /^\d{1,18}$/));
    if (at > MOST_NS) throw new JournalError('too-long', 'more than two days');
    const known = digest === undefined || digest === '' ? {} : { digest: matching(digest, 'digest', /^[0-9a-f]{1,64}$/) };
    return {
      at,
      input: inputOf(record(input, 'input')),
      ...known,
      ...(step === null || step === undefined ? {} : { step: string(step, 'step') }),
    };
  });
  return { spec, entries, terminals };
}

function startFile(value: Json): StartFile {
  const { path, bytes, mode } = record(value, 'file');
  return {
    path: matching(path, 'path', /^\/(?!.*(?:^|\/)\.\.(?:\/|$)).{1,300}$/),
    bytes: fromBase64(string(bytes, 'bytes', Number.MAX_SAFE_INTEGER)),
    mode: whole(mode, 'mode', 0o7777),
  };
}

const strings = (value: Json | undefined, what: string): readonly string[] => list(value, what, MOST_NAMES).map((one) => string(one, what));

/** Only what a reader's page can enter; fields that are none of an input's are left out. */
function inputOf(input: Fields): Input {
  const terminal = (): number => whole(input.terminal, 'terminal', MOST_NAMES);
  const connection = (): number => whole(input.connection, 'connection');
  const job = (): number => whole(input.job, 'job');
  const bytes = (): Uint8Array => fromBase64(string(input.bytes, 'bytes', Number.MAX_SAFE_INTEGER));
  const size = (): { columns: number; rows: number } => {
    const { columns, rows } = record(input.size, 'size');
    return { columns: whole(columns, 'columns', MOST_COLUMNS), rows: whole(rows, 'rows', MOST_COLUMNS) };
  };
  switch (input.kind) {
    case 'open-terminal':
    case 'resize':
      return { kind: input.kind, terminal: terminal(), size: size() };
    case 'type':
      return { kind: 'type', terminal: terminal(), text: string(input.text, 'text') };
    case 'hang-up':
      return { kind: 'hang-up', terminal: terminal() };
    case 'run':
      return { kind: 'run', job: job(), argv: strings(input.argv, 'argv'), ...(input.interactive === true ? { interactive: true } : {}) };
    case 'feed':
      return { kind: 'feed', job: job(), bytes: bytes() };
    case 'feed-end':
      return { kind: 'feed-end', job: job() };
    case 'dial':
      return { kind: 'dial', connection: connection(), to: addressOf(record(input.to, 'to')) };
    case 'send':
      return { kind: 'send', connection: connection(), bytes: bytes() };
    case 'end':
    case 'abort':
      return { kind: input.kind, connection: connection() };
    default:
      throw bad(`an input of kind ${JSON.stringify(input.kind)?.slice(0, 40)}`);
  }
}

function addressOf(to: Fields): { readonly unix: string } | { readonly host: string; readonly port: number } {
  if (to.unix !== undefined) return { unix: string(to.unix, 'unix', 200) };
  return { host: string(to.host, 'host', 200), port: whole(to.port, 'port', 65_535) };
}

/** What playing it would type and ask, in order: read off the inputs themselves. */
export function commandsOf({ entries }: JournalFile): readonly string[] {
  const commands: string[] = [];
  const typed = new Map<number, string>();
  for (const { input } of entries) {
    if (input.kind === 'type') {
      const lines = `${typed.get(input.terminal) ?? ''}${input.text}`.split(/[\r\n]/);
      typed.set(input.terminal, lines.pop() ?? '');
      commands.push(...lines.map(plain).filter((line) => line !== ''));
    }
    if (input.kind === 'run') commands.push(plain(input.argv.join(' ')));
    if (input.kind === 'send') {
      const [, request] =
        /^((?:POST|PUT|DELETE|PATCH) \S+) HTTP\/1\.1\r\n/.exec(new TextDecoder().decode(input.bytes.subarray(0, 2000))) ?? [];
      if (request !== undefined) commands.push(plain(request));
    }
  }
  return [...commands, ...[...typed.values()].map(plain).filter((line) => line !== '')];
}

/** Control characters are shown as keys; the one that the page itself begins each line with is not. */
const plain = (line: string): string =>
  [...(line.startsWith('\x15') ? line.slice(1) : line)]
    .map((sign) => (sign < ' ' || sign === '\x7f' ? `^${String.fromCharCode(sign.charCodeAt(0) ^ 64)}` : sign))
    .join('')
    .trim();
