/** Secrets and configs that are no files: copied into a container before it starts. Upstream: compose pkg/compose/secrets.go. */

import { CliError } from '../../errors.ts';
import { bytesBody } from '../../stream/files.ts';
import { writeTar } from '../../tar/tar.ts';
import { encodeText } from '../../text.ts';
import type { ComposeContext } from '../command.ts';
import type { FileObject, Grant, Project, Service } from '../project/types.ts';

type Kind = 'secret' | 'config';
const DIRECTORIES: Readonly<Record<Kind, string>> = { secret: '/run/secrets/', config: '/' };

export async function copyGrants(
  context: ComposeContext,
  project: Project,
  { service, id }: { service: Service; id: string },
): Promise<void> {
  const all = [
    ...(service.secrets ?? []).map((grant) => ({ kind: 'secret' as const, grant, object: project.secrets[grant.source] })),
    ...(service.configs ?? []).map((grant) => ({ kind: 'config' as const, grant, object: project.configs[grant.source] })),
  ];
  for (const { kind, grant, object } of all) {
    const content = object === undefined ? '' : contentOf(project, kind, object);
    if (content === '') continue;
    if (service.read_only === true)
      throw new CliError(
        `cannot create ${kind} ${JSON.stringify(object?.name)} in read-only service ${service.name}: \`file\` is the sole supported option`,
      );
    await copy(context, id, { content, grant, kind });
  }
}

function contentOf({ environment }: Project, kind: Kind, { content, environment: variable, name }: FileObject): string {
  if (content !== undefined && content !== '') return content;
  if (variable === undefined) return '';
  const value = environment.get(variable);
  if (value === undefined)
    throw new CliError(`environment variable ${JSON.stringify(variable)} required by ${kind} ${JSON.stringify(name)} is not set`);
  return value;
}

async function copy(
  { client, io }: ComposeContext,
  id: string,
  { content, grant, kind }: { content: string; grant: Grant; kind: Kind },
): Promise<void> {
  const { source, target = source, uid, gid, mode } = grant;
  const path = target.startsWith('/') ? target : `${DIRECTORIES[kind]}${target}`;
  const entry = {
    name: path.slice(1),
    type: 'file' as const,
    mode: mode === undefined ? 0o444 : Number.parseInt(mode, 8),
    uid: Number(uid ?? 0),
    gid: Number(gid ?? 0),
    mtimeSeconds: Number(io.clock.nowNs() / 1_000_000_000n),
    linkName: '',
    bytes: encodeText(content),
  };
  await client.containers.copyTo(id, '/', { copyUidGid: uid !== undefined || gid !== undefined, body: bytesBody(writeTar([entry])) });
}
