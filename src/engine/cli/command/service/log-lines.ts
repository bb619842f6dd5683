/** `service logs`: each line with the task that printed it. Upstream: docker/cli cli/command/service/logs.go. */

import type { Task } from '../../../api-types/index.ts';
import { type SwarmClient, swarmClient } from '../../client/swarm.ts';
import { CliError, isNotFound } from '../../errors.ts';
import { truncateId } from '../../formatter/text.ts';
import type { OutputStream } from '../../io.ts';
import { readFrames, readPlain } from '../../stream/frames.ts';
import { decodeText, encodeText } from '../../text.ts';
import { apiTime } from '../../timestamp.ts';
import type { Context } from '../command.ts';
import { IdResolver } from './tasks.ts';

const CONTEXT = 'com.docker.swarm.';

interface LogFlags {
  readonly details: boolean;
  readonly follow: boolean;
  readonly 'no-resolve': boolean;
  readonly 'no-task-ids': boolean;
  readonly 'no-trunc': boolean;
  readonly raw: boolean;
  readonly since: string;
  readonly tail: string;
  readonly timestamps: boolean;
}

interface Target {
  readonly path: 'services' | 'tasks';
  readonly isTty: boolean;
  /** Digits of the highest slot. */
  readonly width: number;
}

/** A service, or a task. Throws CliError. */
async function targetOf(swarm: SwarmClient, name: string): Promise<Target> {
  try {
    const { Spec } = await swarm.services.inspect(name);
    return { path: 'services', isTty: Spec.TaskTemplate.ContainerSpec?.TTY ?? false, width: digits(Spec.Mode.Replicated?.Replicas) };
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  try {
    const task = await swarm.tasks.inspect(name);
    return { path: 'tasks', isTty: task.Spec.ContainerSpec?.TTY ?? false, width: digits(task.Slot) };
  } catch (error) {
    throw isNotFound(error) ? new CliError(`no such task or service: ${name}`) : error;
  }
}

const digits = (number = 0): number => String(number).length;

export async function serviceLogs({ io, client, flags, out, err }: Context<LogFlags>, name: string): Promise<void> {
  const swarm = swarmClient(client.http);
  const target = await targetOf(swarm, name);
  if (target.isTty && !flags.raw) throw new CliError('tty service logs only supported with --raw');
  const answer = await swarm.services.logs(target.path, name, {
    follow: flags.follow,
    timestamps: flags.timestamps,
    tail: flags.tail,
    since: apiTime(flags.since, io.clock.nowNs()),
    details: flags.details || !flags.raw,
  });
  if (target.isTty) return readPlain(() => answer.readBody(), out.stream);
  const writer = new LineWriter(swarm, flags, target.width);
  const streams = flags.raw
    ? { stdout: out.stream, stderr: err.stream }
    : { stdout: writer.onto(out.stream), stderr: writer.onto(err.stream) };
  await readFrames(() => answer.readBody(), streams);
}

/** Turns what stands before a line (time, details) into the name of its task. */
class LineWriter {
  readonly #swarm: SwarmClient;
  readonly #flags: LogFlags;
  readonly #width: number;
  readonly #resolver: IdResolver;
  readonly #heads = new Map<string, string>();

  constructor(swarm: SwarmClient, flags: LogFlags, width: number) {
    this.#swarm = swarm;
    this.#flags = flags;
    this.#width = width;
    this.#resolver = new IdResolver(swarm, { isOff: flags['no-resolve'] });
  }

  /** A stream whose every frame is one line or several. */
  onto(stream: OutputStream): OutputStream {
    let rest = '';
    return {
      isTerminal: stream.isTerminal,
      size: () => stream.size(),
      write: async (bytes) => {
        const lines = (rest + decodeText(bytes)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) await stream.write(encodeText(`${await this.#shown(line)}\n`));
      },
    };
  }

  async #shown(line: string): Promise<string> {
    const [, time = '', details = '', text = ''] = (this.#flags.timestamps ? /^(\S+ )(\S+) (.*)$/s : /^()(\S+) (.*)$/s).exec(line) ?? [];
    const pairs = details.split(',').map((pair) => pair.split(/=(.*)/s));
    const of = (name: string): string => pairs.find(([key]) => key === `${CONTEXT}${name}.id`)?.[1] ?? '';
    const own = pairs.filter(([key = '']) => !key.startsWith(CONTEXT)).map(([key, value]) => `${key}=${value}`);
    const head = await this.#head({ node: of('node'), service: of('service'), task: of('task') });
    return `${time}${head}    | ${this.#flags.details ? `${own.sort().join(',')} ` : ''}${text}`;
  }

  async #head({ node, service, task }: { readonly node: string; readonly service: string; readonly task: string }): Promise<string> {
    const known = this.#heads.get(task);
    if (known !== undefined) return known;
    const nodeName = await this.#resolver.node(node);
    const serviceName = await this.#resolver.service(service);
    const head = this.#nameOf(await this.#swarm.tasks.inspect(task), serviceName, nodeName);
    this.#heads.set(task, head);
    return head;
  }

  #nameOf({ ID, Slot = 0 }: Task, service: string, node: string): string {
    const id = this.#flags['no-task-ids'] ? '' : `.${this.#flags['no-trunc'] ? ID : truncateId(ID)}`;
    return `${service}.${Slot}${id}@${node}${' '.repeat(Math.max(0, this.#width - digits(Slot)))}`;
  }
}
