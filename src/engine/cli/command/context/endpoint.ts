import { type DockerContext, readContext } from '../../config/context-store.ts';
import { currentContext } from '../../config/current-context.ts';
import { CliError } from '../../errors.ts';
import { absolutePath } from '../../path.ts';
import type { Context } from '../command.ts';

const endpointIn = ({ Endpoints: { docker } }: DockerContext) => docker ?? { SkipTLSVerify: false };

const KEYS = ['from', 'host', 'ca', 'cert', 'key', 'skip-tls-verify'];

/** `--docker host=…,skip-tls-verify=true`; with nothing given the endpoint of the context in use. */
export function contextEndpoint(
  { io, config }: Pick<Context, 'io' | 'config'>,
  options: Readonly<Record<string, string>>,
): NonNullable<DockerContext['Endpoints'][string]> {
  if (Object.keys(options).length === 0) return endpointIn(readContext(io, config, currentContext(io, config)));
  const refuse = (why: string): CliError => new CliError(`unable to create docker endpoint config: ${why}`);
  const unknown = Object.keys(options).find((name) => !KEYS.includes(name));
  if (unknown !== undefined) throw refuse(`unrecognized config key: ${unknown}`);
  const { from, host = '', 'skip-tls-verify': skip = 'false' } = options;
  if (from !== undefined) return endpointIn(readContext(io, config, from));
  const missing = [options.ca, options.cert, options.key].find(
    (path) => path !== undefined && io.files.stat(absolutePath(io.cwd, path)) === null,
  );
  if (missing !== undefined) throw refuse(`open ${missing}: no such file or directory`);
  if (!/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(skip))
    throw refuse(`skip-tls-verify: strconv.ParseBool: parsing ${JSON.stringify(skip)}: invalid syntax`);
  if (host !== '' && !/:\/\/./.test(host)) throw refuse(`unable to apply docker endpoint options: unable to parse docker host \`${host}\``);
  return { ...(host === '' ? {} : { Host: host }), SkipTLSVerify: /^(1|t)/i.test(skip) };
}
