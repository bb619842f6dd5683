/** What a client keeps to itself until a build needs it: accounts, secrets, agents; and its say in what a build may use. */
import type { BuildFile, BuildSessionRequest, BuildSessionResult } from '../../engine/api-types/build-session.ts';
import { imageWords, namesOf, registriesOf } from './attributes.ts';
import { checkSources } from './policy.ts';
import { run, type Solving } from './solve.ts';

/** The session with what the client was asked for. Throws GrpcError for a source that a policy does not allow. */
export async function withPrivate(
  solving: Solving,
  session: BuildSessionRequest,
  dockerfile: BuildFile | undefined,
): Promise<BuildSessionRequest> {
  const text = dockerfile ? Buffer.from(dockerfile.Data, 'base64').toString() : undefined;
  const known = { ...session, Auths: await accounts(solving, session, text ?? '') };
  const isPoliced = solving.request.sourcePolicySession !== '';
  if (!isPoliced && text !== undefined && !/type=(?:secret|ssh)\b/.test(text)) return known;
  const { Outline, Sources = [] } = await outline(solving, dockerfile ? { ...known, Dockerfile: dockerfile } : known);
  if (isPoliced) await checkSources(solving.caller, Sources);
  const names = (list: readonly { readonly Name: string }[] = []): readonly string[] => list.map(({ Name }) => Name);
  return { ...known, ...(await secrets(solving, names(Outline?.Secrets), names(Outline?.Ssh))) };
}

async function accounts({ caller, attrs, request }: Solving, session: BuildSessionRequest, dockerfile: string): Promise<Accounts> {
  const values = Object.entries(attrs).flatMap(([name, value]) => (/^(?:build-arg|context):/.test(name) ? [value] : []));
  const caches = [...(session.CacheFrom ?? []), ...(session.CacheTo ?? [])].flatMap(({ ref = '' }) => [ref]);
  const found: Record<string, Accounts[string]> = {};
  for (const host of registriesOf([...imageWords(dockerfile), ...values, ...caches, ...namesOf(request)])) {
    const account = await caller.account(host === 'docker.io' ? 'registry-1.docker.io' : host);
    if (account) found[host] = account;
  }
  return found;
}
type Accounts = NonNullable<BuildSessionRequest['Auths']>;

/** The engine knows what a Dockerfile's steps need. A build that cannot be planned fails later, and says why. */
async function outline(solving: Solving, session: BuildSessionRequest): Promise<BuildSessionResult> {
  const { Ref: _, ...unnamed } = session;
  const asked = { ...unnamed, Call: 'outline', Outputs: [], CacheFrom: [], CacheTo: [] };
  const { id, result } = await run(solving, { session: asked, context: new Uint8Array(), named: new Map() }, () => {});
  await solving.engine.forgetSession(id);
  return result;
}

async function secrets(
  { caller }: Solving,
  ids: readonly string[],
  agents: readonly string[],
): Promise<Pick<BuildSessionRequest, 'Secrets' | 'Ssh'>> {
  const values: Record<string, string> = {};
  for (const id of ids) {
    const value = await caller.secret(id);
    if (value) values[id] = Buffer.from(value).toString('base64');
  }
  const offered: string[] = [];
  for (const id of agents) if (await caller.hasAgent(id)) offered.push(id);
  return { Secrets: values, Ssh: offered };
}
