/** An engine that is a swarm of one node, and what tests do with its services. */
import type { ServiceSpec, TaskState } from '../../../../src/engine/api-types/index.ts';
import { type Engine, type Reply, withEngine } from '../engine.ts';

export interface SeenTask {
  readonly ID: string;
  readonly Slot?: number;
  readonly NodeID?: string;
  readonly DesiredState: TaskState;
  readonly Status: { readonly State: TaskState; readonly Message: string; readonly Err?: string };
}
export interface SeenService {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: ServiceSpec;
  readonly Endpoint: { readonly VirtualIPs?: readonly { readonly Addr: string }[]; readonly Ports?: readonly { PublishedPort: number }[] };
  readonly UpdateStatus?: { readonly State: string; readonly Message: string };
}

/** The parts of a specification that a test cares for. */
export interface Wanted extends Partial<Omit<ServiceSpec, 'TaskTemplate'>> {
  readonly cmd?: readonly string[];
  readonly task?: object;
  readonly container?: object;
}

export interface Swarm extends Engine {
  readonly nodeId: string;
  get<T>(target: string): Promise<T>;
  service(name: string): Promise<SeenService>;
  createService(name: string, wanted: Wanted): Promise<Reply>;
  /** Sends the specification again, changed. */
  change(name: string, wanted: Wanted, query?: string): Promise<Reply>;
  /** Of a service, the newest slot first only if the engine says so. */
  tasks(name: string): Promise<readonly SeenTask[]>;
  /** Virtual time passes. */
  pass(ms: number): Promise<void>;
}

export const specOf = (name: string, { cmd = ['polite'], task, container, ...rest }: Wanted): object => ({
  Name: name,
  Mode: { Replicated: { Replicas: 1 } },
  ...rest,
  TaskTemplate: { ForceUpdate: 0, ...task, ContainerSpec: { Image: 'test:1', Args: cmd, StopGracePeriod: 1_000_000_000, ...container } },
});

export const INIT = { ListenAddr: '0.0.0.0:2377', AdvertiseAddr: '127.0.0.1' };

export function swarmOf(engine: Engine, nodeId: string): Swarm {
  const get = async <T>(target: string): Promise<T> => JSON.parse((await engine.call('GET', target)).text) as T;
  const service = (name: string): Promise<SeenService> => get(`/services/${name}`);
  const filter = (name: string): string => encodeURIComponent(JSON.stringify({ service: { [name]: true } }));
  return {
    ...engine,
    nodeId,
    get,
    service,
    createService: (name, wanted) => engine.call('POST', '/services/create', specOf(name, wanted)),
    change: async (name, wanted, query = '') => {
      const { ID, Version } = await service(name);
      return engine.call('POST', `/services/${ID}/update?version=${Version.Index}${query}`, specOf(name, wanted));
    },
    tasks: (name) => get(`/tasks?filters=${filter(name)}`),
    pass: (ms) => engine.sys.sleep(ms),
  };
}

export const withSwarm = <T>(test: (swarm: Swarm) => Promise<T>): Promise<T> =>
  withEngine(async (engine) => {
    const { status, text } = await engine.call('POST', '/swarm/init', INIT);
    if (status !== 200) throw new Error(text);
    return test(swarmOf(engine, JSON.parse(text) as string));
  });

/** `running`, `shutdown/failed`: what is wanted of a task if that is not what it is. */
export const stateOf = ({ DesiredState, Status }: SeenTask): string =>
  DesiredState === Status.State ? Status.State : `${DesiredState}/${Status.State}`;
