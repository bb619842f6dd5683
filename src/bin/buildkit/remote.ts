/**
 * A context that the engine fetches: before a client builds from it, it looks for a policy's file in there, by a graph of its own. Of
 * graphs this one is understood: a file from the network, unpacked if it is an archive. Upstream: buildx build/policy_loader.go.
 */
import { queryOf } from './attributes.ts';
import type { Engine } from './engine.ts';
import { Code, GrpcError } from './grpc/status.ts';
import { type Definition, OP } from './messages/definition.ts';
import { type Listening, runBuild } from './run.ts';

/** The URL of a graph that is a remote context; undefined for any other. Throws GrpcError for what is no graph. */
export function remoteContextOf({ def }: Definition): string | undefined {
  const operations = def.map((bytes) => OP.decode(bytes));
  const sources = operations.flatMap(({ source }) => (source ? [source.identifier] : []));
  const isOther = operations.some(({ exec, build, merge, diff }) => exec ?? build ?? merge ?? diff);
  const [url = ''] = sources;
  return !isOther && sources.length === 1 && /^https?:\/\//.test(url) ? url : undefined;
}

interface Looking extends Listening {
  readonly url: string;
  readonly path: string;
}

/** Makes the engine fetch a context and look for a file. Throws GrpcError: there is no such file, or no such context, or there is one. */
export async function lookFor(engine: Engine, { url, path, ...listening }: Looking): Promise<never> {
  const query = queryOf({ context: url, filename: path.replace(/^\/+/, '') }, []);
  const asked = { query, session: { Call: 'targets', Outputs: [] }, context: new Uint8Array(), named: new Map<string, Uint8Array>() };
  const { id, result } = await runBuild(engine, asked, listening);
  await engine.forgetSession(id);
  const { Message = '', Sources = [] } = result.Error ?? {};
  if (/^failed to read dockerfile: open .*: no such file or directory$/s.test(Message))
    throw new GrpcError(Code.notFound, `${path}: no such file or directory`);
  if (Message !== '' && Sources.length === 0) throw new GrpcError(Code.unknown, Message);
  throw new GrpcError(Code.unimplemented, `the policy ${path} of a remote context is not supported`);
}
