/** How a name is found in a stack of layers. */

import type { Node } from '../node.ts';
import type { DirEntry } from '../types.ts';

export const OPAQUE = 'trusted.overlay.opaque';
export const PRIVATE_PREFIX = 'trusted.overlay.';
const YES = 'y'.charCodeAt(0);

/** A name that a layer takes away from those below: a character device 0/0. */
export const isWhiteout = (node: Node): boolean => node.type === 'char-device' && node.stat().rdev === 0;
/** A directory that hides those below. */
export const isOpaque = (node: Node): boolean => node.xattrs().get(OPAQUE)?.[0] === YES;

/** What makes up a node: its file in the upper layer, and those below (of a directory all that are merged; else at most one). */
export interface Stack {
  readonly upper: Node | undefined;
  readonly lowers: readonly Node[];
}

/** Looks a name up in merged directories; undefined if it is nowhere, or taken away. */
export function lookupIn({ upper, lowers }: Stack, name: string): Stack | undefined {
  const top = upper?.lookup(name);
  if (top === undefined) {
    const found = lookupLower(lowers, name);
    return found.length === 0 ? undefined : { upper: undefined, lowers: found };
  }
  if (isWhiteout(top)) return undefined;
  if (top.type !== 'directory' || isOpaque(top)) return { upper: top, lowers: [] };
  return { upper: top, lowers: lookupLower(lowers, name, true) };
}

/** The files that a name means below: one file, or the directories down to the first that hides the rest. */
export function lookupLower(lowers: readonly Node[], name: string, onlyDirectories = false): readonly Node[] {
  const found: Node[] = [];
  for (const layer of lowers) {
    const node = layer.lookup(name);
    if (node === undefined) continue;
    if (isWhiteout(node)) break;
    if (node.type !== 'directory') return found.length === 0 && !onlyDirectories ? [node] : found;
    found.push(node);
    if (isOpaque(node)) break;
  }
  return found;
}

/**
 * The names that are left when all layers are laid over each other; which files they mean says `lookupIn`. Those of the lowest layer
 * come first, then the others from the top down, each in its layer's own order. Upstream: Linux fs/overlayfs/readdir.c.
 */
export function mergedNames({ upper, lowers }: Stack): readonly string[] {
  const seen = new Map<string, boolean>();
  const layers = upper === undefined ? lowers : [upper, ...lowers];
  for (const layer of layers)
    for (const entry of layer.list()) if (!seen.has(entry.name)) seen.set(entry.name, !isWhiteoutEntry(layer, entry));
  const lowest = layers.length > 1 ? (layers.at(-1)?.list() ?? []).map(({ name }) => name) : [];
  return [...new Set([...lowest, ...seen.keys()])].filter((name) => seen.get(name) === true);
}

function isWhiteoutEntry(layer: Node, { name, type }: DirEntry): boolean {
  const node = type === 'char-device' ? layer.lookup(name) : undefined;
  return node !== undefined && isWhiteout(node);
}
