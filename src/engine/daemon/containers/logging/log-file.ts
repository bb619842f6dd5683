/** The json-file log: a line of JSON for each line that a container printed. Upstream: moby daemon/logger/jsonfilelog. */

import type { Fd, Sys } from '../../../kernel/sys.ts';

import { rfc3339Nano } from '../../time.ts';
import type { StreamName } from '../output-hub.ts';
import type { LogAttributes } from './attributes.ts';

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
  const json = JSON.stringify({ log: decoder.decode(bytes), stream, ...attrs, time: rfc3339Nano(sys.clock.nowNs()) });
  return encoder.encode(`${json.replace(/[<>&\u2028\u2029]/g, escaped)}\n`);
}

/** As Go's encoder writes what HTML would mind. */
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

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
        const { rotate } = await sys.stall(() => import('./rotate.ts'));
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
