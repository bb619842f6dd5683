/** `docker create`: the configuration is completed and checked, a name and snapshots are taken, nothing runs yet. */
import type {
  Descriptor as ApiDescriptor,
  ContainerConfig,
  ContainerCreateRequest,
  ContainerCreateResponse,
  EndpointSettings,
  HostConfig,
} from '../../api-types/index.ts';
import type { Platform } from '../../oci/manifest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, isKind } from '../errors.ts';
import { newId, randomName, shortId } from '../ids.ts';
import { noPlatform } from '../images/errors.ts';
import { chooseManifest, type ImageManifest, topSnapshot } from '../images/image.ts';
import { unpack } from '../images/unpack.ts';
import { addressOnDefault, badEndpoint } from '../networks/errors.ts';
import { linksOf } from '../networks/links.ts';
import { checkEndpoint, type Endpoint } from '../networks/sandbox.ts';
import { cpusOf } from '../system/host.ts';
import { kernelWarnings } from '../system/support.ts';
import { prepareImageMount } from '../volumes/image-mounts.ts';
import { type Container, type ContainerMountPoint, commandOf, newState } from './container.ts';
import { badIpcMode, badName } from './errors.ts';
import { attributesOf, happened } from './happened.ts';
import { hostConfigOf } from './host-config.ts';
import { checkConfig, mergeConfig } from './merge-config.ts';
import type { MountContext } from './mounts.ts';
import { populate, prepareSnapshots, rootfsOf } from './root.ts';
import { newLive } from './store.ts';

