/**
 * Builds while they run. A client may lead one itself: it asks for the build, then tells over the bridge which frontend is to be
 * solved, and returns the result, which the build goes on with. Upstream: moby/buildkit control/gateway, frontend/gateway.
 */
import { Code, errorOf, GrpcError, type Status } from './grpc/status.ts';
import type { SolveRequest } from './messages/control.ts';
import type { FrontendRequest, Result } from './messages/gateway.ts';
import { Trace } from './trace.ts';

export class Job {
  readonly request: SolveRequest;
  readonly gone: AbortSignal;
  readonly trace = new Trace();
  /** What references stand for. */
  readonly #frontends = new Map<string, FrontendRequest>();
  readonly #returned = Promise.withResolvers<Result | undefined>();

  constructor(request: SolveRequest, gone: AbortSignal) {
    this.request = request;
    this.gone = gone;
    this.#returned.promise.catch(() => {});
    const cancel = (): void => this.#returned.reject(new GrpcError(Code.canceled, 'context canceled'));
    if (gone.aborted) cancel();
    gone.addEventListener('abort', cancel, { once: true });
  }

  /** A reference to what a frontend would make; it is made when it is returned. */
  refer(frontend: FrontendRequest): string {
    const id = `${this.request.ref}-${this.#frontends.size}`;
    this.#frontends.set(id, frontend);
    return id;
  }

  frontendOf(reference: string): FrontendRequest | undefined {
    return this.#frontends.get(reference);
  }

  /** The client's last word. */
  give(result: Result | undefined, error: Status | undefined): void {
    if (error) this.#returned.reject(errorOf(error));
    else this.#returned.resolve(result);
  }

  /** Throws GrpcError with what the client could not do. */
  returned(): Promise<Result | undefined> {
    return this.#returned.promise;
  }
}

/** A client may ask for a build's progress just before it asks for the build. */
const PATIENCE_MS = 5_000;

export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #waiting = new Set<() => void>();

  /** Runs a build under its name. Throws GrpcError if one of this name runs. */
  async run<Value>(job: Job, act: () => Promise<Value>): Promise<Value> {
    const { ref } = job.request;
    if (ref === '') throw new GrpcError(Code.invalidArgument, 'a build needs a ref');
    if (this.#jobs.has(ref)) throw new GrpcError(Code.unknown, `job ID ${ref} exists`);
    this.#jobs.set(ref, job);
    for (const wake of [...this.#waiting]) wake();
    try {
      return await act();
    } finally {
      job.trace.end();
      this.#jobs.delete(ref);
    }
  }

  find(ref: string): Job | undefined {
    return this.#jobs.get(ref);
  }

  /** Waits a little for one that is about to begin. Throws GrpcError if none does. */
  async get(ref: string): Promise<Job> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PATIENCE_MS);
    const look = (): void => {
      if (this.#jobs.has(ref)) resolve();
    };
    this.#waiting.add(look);
    look();
    await promise;
    this.#waiting.delete(look);
    clearTimeout(timer);
    const job = this.#jobs.get(ref);
    if (!job) throw new GrpcError(Code.notFound, `no such job ${ref}`);
    return job;
  }
}
