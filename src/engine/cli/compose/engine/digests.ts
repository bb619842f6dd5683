/** Images by what a registry has under their names now. Upstream: compose-go Project.WithImagesResolved. */
import { authHeader, authOf } from '../../config/config-file.ts';
import { CliError } from '../../errors.ts';
import { fullString, parseReference, registryOf, withDefaultTag } from '../../reference.ts';
import type { ComposeContext } from '../command.ts';
import type { Project } from '../project/types.ts';

/** The project with the digest in the name of each image. Throws CliError for one that no registry has. */
export async function withDigests(context: ComposeContext, project: Project): Promise<Project> {
  const known = new Map<string, string>();
  const services = { ...project.services };
  for (const [name, service] of Object.entries(services)) {
    const { image } = service;
    if (image === undefined) continue;
    if (!known.has(image)) known.set(image, await withDigest(context, image));
    services[name] = { ...service, image: known.get(image) ?? image };
  }
  return { ...project, services };
}

async function withDigest({ client, config }: ComposeContext, image: string): Promise<string> {
  const reference = withDefaultTag(parseReference(image));
  // Of a name with both, the digest is what counts.
  if (reference.digest !== '') return fullString({ ...reference, tag: '' });
  const name = fullString(reference);
  try {
    const { Descriptor } = await client.images.distribution(name, authHeader(authOf(config, registryOf(reference))));
    return `${name}@${Descriptor.digest}`;
  } catch (error) {
    throw error instanceof CliError ? new CliError(`failed to resolve digest for ${name}: ${error.message}`) : error;
  }
}

/** Nothing but the names of the images: a project that is laid over another. */
export function imagesOf({ services, ...project }: Project): Project {
  const images = Object.entries(services).map(
    ([key, { name, image }]) => [key, { name, ...(image === undefined ? {} : { image }) }] as const,
  );
  return {
    ...project,
    name: '',
    services: Object.fromEntries(images),
    networks: {},
    volumes: {},
    secrets: {},
    configs: {},
    extensions: {},
  };
}
