/** The json-file log: a line of JSON for each line that a container printed. Upstream: moby daemon/logger/jsonfilelog. */
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { readTextIfThere } from '../../files.ts';
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

/** Appends to the file. `logged` is called after each line. */
export async function openLog(
  sys: Sys,
  path: string,
  { attributes, logged }: { readonly attributes: LogAttributes; readonly logged: () => void },
): Promise<LogWriter> {
  const fd = await sys.open(path, { write: true, append: true, create: true, closeOnExec: true }, 0o640);
  const rest = new Map<StreamName, Uint8Array>();
  return {
    write: async (stream, bytes) => {
      let pending = joined(rest.get(stream) ?? new Uint8Array(), bytes);
      for (let at = endOfLine(pending); at > 0; at = endOfLine(pending)) {
        await append(sys, fd, { stream, bytes: pending.subarray(0, at), attributes });
        pending = pending.subarray(at);
      }
      rest.set(stream, pending);
      logged();
    },
    close: async () => {
      for (const [stream, bytes] of rest) if (bytes.length > 0) await append(sys, fd, { stream, bytes, attributes });
      sys.fds.close(fd);
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

async function append(sys: Sys, fd: Fd, { stream, bytes, attributes }: Line): Promise<void> {
  const attrs = Object.keys(attributes).length > 0 ? { attrs: attributes } : {};
  await sys.write(
    fd,
    encoder.encode(`${JSON.stringify({ log: decoder.decode(bytes), stream, ...attrs, time: rfc3339Nano(sys.clock.nowNs()) })}\n`),
  );
}

/** All entries of a log, oldest first. A line that is cut short is left out. */
export function readLog(sys: Sys, path: string): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (const line of (readTextIfThere(sys, path) ?? '').split('\n')) {
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
