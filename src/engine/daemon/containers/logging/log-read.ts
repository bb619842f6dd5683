/** Reading what log-file.ts writes. */
import type { Sys } from '../../../kernel/sys.ts';
import { exists, readTextIfThere } from '../../files.ts';
import { parseTime } from '../../time.ts';
import type { StreamName } from '../output-hub.ts';
import type { LogAttributes } from './attributes.ts';

export interface LogEntry {
  readonly log: string;
  readonly stream: StreamName;
  readonly timeNs: bigint;
  readonly attributes: LogAttributes;
}

/** All entries of a log, oldest first. A line that is cut short is left out. */
export function readLog(sys: Sys, path: string): readonly LogEntry[] {
  const files = [path];
  for (let age = 1; exists(sys, `${path}.${age}`); age += 1) files.unshift(`${path}.${age}`);
  return files.flatMap((file) => entriesOf(sys, file));
}

export function entriesOf(sys: Sys, file: string): readonly LogEntry[] {
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
