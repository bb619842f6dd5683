/** Copies changed files into the containers of a service, and removes what is gone. Upstream: compose internal/sync/tar.go. */
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { joinPath } from '../../path.ts';
import { bytesBody } from '../../stream/files.ts';
import { type TarEntry, writeTar } from '../../tar/tar.ts';
import type { ComposeContext } from '../command.ts';
import { projectContainers } from '../engine/containers.ts';
import { exitCode } from '../engine/hooks.ts';
import { together } from '../engine/tasks.ts';
import type { Project } from '../project/types.ts';

export interface Mapping {
  readonly host: string;
  readonly container: string;
}

/** Throws CliError. */
export async function syncService(
  context: ComposeContext,
  project: Project,
  { service, mappings }: { readonly service: string; readonly mappings: readonly Mapping[] },
): Promise<void> {
  const { client, io } = context;
  const isThere = ({ host }: Mapping) => io.files.stat(host) !== null;
  const gone = mappings.filter((one) => !isThere(one)).map(({ container }) => container);
  const archive = writeTar(entriesOf(io, mappings.filter(isThere)));
  const failures: string[] = [];
  const containers = await projectContainers(client, project.name, { services: [service] });
  await together(io, containers, async ({ Id }) => {
    const attempt = async (what: string, act: () => Promise<unknown>): Promise<void> => {
      try {
        await act();
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        failures.push(`${what} ${Id}: ${error.message}`);
      }
    };
    if (gone.length > 0) await attempt('deleting paths in', () => remove(context, Id, gone));
    await attempt('copying files to', () => client.containers.copyTo(Id, '/', { copyUidGid: true, body: bytesBody(archive) }));
  });
  if (failures.length > 0) throw new CliError(failures.join('\n'));
}

async function remove(context: ComposeContext, container: string, paths: readonly string[]): Promise<void> {
  const { client } = context;
  const { Id } = await client.execs.create(container, { Cmd: ['rm', '-rf', ...paths], AttachStderr: true });
  await client.execs.start(Id, { Detach: false, Tty: false });
  const code = await exitCode(context, Id);
  if (code !== 0) throw new CliError(`exit code ${code}`);
}

/** Each place once: what comes last is what counts. */
function entriesOf(io: Io, mappings: readonly Mapping[]): readonly TarEntry[] {
  const entries = new Map<string, TarEntry>();
  for (const { host, container } of mappings) addEntries(io, { host, name: container.replace(/^\//, '') }, entries);
  return [...entries.values()];
}

function addEntries({ files }: Pick<Io, 'files'>, { host, name }: { host: string; name: string }, entries: Map<string, TarEntry>): void {
  const stat = files.lstat(host);
  if (stat === null || stat.type === 'socket') return;
  const { type, mode, uid, gid, mtimeNs } = stat;
  entries.set(name, {
    name: type === 'directory' ? `${name}/` : name,
    type,
    mode: mode & 0o7777,
    uid,
    gid,
    mtimeSeconds: Number(mtimeNs / 1_000_000_000n),
    linkName: type === 'symlink' ? files.readlink(host) : '',
    bytes: type === 'file' ? files.read(host) : new Uint8Array(),
  });
  if (type !== 'directory') return;
  for (const child of files.readdir(host)) addEntries({ files }, { host: joinPath(host, child), name: `${name}/${child}` }, entries);
}
