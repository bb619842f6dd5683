/** The json-file log: a line of JSON for each line that a container printed. Upstream: moby daemon/logger/jsonfilelog. */
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { exists, readTextIfThere } from '../../files.ts';
import { parseTime, rfc3339Nano } from '../../time.ts';
import type { StreamName } from '../output-hub.ts';
import type { LogAttributes } from './attributes.ts';

export interface LogEntry {
  readonly log: string;
  readonly stream: StreamName;
  readonly timeNs: bigint;
  readonly attributes: LogAttributes;
}

export interface LogWriter {
  write(stream: StreamName, bytes: Uint8Array): Promise<void>;
  /** What has no newline yet is logged too. */
  close(): Promise<void>;
}

/** A longer line is logged in parts (moby daemon/logger/copier.go). */
const MAX_LINE_BYTES = 16 * 1024;
const NEWLINE = 10;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface LogFileOptions {
  readonly attributes: LogAttributes;
  /** A file that has grown to this gives way to a new one; so many are kept, the one being written among them. */
  readonly rotation?: Rotation | undefined;
  /** Called after each line. */
  readonly logged: () => void;
  /** Told how many lines are gone with an old file. */
  readonly dropped: (lines: number) => void;
}

export interface Rotation {
  readonly maxSizeBytes: number;
  readonly maxFiles: number;
}

/** Appends to the file. */
export async function openLog(sys: Sys, path: string, { attributes, logged, ...options }: LogFileOptions): Promise<LogWriter> {
  const file = await openRotating(sys, path, options);
  const rest = new Map<StreamName, Uint8Array>();
  return {
    write: async (stream, bytes) => {
      let pending = joined(rest.get(stream) ?? new Uint8Array(), bytes);
      for (let at = endOfLine(pending); at > 0; at = endOfLine(pending)) {
        await file.append(lineOf(sys, { stream, bytes: pending.subarray(0, at), attributes }));
        pending = pending.subarray(at);
      }
      rest.set(stream, pending);
      logged();
    },
    close: async () => {
      for (const [stream, bytes] of rest) if (bytes.length > 0) await file.append(lineOf(sys, { stream, bytes, attributes }));
      file.close();
      logged();
    },
  };
}

function endOfLine(bytes: Uint8Array): number {
  const at = bytes.indexOf(NEWLINE) + 1;
  return at > 0 && at <= MAX_LINE_BYTES ? at : bytes.length >= MAX_LINE_BYTES ? MAX_LINE_BYTES : 0;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

interface Line {
  readonly stream: StreamName;
  readonly bytes: Uint8Array;
  readonly attributes: LogAttributes;
}

function lineOf(sys: Sys, { stream, bytes, attributes }: Line): Uint8Array {
  const attrs = Object.keys(attributes).length > 0 ? { attrs: attributes } : {};
  return encoder.encode(`${JSON.stringify({ log: decoder.decode(bytes), stream, ...attrs, time: rfc3339Nano(sys.clock.nowNs()) })}\n`);
}

interface RotatingFile {
  append(line: Uint8Array): Promise<void>;
  close(): void;
}

/** `LOG`, and behind it `LOG.1`, `LOG.2`, … with what came before. Upstream: moby daemon/logger/loggerutils/logfile.go. */
async function openRotating(
  sys: Sys,
  path: string,
  { rotation, dropped }: Pick<LogFileOptions, 'rotation' | 'dropped'>,
): Promise<RotatingFile> {
  const open = (): Promise<Fd> => sys.open(path, { write: true, append: true, create: true, closeOnExec: true }, 0o640);
  let fd = await open();
  let sizeBytes = sys.path.stat(path).sizeBytes;
  return {
    append: async (line) => {
      if (rotation !== undefined && sizeBytes >= rotation.maxSizeBytes) {
        sys.fds.close(fd);
        dropped(rotate(sys, path, rotation.maxFiles));
        fd = await open();
        sizeBytes = 0;
      }
      await sys.write(fd, line);
      sizeBytes += line.length;
    },
    close: () => sys.fds.close(fd),
  };
}

/** How many lines went with the oldest file. */
function rotate(sys: Sys, path: string, maxFiles: number): number {
  const nameOf = (age: number): string => (age === 0 ? path : `${path}.${age}`);
  const oldest = nameOf(maxFiles - 1);
  const lines = entriesOf(sys, oldest).length;
  if (exists(sys, oldest)) sys.path.unlink(oldest);
  for (let age = maxFiles - 2; age >= 0; age -= 1) if (exists(sys, nameOf(age))) sys.path.rename(nameOf(age), nameOf(age + 1));
  return lines;
}

/** All entries of a log, oldest first. A line that is cut short is left out. */
export function readLog(sys: Sys, path: string): readonly LogEntry[] {
  const files = [path];
  for (let age = 1; exists(sys, `${path}.${age}`); age += 1) files.unshift(`${path}.${age}`);
  return files.flatMap((file) => entriesOf(sys, file));
}

function entriesOf(sys: Sys, file: string): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (const line of (readTextIfThere(sys, file) ?? '').split('\n')) {
    if (line === '') continue;
    const entry = parseEntry(line);
    if (entry) entries.push(entry);
  }
  return entries;
}

function parseEntry(line: string): LogEntry | undefined {
  try {
    const { log, stream, time, attrs } = JSON.parse(line) as { log?: unknown; stream?: unknown; time?: unknown; attrs?: LogAttributes };
    if (typeof log !== 'string' || typeof time !== 'string') return undefined;
    return { log, stream: stream === 'stderr' ? 'stderr' : 'stdout', timeNs: parseTime(time) ?? 0n, attributes: attrs ?? {} };
  } catch {
    return undefined;
  }
}
