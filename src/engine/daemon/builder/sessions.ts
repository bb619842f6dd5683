/** What clients have left here for a build that is about to come, and what came of it until they have read it. */
import type { BuildSessionRequest, BuildSessionResult } from '../../api-types/build-session.ts';
import { contentBytes } from '../../oci/tar/entry.ts';
import { readTar } from '../../oci/tar/read.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, notFound } from '../errors.ts';
import { hexOfBytes } from '../ids.ts';
import { LentAgents } from './lent-agents.ts';
import { unpackContext } from './solve/local-source.ts';

export interface Session {
  readonly id: string;
  readonly request: BuildSessionRequest;
  /** Snapshots with contexts that were sent, by their names. */
  readonly contexts: Map<string, string>;
  /** Archives for the client, by the output's place. */
  readonly outputs: Map<number, Uint8Array>;
  readonly agents: LentAgents;
  /** Blobs of the client's caches by their digests, by the directory. */
  readonly caches: Map<string, ReadonlyMap<string, Uint8Array>>;
  /** Archives of blobs for the client to write, by the directory. */
  readonly madeCaches: Map<string, Uint8Array>;
  result: BuildSessionResult | undefined;
}

const MAX_SESSIONS = 64;
const byDaemon = new WeakMap<Daemon, Map<string, Session>>();

function sessionsOf(daemon: Daemon): Map<string, Session> {
  const known = byDaemon.get(daemon) ?? new Map<string, Session>();
  byDaemon.set(daemon, known);
  return known;
}

/** A build's own name becomes part of a file's. */
const REF = /^[a-z0-9]{1,64}$/;

/** Throws DockerError. */
export function openSession(daemon: Daemon, request: BuildSessionRequest): Session {
  if (request.Ref !== undefined && !REF.test(request.Ref)) throw invalid(`invalid build ref ${JSON.stringify(request.Ref)}`);
  const sessions = sessionsOf(daemon);
  const id = hexOfBytes(daemon.sys.random.bytes(16));
  const session: Session = {
    id,
    request,
    contexts: new Map(),
    outputs: new Map(),
    caches: new Map(),
    madeCaches: new Map(),
    agents: new LentAgents(daemon.sys, request.Ssh ?? []),
    result: undefined,
  };
  sessions.set(id, session);
  const [oldest] = sessions.keys();
  if (sessions.size > MAX_SESSIONS && oldest !== undefined) forgetSession(daemon, oldest);
  return session;
}

/** Throws DockerError. */
export function sessionNamed(daemon: Daemon, id: string): Session {
  const session = sessionsOf(daemon).get(id);
  if (!session) throw notFound(`no such build session: ${id}`);
  return session;
}

export function forgetSession(daemon: Daemon, id: string): void {
  const { snapshots } = daemon.images;
  for (const snapshot of sessionsOf(daemon).get(id)?.contexts.values() ?? []) if (snapshots.has(snapshot)) snapshots.remove(snapshot);
  daemon.images.lease(`session-${id}`, { snapshots: [], content: [] });
  sessionsOf(daemon).get(id)?.agents.close();
  sessionsOf(daemon).delete(id);
}

/** The build has taken them over. */
export function releaseContexts(daemon: Daemon, session: Session): void {
  session.contexts.clear();
  daemon.images.lease(`session-${session.id}`, { snapshots: [], content: [] });
}

/** Keeps what a client has of a cache: files that are called by their digests. Throws FormatError for what is no archive. */
export function addCache(session: Session, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): void {
  const blobs = [...readTar(bytes)].filter(({ type }) => type === 'file');
  session.caches.set(name, new Map(blobs.map((blob) => [`sha256:${blob.name}`, contentBytes(blob.content)])));
}

/** Keeps a named context. Throws FormatError for what is no archive. */
export function addContext(daemon: Daemon, session: Session, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): void {
  session.contexts.set(name, unpackContext(daemon, bytes));
  daemon.images.lease(`session-${session.id}`, { snapshots: [...session.contexts.values()], content: [] });
}
