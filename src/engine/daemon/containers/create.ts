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
import { prepareImageMount } from '../volumes/image-mounts.ts';
import { type Container, type ContainerMountPoint, commandOf, newState } from './container.ts';
import { badName } from './errors.ts';
import { attributesOf, happened } from './happened.ts';
import { plainHostConfig } from './host-config.ts';
import { checkConfig, mergeConfig } from './merge-config.ts';
import type { MountContext } from './mounts.ts';
import { makeWorkingDir, prepareSnapshots, rootfsOf, withRoot } from './root.ts';
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
  const wishes = await wishesOf(daemon, asked, askedHost);
  const image = await imageOf(daemon, asked.Image ?? '', platform);
  const id = newId(daemon.sys);
  const hostConfig = wishes.config();
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
    return { Id: id, Warnings: wishes.warnings(hostConfig) };
  } finally {
    daemon.containers.unreserve(taken);
  }
}

interface Wishes {
  /** Throws DockerError for what cannot be. */
  readonly config: () => HostConfig;
  readonly warnings: (config: HostConfig) => readonly string[];
}

/** Whoever asks for more than every container has is checked by code that comes then. Throws DockerError for what does not go together. */
async function wishesOf(daemon: Daemon, asked: ContainerCreateRequest, askedHost: Partial<HostConfig>): Promise<Wishes> {
  // What the host has is looked up for each container, whatever it asks for.
  const cpus = cpusOf(daemon.sys);
  const plain = plainHostConfig(askedHost, daemon.cgroups.defaults);
  if (plain) {
    checkConfig(asked);
    return { config: () => plain, warnings: () => [] };
  }
  const { checkRequest, hostConfigOf, warningsOf } = await daemon.sys.stall(() => import('./requests/host-config.ts'));
  checkRequest(asked, askedHost);
  checkConfig(asked);
  const complete = hostConfigOf(askedHost, { cpus, cgroups: daemon.cgroups });
  return {
    config: () => pinned(daemon, complete),
    warnings: (config) => warningsOf(askedHost, config, daemon.cgroups),
  };
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
    await populate(daemon, container);
  } catch (error) {
    const { removeNow } = await daemon.sys.stall(() => import('./remove.ts'));
    removeNow(daemon, container, { volumes: true });
    throw error;
  }
  happened(daemon, container, 'create', attributesOf(container));
}

/** The working directory is made, and new volumes are filled. */
async function populate(daemon: Daemon, container: Container): Promise<void> {
  const mounted = container.mounts.length > 0 ? await daemon.sys.stall(() => import('../volumes/mounted.ts')) : undefined;
  withRoot(daemon, container, (rootfs) => {
    makeWorkingDir(daemon.sys, rootfs, container.config.WorkingDir);
    mounted?.fillVolumes(daemon, container, rootfs);
  });
}
