/** The images of a project's services: those that are there, those to pull, those to build. Upstream: compose pkg/compose/pull.go. */
import type { ImageInspect, ProgressMessage } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { pullAnswer } from '../../command/image/pull-image.ts';
import { CliError, DaemonError, isNotFound } from '../../errors.ts';
import { humanSize } from '../../formatter/units.ts';
import { parseReference, withDefaultTag } from '../../reference.ts';
import type { ComposeContext } from '../command.ts';
import type { Project, Service } from '../project/types.ts';
import { imageOf } from './services.ts';
import { together } from './tasks.ts';

/** The images that are there, by the names that services have for them. */
export async function localImages({ client }: ComposeContext, project: Project): Promise<Map<string, ImageInspect>> {
  const found = new Map<string, ImageInspect>();
  for (const name of new Set(Object.values(project.services).map((service) => imageOf(project, service)))) {
    try {
      found.set(name, await client.images.inspect(name, { manifests: true }));
    } catch (error) {
      if (isNotFound(error)) continue;
      throw error instanceof CliError ? new CliError(`unable to get image '${name}': ${error.message}`) : error;
    }
  }
  return found;
}

/** What tells whether an image is another one: its manifest, because its index changes with every build. */
export const identityOf = ({ Id, Manifests }: ImageInspect): string =>
  Manifests?.find(({ Kind, Available }) => Kind === 'image' && Available)?.ID ?? Id;

export interface Pulling {
  readonly quiet: boolean;
  readonly ignoreFailures?: boolean;
  /** It is `compose pull`: nothing is built instead. */
  readonly isAsked?: boolean;
}

/** Must the service's image be pulled before a container is made? */
export function mustPull(service: Service, isThere: boolean): boolean {
  if (service.image === undefined || service.provider !== undefined) return false;
  const policy = service.pull_policy ?? '';
  if (policy === 'never' || policy === 'build') return false;
  if (policy === 'always' || policy === 'refresh') return true;
  return !isThere;
}

/** Pulls each image once. */
export async function pullAll(context: ComposeContext, services: readonly Service[], pulling: Pulling): Promise<void> {
  const byImage = new Map(services.map((service) => [service.image ?? '', service]));
  const buildable: string[] = [];
  try {
    await together(context.io, [...byImage.values()], (service) => pullOne(context, service, { ...pulling, buildable }));
  } finally {
    if (pulling.isAsked === true && buildable.length > 0)
      await context.warn(
        `WARNING: Some service image(s) must be built from source by running:\n    docker compose build ${buildable.join(' ')}`,
      );
  }
}

async function pullOne(
  context: ComposeContext,
  service: Service,
  { quiet, ignoreFailures = false, isAsked = false, buildable }: Pulling & { readonly buildable: string[] },
): Promise<void> {
  const { progress } = context;
  const image = service.image ?? '';
  const id = `Image ${image}`;
  await progress.on({ id, text: 'Pulling', status: 'working' });
  try {
    const answer = await pullAnswer(context, { reference: withDefaultTag(parseReference(image)), platform: service.platform ?? '' });
    await eachJsonLine<ProgressMessage>(answer, async (message) => {
      const error = message.errorDetail?.message ?? message.error;
      if (error !== undefined) throw new CliError(error);
      if (!quiet) await showLayer(context, id, message);
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (context.isDryRun) return wouldFail(context, id, error);
    const reason = error instanceof DaemonError ? error.reason : error.message;
    // What can be built may be missing.
    if (service.build !== undefined) await progress.on({ id, text: reason, status: 'warning' });
    else await progress.on({ id, text: 'Error', status: 'error', details: reason });
    if (service.build !== undefined) buildable.push(service.name);
    if (ignoreFailures || (service.build !== undefined && !isAsked)) return;
    throw error instanceof DaemonError ? error : new CliError(`Error response from daemon: ${error.message}`);
  }
  await progress.on({ id, text: 'Pulled', status: 'done' });
}

/** The registry itself was asked: its last word is shown. */
async function wouldFail({ progress }: ComposeContext, id: string, error: CliError): Promise<never> {
  await progress.on({ id, text: 'Error', status: 'error', details: error.message.split(': ').at(-1) ?? '' });
  await progress.on({ id, text: 'Error', status: 'error', details: `error pulling image: ${id.replace(/^Image /, '')}` });
  throw error;
}

const ENDED = new Set(['Pull complete', 'Already exists', 'Download complete']);

async function showLayer(
  { progress }: ComposeContext,
  parent: string,
  { id, status = '', progressDetail }: ProgressMessage,
): Promise<void> {
  if (id === undefined || id === '' || progressDetail === undefined) return;
  await progress.on({
    id,
    parent,
    text: status,
    details: humanSize(progressDetail.current ?? 0),
    status: ENDED.has(status) ? 'done' : 'working',
  });
}
