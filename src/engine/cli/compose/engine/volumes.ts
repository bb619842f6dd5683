import type { Volume } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import { volumeHash } from '../project/hash.ts';
import type { Project, Service, VolumeConfig } from '../project/types.ts';
import { byText } from '../project/value.ts';
import { ask } from '../prompt.ts';
import { COMPOSE_VERSION } from '../version.ts';
import { stopOnTheWay } from './converge.ts';
import { errorEvent } from './events.ts';
import { making as creating } from './failed-resource.ts';
import { LABEL } from './labels.ts';
import type { Making } from './networks.ts';
import { removeContainer } from './stop.ts';
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

/** Creates the project's volumes that are not there, and those anew that are to be otherwise, if their data may go. */
export async function createVolumes(context: ComposeContext, making: Making): Promise<void> {
  const { project, observed, how } = making;
  const own = Object.entries(project.volumes).filter(([, { external }]) => external !== true);
  if (own.length === 0) return;
  const found = await findVolumes(context);
  for (const [, volume] of own) await warnUnmanaged(context, project, { volume, found: found.get(volume.name) });
  const diverged: OneVolume[] = [];
  for (const [key, volume] of own) {
    const hash = found.get(volume.name)?.Labels?.[LABEL.hash] ?? '';
    if (hash === '' || hash === volumeHash(volume)) continue;
    const question = `Volume ${JSON.stringify(volume.name)} exists but doesn't match configuration in compose file. Recreate (data will be lost)?`;
    if (how.yes || (await ask(context, question))) diverged.push({ key, volume });
  }
  const missing = own.filter(([, { name }]) => !found.has(name)).map(([key, volume]) => ({ key, volume }));
  await together(context.io, missing, (one) => {
    const usedBy = ({ volumes = [] }: Service) => volumes.some(({ type, source }) => type === 'volume' && source === one.key);
    return creating(context, { id: `volume:${one.key}`, usedBy, project, observed }, () => createVolume(context, project, one));
  });
  if (diverged.length > 0) await recreateVolumes(context, making, diverged);
}

interface OneVolume {
  readonly key: string;
  readonly volume: VolumeConfig;
}

async function warnUnmanaged(
  { warn }: ComposeContext,
  project: Project,
  { volume, found }: { readonly volume: VolumeConfig; readonly found: Volume | undefined },
): Promise<void> {
  const owner = found?.Labels?.[LABEL.project] ?? '';
  if (found === undefined || owner === project.name) return;
  const whose =
    owner === ''
      ? 'was not created by Docker Compose'
      : `was created for project ${JSON.stringify(owner)} (expected ${JSON.stringify(project.name)})`;
  await warn(`volume ${JSON.stringify(volume.name)} already exists but ${whose}. Use \`external: true\` to use an existing volume`);
}

/** Their containers go with them, and are made anew as if there had been none. */
async function recreateVolumes(context: ComposeContext, { project, observed, how }: Making, diverged: readonly OneVolume[]): Promise<void> {
  const services = servicesUsing(
    project,
    diverged.map(({ key }) => key),
  );
  const containers = services.flatMap((name) => observed.containers.get(name) ?? []);
  await stopOnTheWay(context, observed, { containers, how });
  await together(context.io, containers, (container) => removeContainer(context, container));
  for (const name of services) {
    observed.recreated.add(name);
    observed.containers.set(name, []);
  }
  await together(context.io, diverged, async ({ key, volume }) => {
    const id = `Volume ${volume.name}`;
    await context.progress.on({ id, text: 'Removing', status: 'working' });
    await context.client.volumes.remove(volume.name, { force: true });
    await context.progress.on({ id, text: 'Removed', status: 'done' });
    await createVolume(context, project, { key, volume });
  });
}

/** Those that mount one of these volumes, by themselves or by way of others. */
function servicesUsing(project: Project, keys: readonly string[]): readonly string[] {
  const all = Object.values(project.services);
  const found = new Set(all.filter(({ volumes = [] }) => volumes.some(({ source = '' }) => keys.includes(source))).map(({ name }) => name));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { name, volumes_from: from = [] } of all) if (from.some((one) => found.has(one.split(':')[0] ?? ''))) found.add(name);
  }
  return [...found].sort(byText);
}

async function createVolume({ client, progress }: ComposeContext, project: Project, { key, volume }: OneVolume): Promise<void> {
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
    if (error instanceof CliError) await progress.on(errorEvent(id, error.message));
    throw error;
  }
  for (let i = 0; i < 2; i++) await progress.on({ id, text: 'Created', status: 'done' });
}
