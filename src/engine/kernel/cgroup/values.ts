/** How the interface files of both versions of control groups write and read numbers. */
import { Errno } from '../errno.ts';
import type { Cgroup } from './cgroup.ts';

/** One file of a group's directory: how it reads, and what writing does. Throws Errno. */
export interface InterfaceFile {
  readonly read?: (group: Cgroup) => string;
  readonly write?: (group: Cgroup, text: string) => void;
  /** Present in the root group too. */
  readonly inRoot?: boolean;
}

export type InterfaceFiles = Readonly<Record<string, InterfaceFile>>;

/** Of version 1, those that are mounted together. */
export const CGROUP_V1_CONTROLLERS = ['cpuset', 'cpu', 'cpuacct', 'memory', 'devices', 'freezer', 'pids'];

/** Version 1, for a kernel that has it in place of version 2. */
export interface CgroupV1 {
  readonly controllers: readonly string[];
  readonly files: InterfaceFiles;
}

export const PAGE_BYTES = 4096;
export const MICROSECOND_NS = 1000;

export const line = (value: number | string): string => `${value}\n`;
export const us = (ns: number): number => Math.floor(ns / MICROSECOND_NS);
export const keyed = (entries: readonly (readonly [string, number])[]): string =>
  entries.map(([key, value]) => `${key} ${value}\n`).join('');

/** A number, or `max` for no limit. */
export function parseCount(text: string): number {
  const word = text.trim();
  if (word === 'max') return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(word)) throw new Errno('EINVAL');
  return Number(word);
}

const SUFFIXES: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Bytes, with the suffixes that the kernel takes, in whole pages; the word of that version for no limit. */
export function parseBytes(text: string, unlimited: string): number {
  const word = text.trim();
  if (word === unlimited) return Number.POSITIVE_INFINITY;
  const match = /^(\d+)([kmgt]?)$/i.exec(word);
  if (match === null) throw new Errno('EINVAL');
  const bytes = Number(match[1]) * (SUFFIXES[(match[2] ?? '').toLowerCase()] ?? 1);
  return Math.floor(bytes / PAGE_BYTES) * PAGE_BYTES;
}

export function parseFlag(text: string): boolean {
  const word = text.trim();
  if (word !== '0' && word !== '1') throw new Errno('EINVAL');
  return word === '1';
}

/** A file whose value is kept and shown, and changes nothing in the model. */
export function kept(name: string, initial: string): InterfaceFile {
  return {
    read: (group) => line(group.settings.get(name) ?? initial),
    write: (group, text) => void group.settings.set(name, text.trim()),
  };
}

/** The processes of a group, by the pids of whoever reads; writing one moves it here. */
export const MEMBERS: InterfaceFile = {
  read: (group) => {
    const pids = [...group.members].map((member) => group.host.pidOf(member)).sort((a, b) => a - b);
    return pids.map(line).join('');
  },
  write: (group, text) => {
    const member = group.host.member(parseCount(text));
    if (member === undefined) throw new Errno('ESRCH');
    group.host.move(member, group);
  },
  inRoot: true,
};
