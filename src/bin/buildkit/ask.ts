/** What a client keeps to itself until a build needs it: accounts, secrets, agents. */
import type { BuildFile, BuildOutline, BuildSessionRequest } from '../../engine/api-types/build-session.ts';
import { imageWords, namesOf, registriesOf } from './attributes.ts';
import type { Solving } from './solve.ts';

/** Whom the client is for the registries that a build may speak to. */
export async function accounts(
  { caller, attrs, request }: Solving,
  session: BuildSessionRequest,
  dockerfile: BuildFile | undefined,
): Promise<Accounts> {
  const text = dockerfile ? Buffer.from(dockerfile.Data, 'base64').toString() : '';
  const values = Object.entries(attrs).flatMap(([name, value]) => (/^(?:build-arg|context):/.test(name) ? [value] : []));
  const caches = [...(session.CacheFrom ?? []), ...(session.CacheTo ?? [])].flatMap(({ ref = '' }) => [ref]);
  const found: Record<string, Accounts[string]> = {};
  for (const host of registriesOf([...imageWords(text), ...values, ...caches, ...namesOf(request)])) {
    const account = await caller.account(host === 'docker.io' ? 'registry-1.docker.io' : host);
    if (account) found[host] = account;
  }
  return found;
}
type Accounts = NonNullable<BuildSessionRequest['Auths']>;

/** Secrets and agents that a build's steps need, as far as the client has them. */
export async function secrets(
  { caller }: Solving,
  { Secrets: ids, Ssh: agents }: Pick<BuildOutline, 'Secrets' | 'Ssh'>,
): Promise<Pick<BuildSessionRequest, 'Secrets' | 'Ssh'>> {
  const values: Record<string, string> = {};
  for (const { Name: id } of ids) {
    const value = await caller.secret(id);
    if (value) values[id] = Buffer.from(value).toString('base64');
  }
  const offered: string[] = [];
  for (const { Name: id } of agents) if (await caller.hasAgent(id)) offered.push(id);
  return { Secrets: values, Ssh: offered };
}
