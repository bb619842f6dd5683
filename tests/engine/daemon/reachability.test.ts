/**
 * Who reaches whom, decided by packets that walk links and rule tables, against the few sentences in which Docker's users think:
 * one network in common and talking allowed; published ports from everywhere that has a way to the host; the host reaches all.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Engine, frames, withEngine } from './engine.ts';

const RUNS = Number(process.env.DRYDOCK_RUNS ?? 40);
const HOST_IP = '10.77.0.1';

interface NetworkPlan {
  readonly internal: boolean;
  readonly icc: boolean;
}
interface ContainerPlan {
  /** Indices of networks. */
  readonly on: readonly number[];
  readonly published: boolean;
}
interface Topology {
  readonly networks: readonly NetworkPlan[];
  readonly containers: readonly ContainerPlan[];
}
/** A container as it runs: its address on each of its networks. */
interface Running extends ContainerPlan {
  readonly id: string;
  readonly ips: ReadonlyMap<number, string>;
  readonly hostPort: number;
}

const topology: fc.Arbitrary<Topology> = fc
  .array(fc.record({ internal: fc.boolean(), icc: fc.boolean() }), { minLength: 1, maxLength: 3 })
  .chain((networks) =>
    fc.record({
      networks: fc.constant(networks),
      containers: fc.array(
        fc.record({
          on: fc.subarray([...networks.keys()], { minLength: 1, maxLength: Math.min(2, networks.length) }),
          published: fc.boolean(),
        }),
        { minLength: 2, maxLength: 4 },
      ),
    }),
  );

const hasWayOut = ({ networks }: Topology, { on }: ContainerPlan): boolean => on.some((at) => networks[at]?.internal === false);

async function build({ call, create }: Engine, plan: Topology): Promise<readonly Running[]> {
  for (const [at, { internal, icc }] of plan.networks.entries()) {
    const Options = icc ? {} : { 'com.docker.network.bridge.enable_icc': 'false' };
    const made = await call('POST', '/networks/create', { Name: `n${at}`, Internal: internal, Options });
    expect(made.status, made.text).toBe(201);
  }
  const running: Running[] = [];
  for (const [at, container] of plan.containers.entries()) {
    const hostPort = container.published && hasWayOut(plan, container) ? 8000 + at : 0;
    const [first, ...others] = container.on;
    const id = await create({
      Cmd: ['serve'],
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { NetworkMode: `n${first}`, ...(hostPort > 0 && { PortBindings: { '80/tcp': [{ HostPort: `${hostPort}` }] } }) },
    });
    for (const network of others) await call('POST', `/networks/n${network}/connect`, { Container: id });
    const started = await call('POST', `/containers/${id}/start`);
    expect(started.status, started.text).toBe(204);
    const { NetworkSettings } = JSON.parse((await call('GET', `/containers/${id}/json`)).text) as {
      NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
    };
    const ips = new Map(container.on.map((network) => [network, NetworkSettings.Networks[`n${network}`]?.IPAddress ?? '']));
    running.push({ ...container, id, ips, hostPort });
  }
  return running;
}

interface Probe {
  readonly about: string;
  readonly address: string;
  readonly expected: boolean;
}

function probesFrom({ networks }: Topology, all: readonly Running[], from: Running | 'host'): readonly Probe[] {
  return all.flatMap((to) => {
    const direct = [...to.ips].map(([network, ip]) => ({
      about: `n${network} of ${all.indexOf(to)}`,
      address: `${ip}:80`,
      expected: from === 'host' || from === to || (from.on.includes(network) && networks[network]?.icc === true),
    }));
    if (to.hostPort === 0) return direct;
    // An answer that has a shorter way than the question took is another story.
    const isPlain = from === 'host' || (to.on.length === 1 && from.on.length === 1);
    const expected = from === 'host' || from.on.some((at) => networks[at]?.internal === false);
    return isPlain ? [...direct, { about: `port of ${all.indexOf(to)}`, address: `${HOST_IP}:${to.hostPort}`, expected }] : direct;
  });
}

async function reachFrom(engine: Engine, container: Running, probes: readonly Probe[]): Promise<readonly string[]> {
  const Cmd = ['reach', ...probes.map(({ address }) => address)];
  const { json } = await engine.call('POST', `/containers/${container.id}/exec`, { Cmd, AttachStdout: true });
  const { stdout } = await frames(await engine.attach(`/exec/${String(json.Id)}/start`, {}));
  return stdout.trim().split('\n');
}

async function reachFromHost({ sys }: Engine, probes: readonly Probe[]): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const { address } of probes) {
    const [ip = '', port] = address.split(':');
    const fd = sys.net.socket('inet', 'stream');
    const isThere = await sys.connect(fd, { family: 'inet', ip, port: Number(port) }).then(
      () => true,
      () => false,
    );
    sys.fds.close(fd);
    answers.push(isThere ? 'yes' : 'no');
  }
  return answers;
}

async function plugHost({ sys }: Engine): Promise<void> {
  sys.net.link.add({ name: 'uplink', kind: 'dummy' });
  sys.net.link.set('uplink', { up: true });
  sys.net.link.addAddress('uplink', { ip: HOST_IP, prefixLength: 24 });
}

describe('any topology of bridges', () => {
  it('lets through what Docker says, from containers and from the host', async () => {
    await fc.assert(
      fc.asyncProperty(topology, async (plan) => {
        await withEngine(async (engine) => {
          await plugHost(engine);
          const all = await build(engine, plan);
          for (const from of [...all, 'host' as const]) {
            const probes = probesFrom(plan, all, from);
            const answers = from === 'host' ? await reachFromHost(engine, probes) : await reachFrom(engine, from, probes);
            const name = from === 'host' ? 'host' : `${all.indexOf(from)}`;
            expect(probes.map(({ about }, at) => `${name} > ${about}: ${answers[at]}`)).toEqual(
              probes.map(({ about, expected }) => `${name} > ${about}: ${expected ? 'yes' : 'no'}`),
            );
          }
        });
      }),
      { numRuns: RUNS },
    );
  });
});
