/** What single flags of services take. Upstream: docker/cli opts/swarmopts, opts/network.go. */
import type {
  ConfigReference,
  NetworkAttachmentConfig,
  PortConfig,
  PortProtocol,
  ReferenceFile,
  SecretReference,
} from '../../../api-types/index.ts';
import type { DockerClient } from '../../client/index.ts';
import type { SwarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { parsePorts } from '../container/port-spec.ts';

const DEFAULT_MODE = 0o444;

/** `a=1,b=2` as pairs; a word without a value has none. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((field) => {
      const [name = '', value = ''] = field.split(/=(.*)/s);
      return [name.toLowerCase().trim(), value];
    }),
  );
}

/** Throws CliError for flags of `service create` and `service update` that nothing here can follow. */
export function refuseUnsupported(changed: ReadonlySet<string>): void {
  const flag = ['credential-spec', 'generic-resource', 'generic-resource-add', 'generic-resource-rm'].find((name) => changed.has(name));
  if (flag !== undefined) throw new CliError(`--${flag} is not supported by this client`);
}

export const pairsOf = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map((text) => {
      const [name = '', value = ''] = text.split(/=(.*)/s);
      return [name, value];
    }),
  );

/** Words as a shell would split them. */
export function shellWords(text: string): readonly string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

// ── ports ──

/** `8080:80`, `target=80,published=8080,mode=host`. Throws CliError. */
export function parsePublish(text: string): readonly PortConfig[] {
  if (!text.includes('=')) {
    const { bindings } = parsePorts([text], []);
    return Object.entries(bindings).flatMap(([port, hosts]) => {
      const [target = '', protocol = 'tcp'] = port.split('/');
      return hosts.map(({ HostIp, HostPort }) => {
        if (HostIp !== '' && HostIp !== '0.0.0.0') throw new CliError(`hostip is not supported`);
        return portConfig({ protocol, target: Number(target), published: Number(HostPort) || 0, mode: 'ingress' });
      });
    });
  }
  const fields = fieldsOf(text);
  const known = ['protocol', 'mode', 'target', 'published'];
  for (const name of fields.keys()) if (!known.includes(name)) throw new CliError(`invalid field key ${name}`);
  const mode = (fields.get('mode') ?? 'ingress').toLowerCase();
  if (mode !== 'ingress' && mode !== 'host')
    throw new CliError(`invalid publish mode value (${fields.get('mode')}): must be either "ingress" or "host"`);
  const protocol = (fields.get('protocol') ?? 'tcp').toLowerCase();
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw new CliError(`invalid protocol value '${protocol}'`);
  const number = (name: string): number => {
    const value = fields.get(name) ?? '';
    if (value !== '' && !/^\d+$/.test(value))
      throw new CliError(
        `invalid ${name} port (${value}): value must be an integer: strconv.ParseUint: parsing ${JSON.stringify(value)}: invalid syntax`,
      );
    return Number(value);
  };
  if (number('target') === 0) throw new CliError('missing mandatory field "target"');
  return [portConfig({ protocol, target: number('target'), published: number('published'), mode })];
}

const portConfig = ({
  protocol,
  target,
  published,
  mode,
}: {
  readonly protocol: string;
  readonly target: number;
  readonly published: number;
  readonly mode: 'ingress' | 'host';
}): PortConfig => ({
  Protocol: protocol as PortProtocol,
  TargetPort: target,
  ...(published > 0 && { PublishedPort: published }),
  PublishMode: mode,
});

// ── networks ──

/** `front`, `name=front,alias=web`. Networks are told by their ids. Throws CliError. */
export async function attachments(client: DockerClient, texts: readonly string[]): Promise<readonly NetworkAttachmentConfig[]> {
  const all: NetworkAttachmentConfig[] = [];
  for (const text of texts) all.push(await attachment(client, text));
  return all.sort((a, b) => ((a.Target ?? '') < (b.Target ?? '') ? -1 : 1));
}

async function attachment(client: DockerClient, text: string): Promise<NetworkAttachmentConfig> {
  const parts = text.includes('=') ? text.split(',').map((part) => part.split(/=(.*)/s)) : [['name', text]];
  const valuesOf = (name: string): readonly string[] => parts.filter(([key]) => key?.toLowerCase() === name).map(([, value = '']) => value);
  const [name = ''] = valuesOf('name');
  if (name === '') throw new CliError('network name/id is not specified');
  const { Id } = await client.networks.inspect(name);
  const aliases = valuesOf('alias');
  const options = valuesOf('driver-opt');
  return { Target: Id, ...(aliases.length > 0 && { Aliases: aliases }), ...(options.length > 0 && { DriverOpts: pairsOf(options) }) };
}

// ── secrets and configs ──

interface FileWish {
  readonly source: string;
  readonly file: ReferenceFile;
}

/** `source=pw,target=/run/pw,uid=1,mode=0400`, or a name alone. Throws CliError. */
function parseFile(kind: 'secret' | 'config', text: string): FileWish {
  if (!text.includes('=')) return { source: text, file: { Name: text, UID: '0', GID: '0', Mode: DEFAULT_MODE } };
  const fields = fieldsOf(text);
  for (const [name] of fields)
    if (!['source', 'src', 'target', 'uid', 'gid', 'mode'].includes(name)) throw new CliError(`invalid field in ${kind} request: ${name}`);
  const source = fields.get('source') ?? fields.get('src') ?? '';
  if (source === '') throw new CliError('source is required');
  const mode = fields.get('mode');
  if (mode !== undefined && !/^0?[0-7]+$/.test(mode)) throw new CliError(`invalid mode specified: ${mode}`);
  return {
    source,
    file: {
      Name: fields.get('target') ?? source,
      UID: fields.get('uid') ?? '0',
      GID: fields.get('gid') ?? '0',
      Mode: mode === undefined ? DEFAULT_MODE : Number.parseInt(mode, 8),
    },
  };
}

async function resolved(
  kind: 'secret' | 'config',
  swarm: SwarmClient,
  texts: readonly string[],
): Promise<readonly (FileWish & { readonly id: string })[]> {
  if (texts.length === 0) return [];
  const wishes = texts.map((text) => parseFile(kind, text));
  const targets = new Set<string>();
  for (const { file, source } of wishes) {
    if (targets.has(file.Name)) throw new CliError(`duplicate ${kind} target for ${source} not allowed`);
    targets.add(file.Name);
  }
  const known = await (kind === 'secret' ? swarm.secrets : swarm.configs).list(new Map([['name', wishes.map(({ source }) => source)]]));
  return wishes.map((wish) => {
    const found = known.find(({ Spec }) => Spec.Name === wish.source);
    if (!found) throw new CliError(`${kind} not found: ${wish.source}`);
    return { ...wish, id: found.ID };
  });
}

export const secretReferences = async (swarm: SwarmClient, texts: readonly string[]): Promise<readonly SecretReference[]> =>
  (await resolved('secret', swarm, texts)).map(({ file, id, source }) => ({ File: file, SecretID: id, SecretName: source }));

export const configReferences = async (swarm: SwarmClient, texts: readonly string[]): Promise<readonly ConfigReference[]> =>
  (await resolved('config', swarm, texts)).map(({ file, id, source }) => ({ File: file, ConfigID: id, ConfigName: source }));

// ── hosts ──

/** `db:10.0.0.1` as a line of /etc/hosts. */
export function hostLine(text: string): string {
  const [name = '', address = ''] = text.split(/[:=](.*)/s);
  return `${address} ${name}`;
}
