/** `docker service logs`: what the containers of a service's tasks have printed. Upstream: moby daemon/cluster/services.go, swarmkit manager/logbroker. */
import type { HttpResponse } from '../../http/types.ts';
import { multiplexed, raw } from '../containers/attach.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, system } from '../errors.ts';
import { parseTimestamp, rfc3339Fixed } from '../time.ts';
import { managerOf } from './cluster.ts';
import { find, findTask } from './control/lookup.ts';
import type { TaskObject } from './objects.ts';
import type { LogLine } from './session/messages.ts';
import type { ClusterStore } from './store.ts';
import { readTaskLogs } from './task-logs.ts';

const encoder = new TextEncoder();
const LABEL = 'com.docker.swarm';
const HAS_TIME = /^\S+ /;

export interface LogRequest {
  readonly kind: 'service' | 'task';
  readonly name: string;
  readonly query: URLSearchParams;
}

interface Wanted {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly details: boolean;
  readonly sinceNs: bigint | undefined;
  readonly tail: number | undefined;
}

const isOn = (query: URLSearchParams, name: string): boolean => !['', '0', 'false', null].includes(query.get(name));

function wantedOf(query: URLSearchParams): Wanted {
  const wanted = {
    stdout: isOn(query, 'stdout'),
    stderr: isOn(query, 'stderr'),
    follow: isOn(query, 'follow'),
    timestamps: isOn(query, 'timestamps'),
    details: isOn(query, 'details'),
    sinceNs: parseTimestamp(query.get('since')),
    tail: tailOf(query.get('tail') ?? 'all'),
  };
  if (!wanted.stdout && !wanted.stderr) throw invalid("must specify at least one of 'stdout' or 'stderr'");
  return wanted;
}

/** Throws DockerError. */
function tailOf(text: string): number | undefined {
  if (text === 'all' || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw system('tail value must be a positive integer or "all"');
  if (Number(text) < 0) throw system('negative tail values not supported');
  return Number(text);
}

/** The lines of all tasks, in the order of their times; with `follow` as they come. Throws DockerError. */
export function sendLogs(daemon: Daemon, { kind, name, query }: LogRequest): HttpResponse {
  const wanted = wantedOf(query);
  const { store } = managerOf(daemon);
  const isTty =
    kind === 'service'
      ? (find(store, 'service', name).spec.TaskTemplate.ContainerSpec?.TTY ?? false)
      : (findTask(store, name).spec.ContainerSpec?.TTY ?? false);
  const tasks = (): readonly TaskObject[] =>
    kind === 'service' ? store.tasksOf(find(store, 'service', name).id) : [findTask(store, name)];
  return {
    status: 200,
    headers: [['Content-Type', isTty ? 'application/vnd.docker.raw-stream' : 'application/vnd.docker.multiplexed-stream']],
    body: (write) => stream(daemon, { store, tasks, wanted, framer: isTty ? raw : multiplexed, write }),
  };
}

interface Stream {
  readonly store: ClusterStore;
  readonly tasks: () => readonly TaskObject[];
  readonly wanted: Wanted;
  readonly framer: typeof multiplexed;
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

async function stream(daemon: Daemon, { store, tasks, wanted, framer, write }: Stream): Promise<void> {
  const seen = new Set<string>();
  const queue: LogLine[] = [];
  const came = daemon.sys.queue();
  const begin = (task: TaskObject, follow: boolean): Promise<void> | undefined => {
    const { stdout, stderr, sinceNs, tail } = wanted;
    const limits = {
      stdout,
      stderr,
      follow,
      ...(sinceNs !== undefined && { sinceNs: String(sinceNs) }),
      ...(tail !== undefined && { tail }),
    };
    const take = ({ stream: which, text }: LogLine): void => {
      queue.push({ stream: which, text: withContext(task, text, wanted) });
      came.wake();
    };
    const reading = readTaskLogs(daemon, task.id, { limits, take }) ?? daemon.swarm.node?.dispatcher?.readLogs(task, { limits, take });
    if (reading) seen.add(task.id);
    return reading;
  };
  if (!wanted.follow) {
    for (const task of tasks()) await begin(task, false);
    for (const line of sortedByTime(queue)) await write(framer(line.stream, encoder.encode(shown(line.text, wanted))));
    return;
  }
  // Each task is read by a thread of its own; this one writes what they bring, and looks for new tasks.
  for (;;) {
    for (const task of tasks()) if (!seen.has(task.id)) daemon.sys.thread(async () => void (await begin(task, true)));
    while (queue.length > 0) {
      const line = queue.shift();
      if (line) await write(framer(line.stream, encoder.encode(shown(line.text, wanted))));
    }
    if (store.index >= 0) await came.wait(1000);
  }
}

/** The time stands first while lines are put in order. */
const withContext = ({ id, nodeId, serviceId }: TaskObject, line: string, { details }: Wanted): string =>
  details
    ? line.replace(HAS_TIME, (time) => `${time}${LABEL}.node.id=${nodeId},${LABEL}.service.id=${serviceId},${LABEL}.task.id=${id} `)
    : line;

const shown = (line: string, { timestamps }: Wanted): string => (timestamps ? line : line.replace(HAS_TIME, ''));

const timeOf = ({ text }: LogLine): string => text.split(' ', 1)[0] ?? rfc3339Fixed(0n);
const sortedByTime = (lines: readonly LogLine[]): readonly LogLine[] =>
  [...lines].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
