/** Where modules are: files, folders, packages. */

import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode } from '../../encoding.ts';

/** A path without `.` and `..`. */
export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  return `/${parts.join('/')}`;
}
export const resolvePath = (from: string, path: string): string => normalize(path.startsWith('/') ? path : `${from}/${path}`);
export const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

export function kindOf(sys: Sys, path: string): 'file' | 'folder' | null {
  try {
    const { type } = sys.path.stat(path);
    return type === 'directory' ? 'folder' : 'file';
  } catch (error) {
    if (isErrno(error)) return null;
    throw error;
  }
}

export function readText(sys: Sys, path: string): string {
  return decode(sys.path.readFile(path)).replace(/^\uFEFF/, '');
}

export function realPath(sys: Sys, path: string): string {
  try {
    return sys.path.realpath(path);
  } catch (error) {
    if (isErrno(error)) return path;
    throw error;
  }
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface PackageFile {
  readonly folder: string;
  readonly data: Readonly<Record<string, Json>>;
}

/** A package.json that cannot be read as JSON. */
export class BadPackage extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`Invalid package config ${path}.`);
    this.path = path;
  }
}

export function packageIn(sys: Sys, folder: string): PackageFile | null {
  const path = `${folder === '/' ? '' : folder}/package.json`;
  if (kindOf(sys, path) !== 'file') return null;
  try {
    const data: unknown = JSON.parse(readText(sys, path));
    return { folder, data: typeof data === 'object' && data !== null ? (data as PackageFile['data']) : {} };
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadPackage(path);
    throw error;
  }
}

/** The package that a file belongs to. */
export function packageOf(sys: Sys, file: string): PackageFile | null {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (folder.endsWith('/node_modules')) return null;
    const found = packageIn(sys, folder);
    if (found !== null || folder === '/') return found;
  }
}

const EXTENSIONS = ['.js', '.json', '.node'];

/** A file as `require` finds it: as it is, with an extension, or a folder's main file. */
export function findFile(sys: Sys, path: string): string | null {
  if (!path.endsWith('/') && kindOf(sys, path) === 'file') return path;
  if (!path.endsWith('/')) for (const extension of EXTENSIONS) if (kindOf(sys, path + extension) === 'file') return path + extension;
  const folder = path.replace(/\/+$/, '') || '/';
  if (kindOf(sys, folder) !== 'folder') return null;
  const main = packageIn(sys, folder)?.data.main;
  if (typeof main === 'string' && main !== '') {
    const found = findPlain(sys, normalize(`${folder}/${main}`));
    if (found !== null) return found;
  }
  return findPlain(sys, `${folder}/index`);
}

function findPlain(sys: Sys, path: string): string | null {
  if (kindOf(sys, path) === 'file') return path;
  for (const extension of EXTENSIONS) if (kindOf(sys, path + extension) === 'file') return path + extension;
  for (const extension of EXTENSIONS) if (kindOf(sys, `${path}/index${extension}`) === 'file') return `${path}/index${extension}`;
  return null;
}

/** The folders in which a package is looked for. */
export function moduleFolders(from: string): string[] {
  const folders: string[] = [];
  for (let folder = from; ; folder = folderOf(folder)) {
    if (!folder.endsWith('/node_modules')) folders.push(`${folder === '/' ? '' : folder}/node_modules`);
    if (folder === '/') return folders;
  }
}

export function splitName(specifier: string): { readonly name: string; readonly rest: string } {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, count).join('/'), rest: parts.slice(count).join('/') };
}

/** What `exports` or `imports` of a package says for a path: undefined if nothing. */
export function exported(data: Json | undefined, subpath: string, conditions: readonly string[]): string | null | undefined {
  if (data === undefined) return undefined;
  const isMap =
    typeof data === 'object' &&
    data !== null &&
    !Array.isArray(data) &&
    Object.keys(data).some((key) => key.startsWith('.') || key.startsWith('#'));
  const map = (isMap ? data : { '.': data }) as Readonly<Record<string, Json>>;
  if (Object.hasOwn(map, subpath)) return chosen(map[subpath] ?? null, conditions, '');
  let best: { readonly target: Json; readonly star: string; readonly length: number } | null = null;
  for (const [key, target] of Object.entries(map)) {
    const at = key.indexOf('*');
    if (at < 0) continue;
    const [before, after] = [key.slice(0, at), key.slice(at + 1)];
    if (!subpath.startsWith(before) || !subpath.endsWith(after) || subpath.length < key.length) continue;
    if (best === null || before.length > best.length)
      best = { target, star: subpath.slice(before.length, subpath.length - after.length), length: before.length };
  }
  return best === null ? null : chosen(best.target, conditions, best.star);
}

function chosen(target: Json, conditions: readonly string[], star: string): string | null {
  if (typeof target === 'string') return target.replaceAll('*', star);
  if (Array.isArray(target)) {
    for (const one of target as readonly Json[]) {
      const found = chosen(one, conditions, star);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof target === 'object' && target !== null)
    for (const [condition, one] of Object.entries(target as Readonly<Record<string, Json>>))
      if (condition === 'default' || conditions.includes(condition)) {
        const found = chosen(one, conditions, star);
        if (found !== null) return found;
      }
  return null;
}
