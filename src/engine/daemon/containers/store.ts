/** All containers: by id, by name, and on the disk, so that a daemon that starts again finds them. */
import type { ContainerConfig, HostConfig } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { isKind } from '../errors.ts';
import { mkdirAll, namesIn, readJson, removeAll, writeWhole } from '../files.ts';
import type { Endpoint } from '../networks/sandbox.ts';
import type { Container, ContainerMountPoint, Live } from './container.ts';
import { newState } from './container.ts';
import { nameTaken, noName, noSuchContainer, severalContainers } from './errors.ts';
import { OutputHub } from './output-hub.ts';

type Saved = Omit<Container, 'live' | 'state' | 'hostConfig' | 'createdNs'> & {
  readonly createdNs: string;
  readonly state: {
    readonly running: boolean;
    readonly exitCode: number;
    readonly error: string;
    readonly startedNs: string;
    readonly finishedNs: string;
    readonly oomKilled: boolean;
  };
};

export const newLive = (sys: Sys): Live => ({
  task: null,
  sandbox: null,
  joined: [],
  stdin: null,
  terminal: null,
  output: new OutputHub(sys),
  changed: sys.queue(),
  droppedLines: 0,
  logged: sys.queue(),
  execs: new Map(),
  volumes: [],
  exits: 0,
  isMounted: false,
  isRemoved: false,
  lock: false,
});

export class Containers {
  readonly #sys: Sys;
  readonly #root: string;
  readonly #byId = new Map<string, Container>();
  readonly #byName = new Map<string, Container>();
  /** Names that are being given away, before their container is there. */
  readonly #reserved = new Map<string, string>();

  constructor(sys: Sys, root: string) {
    this.#sys = sys;
    this.#root = `${root}/containers`;
    mkdirAll(sys, this.#root, 0o710);
    const saved = namesIn(sys, this.#root)
      .map((id) => this.#load(id))
      .filter((one) => one !== undefined);
    for (const container of saved.sort((a, b) => (a.createdNs < b.createdNs ? -1 : 1))) this.#enter(container);
  }

  #enter(container: Container): void {
    this.#byId.set(container.id, container);
    this.#byName.set(container.name, container);
  }

  directory(id: string): string {
    return `${this.#root}/${id}`;
  }

  /** Oldest first. */
  all(): readonly Container[] {
    return [...this.#byId.values()];
  }

  /** One after the other, for a look that nothing changes meanwhile. */
  each(): Iterable<Container> {
    return this.#byId.values();
  }

  /** By id, name, or the beginning of an id. Throws DockerError. */
  get(text: string): Container {
    if (text === '') throw noName();
    const name = text.replace(/^\//, '');
    const exact = this.#byId.get(text) ?? this.#byName.get(name) ?? this.#linked(name);
    if (exact) return exact;
    const some = /^[a-f0-9]+$/.test(text) ? this.all().filter(({ id }) => id.startsWith(text)) : [];
    if (some.length > 1) throw severalContainers(text);
    const [one] = some;
    if (!one) throw noSuchContainer(text);
    return one;
  }

  /** `app/db`: what `app` calls `db`. */
  #linked(path: string): Container | undefined {
    const [parent = '', alias] = path.split('/');
    if (alias === undefined) return undefined;
    const link = this.#byName.get(parent)?.links?.find((one) => one.alias === alias);
    return link && this.#byId.get(link.id);
  }

  find(text: string): Container | undefined {
    try {
      return this.get(text);
    } catch (error) {
      if (isKind(error, 'not-found') || isKind(error, 'invalid')) return undefined;
      throw error;
    }
  }

  /** Gives a name to a container that comes. Throws DockerError if somebody has it. */
  reserve(name: string, id: string): void {
    const holder = this.#byName.get(name)?.id ?? this.#reserved.get(name);
    if (holder !== undefined) throw nameTaken(name, holder);
    this.#reserved.set(name, id);
  }

  unreserve(name: string): void {
    this.#reserved.delete(name);
  }

  isNameFree(name: string): boolean {
    return !this.#reserved.has(name) && !this.#byName.has(name);
  }

  add(container: Container): void {
    this.#enter(container);
    this.#reserved.delete(container.name);
    for (const folder of ['checkpoints', 'mounts']) mkdirAll(this.#sys, `${this.directory(container.id)}/${folder}`, 0o700);
    this.save(container);
  }

  /** Gives a container the name that was reserved for it. */
  rename(container: Container, name: string): void {
    this.#byName.delete(container.name);
    container.name = name;
    this.#byName.set(name, container);
    this.unreserve(name);
    this.save(container);
  }

  /** Everything of it that outlives the daemon. */
  save(container: Container): void {
    if (container.live.isRemoved) return;
    const { live: _live, state, hostConfig, createdNs, ...rest } = container;
    const { running, exitCode, error, oomKilled } = state;
    const saved: Saved = {
      ...rest,
      createdNs: String(createdNs),
      state: { running, exitCode, error, oomKilled, startedNs: String(state.startedNs), finishedNs: String(state.finishedNs) },
    };
    mkdirAll(this.#sys, this.directory(container.id), 0o710);
    writeWhole(this.#sys, `${this.directory(container.id)}/config.v2.json`, JSON.stringify(saved));
    writeWhole(this.#sys, `${this.directory(container.id)}/hostconfig.json`, JSON.stringify(hostConfig), 0o644);
  }

  #load(id: string): Container | undefined {
    const saved = readJson(this.#sys, `${this.directory(id)}/config.v2.json`) as Saved | undefined;
    const hostConfig = readJson(this.#sys, `${this.directory(id)}/hostconfig.json`) as HostConfig | undefined;
    if (!saved || !hostConfig) return undefined;
    const { state, createdNs, ...rest } = saved;
    return {
      ...rest,
      config: rest.config as ContainerConfig,
      mounts: rest.mounts as readonly ContainerMountPoint[],
      endpoints: [...(rest.endpoints as readonly Endpoint[])],
      hostConfig,
      createdNs: BigInt(createdNs),
      live: newLive(this.#sys),
      state: { ...newState(), ...state, startedNs: BigInt(state.startedNs), finishedNs: BigInt(state.finishedNs) },
    };
  }

  remove(container: Container): void {
    this.#byId.delete(container.id);
    this.#byName.delete(container.name);
    container.live.isRemoved = true;
    removeAll(this.#sys, this.directory(container.id));
    container.live.changed.wake();
    container.live.logged.wake();
  }
}
