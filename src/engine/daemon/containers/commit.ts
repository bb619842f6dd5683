import type { ContainerConfig as ApiConfig } from '../../api-types/index.ts';
import type { ContainerConfig } from '../../oci/config.ts';
import { familiarName } from '../../oci/reference.ts';
import type { Daemon } from '../daemon.ts';
import { system } from '../errors.ts';
import { applyChanges } from '../images/changes.ts';
import { readManifest } from '../images/image.ts';
import { makeImage } from '../images/make.ts';
import { readName } from '../images/requests.ts';
import { layerTar } from '../snapshots/layer.ts';
import { rfc3339Nano } from '../time.ts';
import { changes } from './changes.ts';
import { type Container, commandOf } from './container.ts';
import { happened } from './happened.ts';

export interface CommitOptions {
  readonly repository: string;
  readonly tag: string;
  readonly comment: string;
  readonly author: string;
  readonly changes: readonly string[];
  readonly pause: boolean;
}

/** `docker commit`: the container's own layer on top of its image's. Throws DockerError. Upstream: moby daemon/commit.go. */
export function commit(daemon: Daemon, name: string, options: CommitOptions): Promise<string> {
  const container = daemon.containers.get(name);
  return whilePaused(daemon, container, { pause: options.pause, act: () => commitNow(daemon, container, options) });
}

async function commitNow(daemon: Daemon, container: Container, options: CommitOptions): Promise<string> {
  const { manifest } = container.image;
  const base = manifest && readManifest(daemon.images, manifest as Parameters<typeof readManifest>[1]);
  if (!base) throw system(`content of image ${container.image.id} is not available`);
  const layer =
    changes(daemon, container.id).length === 0 ? undefined : layerTar(daemon.sys, daemon.images.snapshots, { key: container.id });
  const created = rfc3339Nano(daemon.sys.clock.nowNs());
  const { comment, author } = options;
  const id = await makeImage(daemon.sys, daemon.images, {
    base: { layers: base.manifest.layers, config: base.config, id: container.image.id },
    layer,
    config: {
      architecture: base.config.architecture,
      os: base.config.os,
      created,
      ...(author === '' ? {} : { author }),
      config: applyChanges(imageConfig(container.config), options.changes),
      history: [
        ...(base.config.history ?? []),
        {
          created,
          created_by: commandOf(container.config).join(' '),
          ...(author === '' ? {} : { author }),
          ...(comment === '' ? {} : { comment }),
          ...(layer === undefined ? { empty_layer: true } : {}),
        },
      ],
    },
    ...(options.repository === '' ? {} : { name: readName(options.repository, options.tag) }),
  });
  happened(daemon, container, 'commit', {
    comment,
    imageID: id,
    imageRef: options.repository === '' ? '' : familiarName(readName(options.repository, options.tag)),
  });
  return id;
}

/** Nothing is written while the layer is read. */
async function whilePaused<T>(daemon: Daemon, container: Container, { pause, act }: { pause: boolean; act: () => Promise<T> }): Promise<T> {
  const pauses = pause && container.live.task !== null && !container.state.paused;
  const path = daemon.cgroups.of(container);
  if (!pauses) return act();
  daemon.cgroups.freeze(path, true);
  happened(daemon, container, 'pause');
  try {
    return await act();
  } finally {
    if (container.live.task !== null) daemon.cgroups.freeze(path, false);
    happened(daemon, container, 'unpause');
  }
}

/** What of a container's configuration its image has. */
function imageConfig({
  User,
  ExposedPorts,
  Env,
  Cmd,
  Healthcheck,
  Volumes,
  WorkingDir,
  Entrypoint,
  Labels,
  StopSignal,
  Shell,
}: ApiConfig): ContainerConfig {
  const ports = ExposedPorts as ContainerConfig['ExposedPorts'];
  return {
    ...(User === '' ? {} : { User }),
    ...(ports ? { ExposedPorts: ports } : {}),
    Env: Env ?? [],
    ...(Cmd ? { Cmd } : {}),
    ...(Healthcheck ? { Healthcheck } : {}),
    ...(Volumes ? { Volumes: Volumes as NonNullable<ContainerConfig['Volumes']> } : {}),
    ...(WorkingDir === '' ? {} : { WorkingDir }),
    ...(Entrypoint ? { Entrypoint } : {}),
    ...(Labels && Object.keys(Labels).length > 0 ? { Labels } : {}),
    ...(StopSignal === undefined ? {} : { StopSignal }),
    ...(Shell ? { Shell } : {}),
  };
}
