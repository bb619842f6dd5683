import type { Volume } from '../../../api-types/index.ts';
import { notYet } from '../../command/not-yet.ts';
import { CliError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import { volumeHash } from '../project/hash.ts';
import type { Project, VolumeConfig } from '../project/types.ts';
import { COMPOSE_VERSION } from '../version.ts';
import { LABEL } from './labels.ts';
import { together } from './tasks.ts';

export async function findVolumes({ client }: ComposeContext): Promise<ReadonlyMap<string, Volume>> {
  const { Volumes } = await client.volumes.list(new Map());
  return new Map((Volumes ?? []).map((volume) => [volume.Name, volume]));
}

/** External volumes have to be there. Throws CliError. */
export async function checkExternalVolumes(context: ComposeContext, project: Project): Promise<void> {
  const external = Object.values(project.volumes).filter((volume) => volume.external === true);
  if (external.length === 0) return;
  const found = await findVolumes(context);
  for (const { name } of external) if (!found.has(name)) throw new CliError(`external volume ${JSON.stringify(name)} not found`);
}

/** Creates the project's volumes that are not there. */
export async function createVolumes(context: ComposeContext, project: Project): Promise<void> {
  if (Object.keys(project.volumes).length === 0) return;
  const found = await findVolumes(context);
  for (const volume of Object.values(project.volumes)) await warnUnmanaged(context, project, { volume, found: found.get(volume.name) });
  const missing = Object.entries(project.volumes).filter(([, { external, name }]) => external !== true && !found.has(name));
  await together(context.io, missing, ([key, volume]) => createVolume(context, project, { key, volume }));
}

async function warnUnmanaged(
  { warn }: ComposeContext,
  project: Project,
  { volume, found }: { volume: VolumeConfig; found: Volume | undefined },
): Promise<void> {
  const owner = found?.Labels?.[LABEL.project] ?? '';
  if (found === undefined || volume.external === true) return;
  if (owner === project.name) return checkUnchanged(found, volume);
  const whose =
    owner === ''
      ? 'was not created by Docker Compose'
      : `was created for project ${JSON.stringify(owner)} (expected ${JSON.stringify(project.name)})`;
  await warn(`volume ${JSON.stringify(volume.name)} already exists but ${whose}. Use \`external: true\` to use an existing volume`);
}

/** Throws CliError: Compose would ask whether the data may go, and make it anew. */
function checkUnchanged({ Labels }: Volume, volume: VolumeConfig): void {
  const hash = Labels?.[LABEL.hash] ?? '';
  if (hash !== '' && hash !== volumeHash(volume))
    throw notYet(
      `changing the configuration of volume ${JSON.stringify(volume.name)} ('docker compose down -v' removes it with its data, 'up' makes it anew)`,
    );
}

async function createVolume(
  { client, progress }: ComposeContext,
  project: Project,
  { key, volume }: { key: string; volume: VolumeConfig },
) {
  const id = `Volume ${volume.name}`;
  for (let i = 0; i < 2; i++) await progress.on({ id, text: 'Creating', status: 'working' });
  const labels = {
    ...volume.labels,
    [LABEL.volume]: key,
    [LABEL.project]: project.name,
    [LABEL.version]: COMPOSE_VERSION,
    [LABEL.hash]: volumeHash(volume),
  };
  try {
    await client.volumes.create({
      Name: volume.name,
      Driver: volume.driver ?? '',
      DriverOpts: volume.driver_opts ?? {},
      Labels: labels,
    } as Parameters<typeof client.volumes.create>[0]);
  } catch (error) {
    if (error instanceof CliError) await progress.on({ id, text: 'Error', status: 'error' });
    throw error;
  }
  for (let i = 0; i < 2; i++) await progress.on({ id, text: 'Created', status: 'done' });
}
