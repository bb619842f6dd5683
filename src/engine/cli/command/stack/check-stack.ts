/** What a stack's files ask for that a swarm cannot do. Upstream: docker/cli cli/command/stack/loader.go, cli/compose/types. */
import type { Project } from '../../compose/project/types.ts';
import { CliError } from '../../errors.ts';
import { parseReference } from '../../reference.ts';
import type { Context } from '../command.ts';

/** Fields that a swarm has no use for: a service that has them is deployed without. */
const UNSUPPORTED = [
  'build',
  'cgroupns_mode',
  'cgroup_parent',
  'devices',
  'domainname',
  'external_links',
  'ipc',
  'links',
  'mac_address',
  'network_mode',
  'pid',
  'privileged',
  'restart',
  'security_opt',
  'shm_size',
  'userns_mode',
] as const;
const DEPRECATED: Readonly<Record<string, string>> = {
  container_name: 'Setting the container name is not supported.',
  expose: "Exposing ports is unnecessary - services on the same network can access each other's containers on any port.",
};

export async function warnOfFields({ services }: Project, err: Context['err']): Promise<void> {
  const used = new Set(Object.values(services).flatMap((service) => Object.keys(service)));
  const ignored = UNSUPPORTED.filter((field) => used.has(field));
  if (ignored.length > 0) await err.line(`Ignoring unsupported options: ${ignored.join(', ')}\n`);
  const deprecated = Object.keys(DEPRECATED).filter((field) => used.has(field));
  if (deprecated.length > 0)
    await err.line(`Ignoring deprecated options:\n\n${deprecated.map((field) => `${field}: ${DEPRECATED[field]}`).join('\n\n')}\n`);
}

/** Throws CliError if a service has no image, or one that cannot be. */
export function checkImages({ services }: Project): void {
  for (const [name, { image = '' }] of Object.entries(services)) {
    if (image === '') throw new CliError(`invalid image reference for service ${name}: no image specified`);
    try {
      parseReference(image);
    } catch (error) {
      throw error instanceof CliError ? new CliError(`invalid image reference for service ${name}: ${error.message}`) : error;
    }
  }
}