export interface CreateOptions {
  readonly name?: string;
  readonly platform?: Platform | undefined;
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const MAX_NAME_TRIES = 6;

export async function create(
  daemon: Daemon,
  request: ContainerCreateRequest,
  { name = '', platform }: CreateOptions = {},
): Promise<ContainerCreateResponse> {
  const { HostConfig: askedHost = {}, NetworkingConfig, ...asked } = request;
  checkModes(asked, askedHost);
  for (const port of Object.keys(askedHost.PortBindings ?? {}))
    if (port.startsWith('0/')) throw invalid(`invalid port specification: ${JSON.stringify(port)}`);
  checkSysctls(askedHost);
  checkConfig(asked);
  const complete = hostConfigOf(askedHost, { cpus: cpusOf(daemon.sys) });
  const image = await imageOf(daemon, asked.Image ?? '', platform);
  const id = newId(daemon.sys);
  const hostConfig = pinned(daemon, complete);
  const config = mergeConfig(asked, image.manifest.config.config ?? {}, { hostname: hostnameFor(daemon, hostConfig, id) });
  checkDonors(daemon, hostConfig);
  const links = linksOf(daemon, hostConfig);
  const mountable = await imagesToMount(daemon, hostConfig);
  const endpoints = endpointsOf(daemon, hostConfig, NetworkingConfig?.EndpointsConfig ?? {});
  const taken = takeName(daemon, name, id);
  try {
    const mounted = (from: string) => prepareImageMount(daemon, mountable(from));
    const mounts = asksForMounts(config, hostConfig) ? await mountsOf(daemon, mounted, { config, hostConfig }) : [];
    const container: Container = {
      id,
      name: taken,
      createdNs: daemon.sys.clock.nowNs(),
      config,
      hostConfig,
      mounts,
      endpoints,
      ...(links.length > 0 && { links }),
      image: { id: image.id, name: asked.Image ?? '', manifest: described(image.manifest) },
      state: newState(),
      restartCount: 0,
      restartDelayMs: 0,
      stoppedByHand: false,
      hasBeenStarted: false,
      logPath: '',
      live: newLive(daemon.sys),
    };
    await assemble(daemon, container, image.manifest);
    return { Id: id, Warnings: [...kernelWarnings(askedHost), ...warningsOf(hostConfig)] };
  } finally {
    daemon.containers.unreserve(taken);
  }
}

const asksForMounts = ({ Volumes }: ContainerConfig, { VolumesFrom, Binds, Mounts }: HostConfig): boolean =>
  [VolumesFrom, Binds, Mounts, Object.keys(Volumes ?? {})].some((asked) => asked && asked.length > 0);

/** What most containers do without, fetched when one asks for a mount. */
async function mountsOf(
  daemon: Daemon,
  image: MountContext['image'],
  { config, hostConfig }: { readonly config: ContainerConfig; readonly hostConfig: HostConfig },
): Promise<readonly ContainerMountPoint[]> {
  const { sys, volumes } = daemon;
  const { resolveMounts } = await sys.stall(() => import('./mounts.ts'));
  return resolveMounts({ sys, volumes, driver: hostConfig.VolumeDriver, find: (from) => donor(daemon, from), image }, config, hostConfig);
}

interface FoundImage {
  readonly id: string;
  readonly manifest: ImageManifest;
}

async function imageOf(daemon: Daemon, name: string, platform: Platform | undefined): Promise<FoundImage> {
  const { target } = daemon.images.get(name);
  const manifest = chooseManifest(daemon.images, target, platform);
  if (!manifest) throw noPlatform(platform ? formatPlatform(platform) : 'linux/amd64', name);
  await unpack(daemon.sys, daemon.images, manifest);
  return { id: target.digest, manifest };
}

/** Images that are mounted, unpacked. */
async function imagesToMount(daemon: Daemon, { Mounts }: HostConfig): Promise<(name: string) => FoundImage> {
  const found = new Map<string, FoundImage>();
  for (const { Type, Source = '' } of Mounts ?? [])
    if (Type === 'image' && Source !== '') found.set(Source, await imageOf(daemon, Source, undefined));
  return (name) => {
    const image = found.get(name);
    if (!image) throw invalid('invalid mount config for type "image": field Source must not be empty');
    return image;
  };
}

const described = ({ descriptor: { mediaType, digest, size, annotations, platform } }: ImageManifest): ApiDescriptor => ({
  mediaType,
  digest,
  size,
  ...(annotations ? { annotations } : {}),
  ...(platform ? { platform } : {}),
});

/** Who shares a place with others cannot have another name or other servers there. Upstream: runconfig validateNetMode. */
function checkModes(
  asked: ContainerCreateRequest,
  { NetworkMode = '', UTSMode = '', IpcMode = '', Dns, ExtraHosts, Links, PortBindings, PublishAllPorts }: Partial<HostConfig>,
): void {
  const refuse = (what: string): void => {
    throw invalid(`conflicting options: ${what}`);
  };
  if (UTSMode === 'host' && asked.Hostname) refuse('hostname and the UTS mode');
  if (!/^(|none|private|shareable|host|container:.+)$/.test(IpcMode)) throw badIpcMode(IpcMode);
  const links = (Links ?? []).length > 0;
  if (NetworkMode === 'host' && links) refuse("host type networking can't be used with links. This would result in undefined behavior");
  if (!/^container(:|$)/.test(NetworkMode)) return;
  if (NetworkMode.slice('container:'.length) === '') throw invalid('invalid network mode: invalid container format container:<name|id>');
  if (asked.Hostname) refuse('hostname and the network mode');
  if (links) refuse("container type network can't be used with links. This would result in undefined behavior");
  if ((Dns ?? []).length > 0) refuse('dns and the network mode');
  if ((ExtraHosts ?? []).length > 0) refuse('custom host-to-IP mapping and the network mode');
  if (Object.keys(PortBindings ?? {}).length > 0 || PublishAllPorts) refuse('port publishing and the container type network mode');
  if (Object.keys(asked.ExposedPorts ?? {}).length > 0) refuse('port exposing and the container type network mode');
}

/** Settings of an interface belong to an endpoint. Upstream: moby daemon/server/router/container handleSysctlBC. */
function checkSysctls({ Sysctls, NetworkMode = '' }: Partial<HostConfig>): void {
  if (NetworkMode === 'host' || NetworkMode.startsWith('container:')) return;
  for (const name of Object.keys(Sysctls ?? {}))
    if (/^net\.[^.]+\.[^.]+\.eth[^.]*\./.test(name))
      throw invalid(
        `interface specific sysctl setting ${JSON.stringify(name)} must be supplied using driver option 'com.docker.network.endpoint.sysctls'`,
      );
}

/** A container that another one builds on. That there is none is the request's fault: what was asked for is no container. */
function donor(daemon: Daemon, name: string): Container {
  try {
    return daemon.containers.get(name);
  } catch (error) {
    throw isKind(error, 'not-found') ? invalid(error.message) : error;
  }
}

function checkDonors(daemon: Daemon, { PidMode, IpcMode }: HostConfig): void {
  for (const mode of [PidMode, IpcMode]) if (mode.startsWith('container:')) donor(daemon, mode.slice('container:'.length));
}

/** Names change hands, so the container whose network is shared is kept by its id. */
function pinned(daemon: Daemon, config: HostConfig): HostConfig {
  const { NetworkMode } = config;
  if (!NetworkMode.startsWith('container:')) return config;
  const shared = daemon.containers.find(NetworkMode.slice('container:'.length));
  return shared ? { ...config, NetworkMode: `container:${shared.id}` } : config;
}

/** Whoever shares a network's names has the name of that place. */
function hostnameFor(daemon: Daemon, { NetworkMode, UTSMode }: HostConfig, id: string): string {
  if (NetworkMode === 'host' || UTSMode === 'host') return daemon.sys.hostname();
  if (NetworkMode.startsWith('container:'))
    return daemon.containers.find(NetworkMode.slice('container:'.length))?.config.Hostname ?? shortId(id);
  return shortId(id);
}

function endpointsOf(daemon: Daemon, { NetworkMode }: HostConfig, asked: Readonly<Record<string, EndpointSettings | null>>): Endpoint[] {
  if (NetworkMode.startsWith('container:')) {
    const { IPv4Address = '', IPv6Address = '' } = Object.values(asked)[0]?.IPAMConfig ?? {};
    if (IPv4Address + IPv6Address !== '')
      throw badEndpoint(`invalid config for network ${Object.keys(asked)[0] ?? NetworkMode}: `, [addressOnDefault()]);
    return [];
  }
  const named = new Map(Object.entries(asked).map(([name, wanted]) => [name === 'default' ? 'bridge' : name, wanted ?? {}]));
  if (!named.has(NetworkMode)) named.set(NetworkMode, {});
  return [...named].map(([name, wanted]) => {
    const network = daemon.networks.all().find((one) => one.name === name || one.id === name);
    if (network) checkEndpoint(daemon.networks, network, wanted, `invalid config for network ${network.name}: `);
    return { network: network?.name ?? name, networkId: network?.id ?? '', wanted, active: null };
  });
}

function takeName(daemon: Daemon, asked: string, id: string): string {
  if (asked !== '') {
    const wanted = asked.replace(/^\//, '');
    if (!NAME.test(wanted)) throw badName(asked);
    daemon.containers.reserve(wanted, id);
    return wanted;
  }
  for (let attempt = 0; attempt < MAX_NAME_TRIES; attempt += 1) {
    const name = randomName(daemon.sys, attempt);
    if (!daemon.containers.isNameFree(name)) continue;
    daemon.containers.reserve(name, id);
    return name;
  }
  daemon.containers.reserve(shortId(id), id);
  return shortId(id);
}

async function assemble(daemon: Daemon, container: Container, image: ImageManifest): Promise<void> {
  if (commandOf(container.config).length === 0) throw invalid('no command specified');
  prepareSnapshots(daemon.sys, daemon.images.snapshots, {
    id: container.id,
    parent: topSnapshot(image),
    scratch: `${rootfsOf(daemon, container.id)}-init`,
  });
  daemon.containers.add(container);
  try {
    populate(daemon, container);
  } catch (error) {
    const { removeNow } = await daemon.sys.stall(() => import('./remove.ts'));
    removeNow(daemon, container, { volumes: true });
    throw error;
  }
  happened(daemon, container, 'create', attributesOf(container));
}

function warningsOf({ Links, NetworkMode, PortBindings }: HostConfig): readonly string[] {
  if (NetworkMode === 'host' && Object.keys(PortBindings ?? {}).length > 0)
    return ['Published ports are discarded when using host network mode'];
  if ((Links ?? []).length > 0 && NetworkMode === 'bridge')
    return ['Links on the default bridge network are deprecated and will be removed in a future release. Use a custom network instead.'];
  return [];
}
