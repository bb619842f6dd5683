/** Waiting for a service to be what it shall be, and showing how far it is. Upstream: docker/cli cli/command/service/progress. */
import type { Service } from '../../../api-types/index.ts';
import type { SwarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { ProgressScreen } from '../../stream/progress.ts';
import type { Context } from '../command.ts';
import { type Bars, type Say, ServiceBars } from './bars.ts';
import { GlobalJobBars, ReplicatedJobBars } from './job-bars.ts';

const POLL_MS = 200;
const DEFAULT_MONITOR_NS = 5_000_000_000n;
export interface WaitOptions {
  readonly quiet: boolean;
}

/** Until the service has been so for its monitoring period. Throws CliError if its update is paused. */
export async function waitForService(
  context: Pick<Context, 'io' | 'out' | 'interrupts'>,
  swarm: SwarmClient,
  id: string,
  { quiet }: WaitOptions,
): Promise<void> {
  const { io, out, interrupts } = context;
  const screen = new ProgressScreen(out);
  const say: Say = async ({ id: of, status, current, total }) => {
    if (quiet) return;
    const detail = current === undefined ? {} : { current, total: total ?? 0, hidecounts: true };
    await screen.show({ status, ...(of !== undefined && { id: of, progressDetail: detail }) });
  };
  let isInterrupted = false;
  interrupts.behave('stay');
  interrupts.onInterrupt(async () => {
    isInterrupted = true;
  });
  const waiting = new Waiting(swarm, say, id);
  for (;;) {
    if (await waiting.look(io.clock.nowNs())) return;
    await io.clock.sleep(POLL_MS);
    if (!isInterrupted) continue;
    if (!waiting.isConverged) {
      await say({ status: 'Operation continuing in background.' });
      await say({ status: `Use \`docker service ps ${id}\` to check progress.` });
    }
    return;
  }
}

class Waiting {
  readonly #swarm: SwarmClient;
  readonly #say: Say;
  readonly #id: string;
  #bars: Bars | undefined;
  isConverged = false;
  #since: bigint | undefined;
  #isRollback = false;
  #ending: string | undefined;

  constructor(swarm: SwarmClient, say: Say, id: string) {
    this.#swarm = swarm;
    this.#say = say;
    this.#id = id;
  }

  /** One look. True: there is nothing more to wait for. */
  async look(nowNs: bigint): Promise<boolean> {
    const service = await this.#swarm.services.inspect(this.#id);
    const monitorNs = service.Spec.UpdateConfig?.Monitor ? BigInt(service.Spec.UpdateConfig.Monitor) : DEFAULT_MONITOR_NS;
    if (await this.#hasEnded(service)) return true;
    if (this.isConverged && this.#since !== undefined && nowNs - this.#since >= monitorNs) {
      await this.#say({ id: 'verify', status: `Service ${this.#id} converged` });
      if (this.#ending !== undefined) await this.#say({ id: 'rollback', status: this.#ending });
      return true;
    }
    const filters = new Map([
      ['service', [service.ID]],
      ['_up-to-date', ['true']],
    ]);
    const tasks = await this.#swarm.tasks.list(filters);
    const nodes = await this.#swarm.nodes.list(new Map());
    const active = new Set(nodes.filter(({ Status }) => Status.State !== 'down').map(({ ID }) => ID));
    this.#bars ??= barsOf(service, this.#say);
    this.isConverged = await this.#bars.update(service, tasks, { active, isRollback: this.#isRollback });
    if (this.isConverged && service.JobStatus) {
      await this.#say({ status: 'job complete' });
      return true;
    }
    await this.#verify(nowNs, monitorNs);
    return false;
  }

  async #verify(nowNs: bigint, monitorNs: bigint): Promise<void> {
    if (!this.isConverged) {
      if (this.#since !== undefined) await this.#say({ id: 'verify', status: 'Detected task failure' });
      this.#since = undefined;
      return;
    }
    this.#since ??= nowNs;
    const left = monitorNs - (nowNs - this.#since);
    if (left >= 0n)
      await this.#say({ id: 'verify', status: `Waiting ${left / 1_000_000_000n + 1n} seconds to verify that tasks are stable...` });
  }

  async #hasEnded({ UpdateStatus }: Service): Promise<boolean> {
    const message = UpdateStatus?.Message ?? '';
    switch (UpdateStatus?.State) {
      case 'updating':
        this.#isRollback = false;
        return false;
      case 'completed':
        return !this.isConverged;
      case 'paused':
        throw new CliError(`service update paused: ${message}`);
      case 'rollback_paused':
        throw new CliError(`service rollback paused: ${message}`);
      case 'rollback_started':
        if (!this.#isRollback && message !== '') await this.#say({ id: 'rollback', status: message });
        this.#isRollback = true;
        return false;
      case 'rollback_completed':
        if (!this.isConverged) this.#ending = message;
        this.#isRollback = true;
        return false;
      default:
        return false;
    }
  }
}

function barsOf({ Spec, JobStatus }: Service, say: Say): Bars {
  if (Spec.Mode.ReplicatedJob !== undefined) return new ReplicatedJobBars(say, Spec.Mode.ReplicatedJob, JobStatus?.JobIteration.Index ?? 0);
  return Spec.Mode.GlobalJob === undefined ? new ServiceBars(say) : new GlobalJobBars(say);
}
