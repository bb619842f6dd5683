/** Has the engine build, and tells what it tells. */
import type { BuildSessionRequest, BuildSessionResult } from '../../engine/api-types/build-session.ts';
import type { ProgressMessage } from '../../engine/api-types/index.ts';
import type { Query } from '../../engine/cli/client/http.ts';
import { eachJsonLine } from '../../engine/cli/client/json-lines.ts';
import type { Engine } from './engine.ts';

/** All that the engine is asked with. */
export interface Asked {
  readonly query: Query;
  readonly session: BuildSessionRequest;
  /** An archive. */
  readonly context: Uint8Array;
  /** Archives by the contexts' names. */
  readonly named: ReadonlyMap<string, Uint8Array>;
}

export interface Ran {
  /** The engine's session, which keeps the outputs until it is forgotten. */
  readonly id: string;
  readonly result: BuildSessionResult;
}

export interface Listening {
  /** Cancels when it is aborted. */
  readonly gone: AbortSignal;
  /** Is given each message of the trace. */
  readonly tell: (message: Uint8Array) => void;
}

/** What goes wrong with the build is in its result. */
export async function runBuild(engine: Engine, { query, session, context, named }: Asked, { gone, tell }: Listening): Promise<Ran> {
  const { ID: id } = await engine.createSession(session);
  for (const [name, archive] of named) await engine.sendContext(id, name, archive);
  const cancel = (): void => void engine.cancel(id).catch(() => {});
  gone.addEventListener('abort', cancel);
  try {
    const answer = await engine.start({ query: { ...query, session: id, buildid: id }, headers: [], body: context });
    // A build that had not begun could not be cancelled.
    if (gone.aborted) cancel();
    await eachJsonLine<ProgressMessage>(answer, (line) => {
      if (line.id === 'moby.buildkit.trace' && typeof line.aux === 'string') tell(new Uint8Array(Buffer.from(line.aux, 'base64')));
    });
    return { id, result: await engine.result(id) };
  } finally {
    gone.removeEventListener('abort', cancel);
  }
}
