/**
 * Makes what a vertex stands for. First each vertex's key is found, from its operation, the keys of what it is built on, and the content
 * of what it reads; whose key is in the cache is done. Only what is missing runs, and what does not depend on each other runs side by
 * side. Upstream: buildkit solver.
 */

import { createDigester, type Digest } from '../../../oci/digest.ts';
import { chainId } from '../../../oci/layer.ts';
import type { Daemon } from '../../daemon.ts';
import { messageOf } from '../../errors.ts';
import { BuildFailure, Canceled } from '../failure.ts';
import type { FileAction, Operation, Vertex } from '../plan/vertex.ts';
import type { Progress } from '../progress.ts';
import { all, Once } from '../side-by-side.ts';
import { Ahead } from './ahead.ts';
import type { ImportedCache } from './cache-import.ts';
import { checksumOf, treeChecksum } from './checksum.ts';
import { type Executing, execute } from './execute.ts';
import { hasWildcard } from './go-match.ts';
import { type Read, readsOf } from './reads.ts';
import { type CacheRecord, newCacheId } from './records.ts';
import { MissingSource } from './select.ts';

interface Resolved {
  /** What everything built on it is keyed by. */
  readonly key: string;
  /** What the cache has. */
  readonly record: CacheRecord | undefined;
  /** Another builder has had it; what is built on it may do without its files. */
  readonly isKnown?: boolean;
}

/** What a step is found by: its key, and what its inputs' keys make without looking at files. */
export interface SolvedKey {
  readonly key: string;
  readonly quick: string;
}

interface Memo {
  readonly resolved: Once<Resolved>;
  readonly realized: Once<CacheRecord>;
}

const encoder = new TextEncoder();

function hash(parts: readonly unknown[]): string {
  const digester = createDigester();
  digester.update(encoder.encode(JSON.stringify(parts)));
  return digester.digest();
}

export interface SolverContext extends Omit<Executing, 'inputs' | 'vertex' | 'key'> {
  readonly daemon: Daemon;
  readonly progress: Progress;
  readonly imported: ImportedCache;
}

export class Solver {
  readonly #context: SolverContext;
  readonly #memos = new Map<string, Memo>();
  readonly #solved: SolvedKey[] = [];
  /** Takes back what was to stand in the place of steps that are known: done if the build fails. */
  readonly #replacing: (() => void)[] = [];
  readonly #ahead: Ahead;
  #isCanceled = false;
  #failure: BuildFailure | undefined;

  /** Vertices as they are shown. */
  readonly #shown: ReadonlyMap<string, Vertex>;

  constructor(context: SolverContext, shown: ReadonlyMap<string, Vertex>) {
    this.#context = context;
    this.#shown = shown;
    this.#ahead = new Ahead(context.daemon.sys, { shown, begin: (vertex) => this.realize(vertex) });
  }

