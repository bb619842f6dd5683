/** What the same load costs on virtual machines and on containers: one model, whose assumptions a reader may change. Pure. */
import { sizeText } from '../page/size.ts';
import type { Language } from '../page/words.ts';
import { costWords } from './words.ts';

export const MOST_COPIES = 50;

/** Megabytes are a million bytes. */
export interface Assumptions {
  readonly appMemoryMb: number;
  readonly appDiskMb: number;
  readonly writtenMb: number;
  readonly appStartS: number;
  readonly guestMemoryMb: number;
  readonly guestDiskMb: number;
  readonly bootS: number;
  readonly shimMemoryMb: number;
  readonly createS: number;
  readonly hostGib: number;
}

/** A small web server; a Debian guest without a desktop; a container's start as a real Docker takes it. */
export const ASSUMED: Assumptions = {
  ...{ appMemoryMb: 8, appDiskMb: 50, writtenMb: 0.1, appStartS: 0.1 },
  ...{ guestMemoryMb: 500, guestDiskMb: 2000, bootS: 15 },
  ...{ shimMemoryMb: 4, createS: 0.2, hostGib: 4 },
};

export interface Cost {
  readonly memoryMb: number;
  readonly diskMb: number;
  readonly startS: number;
  /** How many the host's memory holds. */
  readonly fit: number;
}

const MB_PER_GIB = 1073.741824;

/** Each has its own kernel, its own system on its own disk, and the program with its files. */
export function costOfMachines(copies: number, a: Assumptions): Cost {
  const memoryMb = a.guestMemoryMb + a.appMemoryMb;
  return {
    memoryMb: copies * memoryMb,
    diskMb: copies * (a.guestDiskMb + a.appDiskMb + a.writtenMb),
    startS: a.bootS + a.appStartS,
    fit: Math.floor((a.hostGib * MB_PER_GIB) / Math.max(0.001, memoryMb)),
  };
}

/** One kernel and one image serve all; each adds its process, its shim and what it writes. */
export function costOfContainers(copies: number, a: Assumptions): Cost {
  const memoryMb = a.shimMemoryMb + a.appMemoryMb;
  return {
    memoryMb: copies * memoryMb,
    diskMb: a.appDiskMb + copies * a.writtenMb,
    startS: a.createS + a.appStartS,
    fit: Math.floor((a.hostGib * MB_PER_GIB) / Math.max(0.001, memoryMb)),
  };
}

export interface CostRow {
  readonly name: string;
  readonly machines: string;
  readonly containers: string;
}

const seconds = (s: number): string => `${Number(s.toFixed(s < 10 ? 1 : 0))} s`;

export function costRows(copies: number, assumptions: Assumptions, language: Language): readonly CostRow[] {
  const { rows } = costWords[language];
  const [m, c] = [costOfMachines(copies, assumptions), costOfContainers(copies, assumptions)];
  const size = (mb: number): string => sizeText(mb * 1e6);
  return [
    { name: rows.memory, machines: size(m.memoryMb), containers: size(c.memoryMb) },
    { name: rows.disk, machines: size(m.diskMb), containers: size(c.diskMb) },
    { name: rows.start, machines: seconds(m.startS), containers: seconds(c.startS) },
    { name: rows.fit(assumptions.hostGib), machines: String(m.fit), containers: String(c.fit) },
  ];
}

/** The text twin. */
export function costInWords(copies: number, assumptions: Assumptions, language: Language): readonly string[] {
  const words = costWords[language];
  return [
    words.picture(copies),
    ...costRows(copies, assumptions, language).map(({ name, machines, containers }) => words.told(name, machines, containers)),
    ...Object.entries(words.assumed).map(([key, label]) => `${label}: ${assumptions[key as keyof Assumptions]}`),
  ];
}

/** A number a reader typed; what is none, or below nothing, is refused. */
export function assumed(old: Assumptions, key: string, text: string): Assumptions {
  const value = Number(text);
  return key in old && text.trim() !== '' && Number.isFinite(value) && value >= 0 ? { ...old, [key]: value } : old;
}
