import type { SwarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';

/** Services by their whole id, their whole name, or the beginning of an id. Throws CliError if that is several. */
export async function findServices(
  swarm: SwarmClient,
  names: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly missing: readonly string[] }> {
  const byId = await swarm.services.list(new Map([['id', names]]));
  const byName = await swarm.services.list(new Map([['name', names]]));
  const ids: string[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const exact = byId.find(({ ID }) => ID === name) ?? byName.find(({ Spec }) => Spec.Name === name);
    const begun = byId.filter(({ ID }) => ID.startsWith(name));
    if (!exact && begun.length > 1) throw new CliError(`multiple services found with provided prefix: ${name}`);
    const found = exact ?? begun[0];
    if (found) ids.push(found.ID);
    else missing.push(`no such service: ${name}`);
  }
  return { ids, missing };
}
