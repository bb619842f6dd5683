/** The engine behind a builder, as far as it can be asked. */
import type { BuilderInfo, GcRule } from '../../api-types/builder.ts';
import { build } from '../client/build.ts';
import { parseEndpoint } from '../client/endpoint.ts';
import { type DockerClient, dockerClient } from '../client/index.ts';
import type { Context } from '../command/command.ts';
import { hostOf } from '../config/current-context.ts';
import { CliError, isNotFound } from '../errors.ts';

export interface BuilderNode {
  readonly name: string;
  readonly status: 'running' | 'error';
  readonly version: string;
  readonly platforms: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Absent: the engine does not tell. */
  readonly id?: string;
  readonly gcPolicy: readonly GcRule[];
  readonly error?: string;
}

/** What the builder says of itself; other engines answer 404. */
async function builderInfo(client: DockerClient): Promise<BuilderInfo | undefined> {
  try {
    return await build(client.http).builder();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The BuildKit inside of the engines that this client is made for; the API does not tell. */
const BUILDKIT_VERSION = 'v0.32.2';
/** What a processor runs besides what it is called after. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  amd64: ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64/v4'],
};
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

export async function loadNode(context: Pick<Context, 'io' | 'config' | 'client' | 'contextName'>, name: string): Promise<BuilderNode> {
  const { io, config, contextName } = context;
  const client = name === contextName ? context.client : dockerClient(io, parseEndpoint(await hostOf(io, config, { context: name })));
  try {
    const info = await builderInfo(client);
    if (info !== undefined)
      return {
        name,
        status: 'running',
        version: info.Version,
        platforms: info.Platforms,
        labels: info.Labels,
        id: info.ID,
        gcPolicy: info.GCPolicy,
      };
    const { Architecture = '' } = await client.system.info();
    const arch = ARCHITECTURES[Architecture] ?? Architecture;
    const platforms = VARIANTS[arch] ?? [`linux/${arch}`];
    return { name, status: 'running', version: BUILDKIT_VERSION, platforms, labels: {}, gcPolicy: [] };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { name, status: 'error', version: '', platforms: [], labels: {}, gcPolicy: [], error: error.message };
  } finally {
    if (client !== context.client) client.http.close();
  }
}