  #as(vertex: Vertex): Vertex {
    return this.#shown.get(vertex.digest) ?? vertex;
  }

  /** Nothing more begins, and what runs is killed. */
  cancel(): void {
    if (this.#isCanceled) return;
    this.#isCanceled = true;
    for (const kill of this.#context.running) kill();
  }

  /** Of all steps that were looked at. */
  solved(): readonly SolvedKey[] {
    return this.#solved;
  }

  get isCanceled(): boolean {
    return this.#isCanceled;
  }

  #memo({ digest }: Vertex): Memo {
    const { sys } = this.#context.daemon;
    const known = this.#memos.get(digest) ?? { resolved: new Once<Resolved>(sys), realized: new Once<CacheRecord>(sys) };
    this.#memos.set(digest, known);
    return known;
  }

  /** The record of a vertex, from the cache or made now. Throws BuildFailure, Canceled. */
  async realize(one: Vertex): Promise<CacheRecord> {
    const vertex = this.#as(one);
    return this.#memo(vertex).realized.get(() => this.#guarded(vertex, () => this.#realizeNow(vertex)));
  }

  /** Makes sure of the keys of a vertex and all it stands on, running only what must. */
  async resolve(one: Vertex): Promise<Resolved> {
    const vertex = this.#as(one);
    return this.#memo(vertex).resolved.get(() => this.#guarded(vertex, () => this.#resolveNow(vertex)));
  }

  /** A failure is the vertex's own, and ends the rest. */
  async #guarded<T>(vertex: Vertex, act: () => Promise<T>): Promise<T> {
    if (this.#isCanceled) throw new Canceled();
    try {
      return await act();
    } catch (error) {
      if (error instanceof BuildFailure || error instanceof Canceled) throw error;
      if (this.#isCanceled) throw new Canceled();
      const { progress } = this.#context;
      const message = messageOf(error);
      await this.#passOver(vertex);
      await progress.start(vertex);
      await progress.complete(vertex.digest, { error: message });
      this.cancel();
      const why = prefixOf(vertex.operation, error);
      this.#failure = new BuildFailure(`${why}${message}`, { lines: vertex.lines, vertex: vertex.digest });
      throw this.#failure;
    }
  }

  /** What a step that begins stands on is done, as far as is told: it counts as taken from the cache. Upstream: buildkit solver/progress.go. */
  async #passOver({ inputs }: Vertex): Promise<void> {
    for (const input of inputs.map((one) => this.#as(one))) {
      if (this.#context.progress.isTold(input.digest)) continue;
      await this.#passOver(input);
      await this.#context.progress.cached(input);
    }
  }

  async #resolveNow(vertex: Vertex): Promise<Resolved> {
    const { operation, inputs } = vertex;
    const { cache, progress } = this.#context;
    if (operation.kind === 'image') {
      await progress.start(vertex);
      await progress.task(vertex.digest, `resolve ${operation.name}`, async () => {});
      // Whatever an image is called, what is built on it is built on its files.
      const ids = this.#context.images.find(operation.digest, operation.platform)?.manifest.config.rootfs.diff_ids ?? [];
      const key = hash(['image', ids.length > 0 ? chainId(ids as Digest[]) : operation.digest, operation.platform]);
      return { key, record: cache.find(key) };
    }
    if (operation.kind === 'local' || operation.kind === 'http' || operation.kind === 'git') {
      const record = await this.realize(vertex);
      // A context is known by what is read of it.
      return { key: operation.kind !== 'local' ? record.key : hash(['local', newCacheId(this.#context.daemon)]), record };
    }
    const keys = new Map<Vertex, string>();
    const missing: Vertex[] = [];
    let checksums: readonly string[] | undefined;
    // What is read of the context is looked at beside what is below: the last step that misses a file says so first.
    const look = async (): Promise<void> => {
      checksums = await this.#guarded(vertex, () => this.#checksums(vertex));
    };
    const own = readsContext(vertex) ? [look] : [];
    await all(this.#context.daemon.sys, [
      ...own,
      ...inputs.map((input) => async () => {
        const { key, record, isKnown } = await this.resolve(input);
        keys.set(input, key);
        if (!record && isKnown !== true) missing.push(input);
      }),
    ]);
    const found = await this.#lookUp(vertex, { inputKeys: inputs.map((input) => keys.get(input) ?? ''), checksums, missing });
    if (found.record) await this.#hit(vertex, found.record);
    else if (found.isKnown) await this.#context.progress.cached(vertex);
    return found;
  }

  async #hit(vertex: Vertex, record: CacheRecord): Promise<void> {
    const { progress, workspace } = this.#context;
    workspace.hold(record);
    for (const { digest, operation } of vertex.inputs) if (operation.kind === 'image') await progress.complete(digest, { idle: true });
    // What is made on the way to a step is not told apart from it.
    if (!isInternal(vertex)) await progress.cached(vertex);
  }

  async #lookUp(vertex: Vertex, { inputKeys, checksums, missing }: Known): Promise<Resolved> {
    const { cache, daemon, imported } = this.#context;
    const { operation, ignoreCache } = vertex;
    const quick = hash([keyed(operation), inputKeys]);
    if (!ignoreCache && !checksums) {
      const record = cache.find(quick);
      const found = record ? { key: record.key, record } : await imported.find(quick);
      if (found) {
        cache.alias(quick, found.key);
        this.#solved.push({ key: found.key, quick });
        return { ...found, isKnown: true };
      }
    }
    if (!checksums) this.#ahead.ofUnknown(vertex, missing);
    const base = hasBase(operation) ? 1 : 0;
    const contents = [
      ...inputKeys.slice(0, base),
      ...(checksums ?? (await this.#checksums(vertex))),
      ...(operation.kind === 'merge' ? inputKeys : []),
    ];
    const key = hash([keyed(operation), contents]);
    const meaning = ignoreCache ? hash([key, newCacheId(daemon)]) : cache.meaning(key);
    const hadBefore = ignoreCache && cache.find(key) !== undefined;
    const undo = [cache.alias(key, meaning), ...(checksums ? [] : [cache.alias(quick, meaning)])];
    if (hadBefore) this.#replacing.push(...undo);
    this.#solved.push({ key: meaning, quick });
    const here = ignoreCache ? undefined : cache.find(meaning);
    const brought = ignoreCache || here ? undefined : await imported.find(meaning);
    // What is read of the context may be known by its content.
    if (checksums && !here && !brought) this.#ahead.ofUnknown(vertex, missing);
    return { key: meaning, record: here ?? brought?.record, isKnown: brought !== undefined };
  }

  /** What is only read counts by its content; what is built upon, by its key. */
  async #checksums(vertex: Vertex): Promise<readonly string[]> {
    const { operation, inputs } = vertex;
    const reads = readsOf(operation);
    const base = hasBase(operation) ? 1 : 0;
    // An image that is copied onto itself is what the step stands on, and so is known by its key; all else is looked at.
    const isKnown = (read: Read): boolean =>
      'action' in read && base > 0 && inputs[read.input]?.operation.kind === 'image' && inputs[read.input]?.digest === inputs[0]?.digest;
    const open = reads.filter((read) => !isKnown(read));
    const roots = await this.#rootsOf(inputs.slice(base).filter((_, i) => open.some(({ input }) => input === i + base)));
    return reads.map((read) => (isKnown(read) ? hash([inputs[read.input]?.operation, read]) : this.#checksum(read, inputs, roots)));
  }

  async #rootsOf(inputs: readonly Vertex[]): Promise<ReadonlyMap<string, CacheRecord>> {
    const roots = new Map<string, CacheRecord>();
    await all(
      this.#context.daemon.sys,
      inputs.map((input) => async () => {
        const record = await this.realize(input);
        this.#context.workspace.view(record);
        roots.set(input.digest, record);
      }),
    );
    return roots;
  }

  #checksum(read: Read, inputs: readonly Vertex[], roots: ReadonlyMap<string, CacheRecord>): string {
    const { cache, workspace } = this.#context;
    const { sys } = this.#context.daemon;
    const record = roots.get(inputs[read.input]?.digest ?? '') ?? null;
    const root = record ? workspace.view(record) : '';
    try {
      return 'action' in read ? checksumOf(sys, root, read.action) : treeChecksum(sys, root, read.source);
    } catch (error) {
      if (!(error instanceof MissingSource)) throw error;
      if (record) cache.leak(record);
      const reference = `${newCacheId(this.#context.daemon)}::${newCacheId(this.#context.daemon)}`;
      throw new UnreadableSource(`failed to calculate checksum of ref ${reference}: "${error.message}": not found`);
    }
  }

  async #realizeNow(vertex: Vertex): Promise<CacheRecord> {
    const { operation, inputs } = vertex;
    const { daemon } = this.#context;
    const isSource = ['http', 'git', 'local'].includes(operation.kind);
    const { key, record } = isSource ? { key: '', record: undefined } : await this.resolve(vertex);
    if (record && operation.kind !== 'image') {
      this.#context.cache.touch(record);
      // What is made on the way to a step is told of when it is looked at.
      if (isInternal(vertex) && !this.#context.progress.isTold(vertex.digest)) await this.#context.progress.cached(vertex);
      return record;
    }
    const records = new Map<Vertex, CacheRecord>();
    await all(
      daemon.sys,
      inputs.map((input) => async () => void records.set(input, await this.realize(input))),
    );
    if (this.#isCanceled) throw new Canceled();
    return execute({
      ...this.#context,
      vertex,
      key,
      inputs: inputs.map((input) => records.get(input)).filter((one) => one !== undefined),
    });
  }

  /** Waits for what was begun; what ended the build goes before what it has ended. */
  async ended(error: unknown): Promise<unknown> {
    await this.#ahead.ended();
    if (error !== undefined) for (const undo of this.#replacing.splice(0).reverse()) undo();
    return error instanceof Canceled ? (this.#failure ?? error) : error;
  }

  /** What comes from outside is looked at first, all of it at once. Throws BuildFailure, Canceled. */
  async begin(): Promise<void> {
    const sources = [...this.#shown.values()].filter(({ inputs, operation }) => inputs.length === 0 && operation.kind !== 'file');
    await all(
      this.#context.daemon.sys,
      sources.filter(({ operation }) => operation.kind !== 'run').map((source) => async () => void (await this.resolve(source))),
    );
  }

  /** Ends what was only looked at: images whose files nobody needed. */
  async finish(): Promise<void> {
    for (const { digest, operation } of this.#shown.values())
      if (operation.kind === 'image') await this.#context.progress.complete(digest, { idle: true });
  }
}

/** Whether it was what is built, or the way to know it by, that failed. */
function prefixOf({ kind }: Operation, error: unknown): string {
  if (error instanceof UnreadableSource) return 'failed to compute cache key: ';
  const isFetched = kind === 'http' || (kind === 'git' && !messageOf(error).startsWith('unset '));
  return isFetched ? 'failed to load cache key: ' : '';
}

const isInternal = ({ name }: Vertex): boolean => name.startsWith('[internal]');

/** A file that is not there, found while a key was made. */
class UnreadableSource extends Error {
  override readonly name = 'UnreadableSource';
}

/** What a key is made of. `checksums` are there already where the context is read. */
interface Known {
  readonly inputKeys: readonly string[];
  readonly checksums: readonly string[] | undefined;
  /** Inputs that the cache lacks. */
  readonly missing: readonly Vertex[];
}

const readsContext = ({ inputs }: Vertex): boolean => inputs.some(({ operation: { kind } }) => kind === 'local');

const hasBase = (operation: Operation): boolean =>
  (operation.kind === 'file' && operation.hasBase) || (operation.kind === 'run' && operation.hasRoot);

/** An operation as it counts: a source's folder does not, a secret's value neither. */
function keyed(operation: Operation): unknown {
  if (operation.kind === 'file') return ['file', operation.actions.map(keyedAction), operation.hasBase];
  if (operation.kind === 'run') return ['run', operation.meta, operation.mounts, operation.hasRoot];
  return operation;
}

function keyedAction(action: FileAction): unknown {
  if (action.kind !== 'copy' || hasWildcard(action.source)) return action;
  return { ...action, source: action.source.replace(/^.*\//, '') };
}
