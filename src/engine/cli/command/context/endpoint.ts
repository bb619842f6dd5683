import { parseEndpoint } from '../../client/endpoint.ts';
import { currentContext, type DockerContext, readContext } from '../../config/context-store.ts';
import { CliError } from '../../errors.ts';
import type { Context } from '../command.ts';

const KEYS = ['from', 'host', 'ca', 'cert', 'key', 'skip-tls-verify'];

/** `--docker host=…,skip-tls-verify=true`; with nothing given the endpoint of the context in use. */
export function contextEndpoint(
  { io, config }: Pick<Context, 'io' | 'config'>,
  options: Readonly<Record<string, string>>,
): NonNullable<DockerContext['Endpoints'][string]> {
  const pairs = Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) =>
      `${name}=${value}`.split(',').map((part) => [part.split('=')[0] ?? '', part.split(/=(.*)/s)[1] ?? '']),
    ),
  );
  for (const name of Object.keys(pairs)) if (!KEYS.includes(name)) throw new CliError(`unrecognized config key: ${name}`);
  if (pairs.from !== undefined) return readContext(io, config, pairs.from).Endpoints.docker ?? { SkipTLSVerify: false };
  if (pairs.host === undefined) return readContext(io, config, currentContext(io, config)).Endpoints.docker ?? { SkipTLSVerify: false };
  parseEndpoint(pairs.host);
  return { Host: pairs.host, SkipTLSVerify: pairs['skip-tls-verify'] === 'true' };
}
