/**
 * The graph of a build: each vertex is an operation on what its inputs give. A vertex's digest is over its operation and its inputs'
 * digests, so what is written twice is done once. Upstream: buildkit's LLB.
 */

import { type Digest, digestOf } from '../../../oci/digest.ts';
import type { Platform } from '../../../oci/manifest.ts';
import type { Lines } from '../dockerfile/errors.ts';
import type { RunMount } from '../dockerfile/run-mounts.ts';
import type { GitReference } from './git-reference.ts';

/** What a command runs with. */
export interface RunMeta {
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly user: string;
  readonly network: string;
  readonly security: string;
  readonly hostname: string;
  readonly extraHosts: readonly string[];
  readonly ulimits: readonly string[];
  readonly cgroupParent: string;
  readonly shmSizeBytes: number;
}

/** A mount of a RUN. `input` is the index of the vertex that it shows, -1 for nothing. */
export interface PlannedMount extends Pick<RunMount, 'type' | 'readOnly' | 'sizeBytes' | 'required' | 'env' | 'mode' | 'uid' | 'gid'> {
  readonly input: number;
  readonly source: string;
  readonly target: string;
  readonly id: string;
  readonly sharing: 'shared' | 'private' | 'locked';
}

export interface CopyAction {
  readonly kind: 'copy';
  readonly input: number;
  readonly source: string;
  readonly dest: string;
  readonly owner: string;
  readonly mode: string;
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
  readonly required: readonly string[];
  readonly unpack: boolean;
  /** From a directory, only what is in it; links at the end are followed; `*` may match nothing. */
  readonly isPath: boolean;
}

export type FileAction =
  | CopyAction
  | { readonly kind: 'mkdir'; readonly path: string; readonly owner: string; readonly createdNs: string | undefined; readonly mode: number }
  | { readonly kind: 'mkfile'; readonly path: string; readonly mode: number; readonly data: string };

export type Operation =
  | { readonly kind: 'image'; readonly name: string; readonly digest: Digest; readonly platform: Platform }
  | { readonly kind: 'local'; readonly context: string; readonly paths: readonly string[] }
  | { readonly kind: 'http'; readonly url: string; readonly filename: string; readonly checksum: string }
  | ({ readonly kind: 'git' } & GitReference)
  /** Input 0 is the root, if there is one. */
  | {
      readonly kind: 'run';
      readonly meta: RunMeta;
      readonly proxy: readonly string[];
      readonly mounts: readonly PlannedMount[];
      readonly hasRoot: boolean;
    }
  /** Input 0 is what is written into, if `hasBase`. */
  | { readonly kind: 'file'; readonly actions: readonly FileAction[]; readonly hasBase: boolean }
  /** Input 1 laid over input 0. */
  | { readonly kind: 'merge' };

export interface Vertex {
  readonly digest: Digest;
  readonly operation: Operation;
  readonly inputs: readonly Vertex[];
  readonly name: string;
  /** Where in the Dockerfile it is from. */
  readonly lines: Lines | undefined;
  readonly ignoreCache: boolean;
  /** How the cache's list calls it, if that is not its name. */
  readonly description: string;
  readonly progressGroup?: { readonly id: string; readonly name: string; readonly weak: boolean };
}

/** The files of a stage: what a vertex gives; null is nothing at all (`scratch`). */
export type State = Vertex | null;

export interface NewVertex extends Omit<Vertex, 'digest' | 'ignoreCache' | 'lines'> {
  readonly lines?: Lines | undefined;
  readonly ignoreCache?: boolean;
}

const encoder = new TextEncoder();

export function vertex({ ignoreCache = false, lines, ...rest }: NewVertex): Vertex {
  const { operation, inputs } = rest;
  const identity = JSON.stringify([operation, inputs.map(({ digest }) => digest), ignoreCache]);
  return { ...rest, lines, ignoreCache, digest: digestOf(encoder.encode(identity)) };
}

/** Every vertex below one, each once: of those that are the same, the one that is met last gives its name. */
export function verticesOf(target: State): ReadonlyMap<string, Vertex> {
  const found = new Map<string, Vertex>();
  const seen = new Set<Vertex>();
  const visit = (one: Vertex): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const input of one.inputs) visit(input);
    found.set(one.digest, one);
  };
  if (target) visit(target);
  return found;
}
