/** What dockerd reads off its host. */
import type { Sys } from '../../kernel/sys.ts';
import { readTextIfThere } from '../files.ts';

export const cpusOf = (sys: Sys): number =>
  Math.max(1, (readTextIfThere(sys, '/proc/cpuinfo') ?? '').split('\n').filter((line) => line.startsWith('processor')).length);

export function memoryBytesOf(sys: Sys): number {
  const total = /^MemTotal:\s+(\d+) kB/m.exec(readTextIfThere(sys, '/proc/meminfo') ?? '')?.[1];
  return total === undefined ? 0 : Number(total) * 1024;
}

/** A field of /etc/os-release. */
export const osRelease = (sys: Sys, field: string): string =>
  new RegExp(`^${field}="?([^"\n]*)"?$`, 'm').exec(readTextIfThere(sys, '/etc/os-release') ?? '')?.[1] ?? '';
