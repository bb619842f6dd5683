/** Images by the digest that their registry has now, so that every node runs the same. Upstream: moby client/service_create.go. */
import type { ServiceSpec } from '../../../api-types/index.ts';
import { segment } from '../../client/http.ts';
import { CliError } from '../../errors.ts';
import { familiarString, parseReference, withDefaultTag } from '../../reference.ts';
import type { Context } from '../command.ts';

export interface Pinned {
  readonly spec: ServiceSpec;
  /** That the registry could not say. */
  readonly warning?: string;
}

export async function pinned(
  { client }: Pick<Context, 'client'>,
  spec: ServiceSpec,
  { isOff }: { readonly isOff: boolean },
): Promise<Pinned> {
  const image = spec.TaskTemplate.ContainerSpec?.Image ?? '';
  if (isOff || image.includes('@')) return { spec };
  const name = familiarString(withDefaultTag(parseReference(image)));
  try {
    const { Descriptor, Platforms } = await client.http.get<Distribution>(`/distribution/${segment(image)}/json`);
    const { TaskTemplate } = spec;
    const Placement = Platforms ? { ...TaskTemplate.Placement, Platforms: Platforms.map(platform) } : TaskTemplate.Placement;
    const ContainerSpec = { ...TaskTemplate.ContainerSpec, Image: `${name}@${Descriptor.digest}` };
    return { spec: { ...spec, TaskTemplate: { ...TaskTemplate, ContainerSpec, ...(Placement && { Placement }) } } };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return {
      spec,
      warning: `image ${name} could not be accessed on a registry to record\nits digest. Each node will access ${name} independently,\npossibly leading to different nodes running different\nversions of the image.\n`,
    };
  }
}

interface Distribution {
  readonly Descriptor: { readonly digest: string };
  readonly Platforms?: readonly { readonly architecture: string; readonly os: string }[];
}

const platform = ({ architecture, os }: { readonly architecture: string; readonly os: string }) => ({ Architecture: architecture, OS: os });
