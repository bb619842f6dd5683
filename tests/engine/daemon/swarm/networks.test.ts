import { describe, expect, it } from 'vitest';
import type { Sys } from '../../../../src/engine/kernel/sys.ts';
import { type Swarm, withSwarm } from './swarm.ts';

const PUBLISHED = {
  EndpointSpec: { Mode: 'vip', Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }] },
} as const;

async function readAt(sys: Sys, ip: string, port: number): Promise<string> {
  const fd = sys.net.socket('inet', 'stream');
  try {
    await sys.connect(fd, { family: 'inet', ip, port });
    return new TextDecoder().decode(await sys.read(fd, 100));
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    sys.fds.close(fd);
  }
}

const inspect = (swarm: Swarm, name: string) =>
  swarm.get<{
    Id: string;
    Scope: string;
    Containers: object;
    Options: Record<string, string> | null;
    IPAM: { Config: { Subnet: string }[] };
  }>(`/networks/${name}`);

describe('the routing mesh', () => {
  it('leads from the port of the node to the tasks, in turn, and ends with the service', async () => {
    const seen = await withSwarm(async (swarm) => {
      await swarm.createService('web', { cmd: ['serve'], Mode: { Replicated: { Replicas: 2 } }, ...PUBLISHED });
      await swarm.pass(3000);
      const answers = [await readAt(swarm.sys, '127.0.0.1', 8080), await readAt(swarm.sys, '127.0.0.1', 8080)];
      const rules = swarm.sys.net.rules.chains('nat').find(({ name }) => name === 'DOCKER-INGRESS')?.rules.length ?? 0;
      await swarm.call('DELETE', '/services/web');
      await swarm.pass(3000);
      return { answers, rules, after: await readAt(swarm.sys, '127.0.0.1', 8080) };
    });
    expect(seen.answers).toEqual(['served\n', 'served\n']);
    expect(seen.rules).toBeGreaterThan(1);
    expect(seen.after).toBe('ECONNREFUSED');
  });

  it('goes on where one of the tasks is gone', async () => {
    const answers = await withSwarm(async (swarm) => {
      await swarm.createService('web', { cmd: ['serve'], Mode: { Replicated: { Replicas: 2 } }, ...PUBLISHED });
      await swarm.pass(3000);
      const [first] = await swarm.get<[{ Id: string }]>('/containers/json');
      await swarm.call('DELETE', `/containers/${first.Id}?force=1`);
      await swarm.pass(500);
      return [await readAt(swarm.sys, '127.0.0.1', 8080), await readAt(swarm.sys, '127.0.0.1', 8080)];
    });
    expect(answers).toEqual(['served\n', 'served\n']);
  });

  it('gives a port that nobody asked for a number of its own', async () => {
    const ports = await withSwarm(async (swarm) => {
      await swarm.createService('web', {
        EndpointSpec: { Mode: 'vip', Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishMode: 'ingress' }] },
      });
      await swarm.pass(500);
      return (await swarm.service('web')).Endpoint.Ports;
    });
    expect(ports).toMatchObject([{ PublishedPort: 30000 }]);
  });

  it('has each port once', async () => {
    const second = await withSwarm(async (swarm) => {
      await swarm.createService('web', PUBLISHED);
      return swarm.createService('other', PUBLISHED);
    });
    expect(second.json.message).toMatch(
      /^rpc error: code = InvalidArgument desc = port '8080' is already in use by service 'web' \(\w{25}\) as an ingress port$/,
    );
  });
});

describe('an overlay network', () => {
  it('is there for containers while somebody is in it, with a virtual address for each service', async () => {
    const seen = await withSwarm(async (swarm) => {
      const made = await swarm.call('POST', '/networks/create', { Name: 'front', Driver: 'overlay', Attachable: true });
      const networks = [{ Target: String(made.json.Id) }];
      await swarm.createService('web', {
        cmd: ['serve'],
        Mode: { Replicated: { Replicas: 2 } },
        EndpointSpec: { Mode: 'vip' },
        task: { Networks: networks },
      });
      await swarm.pass(3000);
      const vip = (await swarm.service('web')).Endpoint.VirtualIPs?.[0]?.Addr.split('/')[0];
      const { stdout } = await swarm.run({
        Cmd: ['reach', `${vip}:80`, `${vip}:80`, '10.0.1.200:80'],
        HostConfig: { NetworkMode: 'front' },
      });
      return { stdout, front: await inspect(swarm, 'front'), vip };
    });
    expect(seen.front).toMatchObject({ Scope: 'swarm', IPAM: { Config: [{ Subnet: '10.0.1.0/24' }] } });
    expect(Object.keys(seen.front.Containers).length).toBe(3);
    expect(seen.vip).toMatch(/^10\.0\.1\./);
    expect(seen.stdout).toBe('yes\nyes\nno\n');
  });

  it('takes containers by hand only if it is attachable', async () => {
    const refusal = await withSwarm(async (swarm) => {
      await swarm.call('POST', '/networks/create', { Name: 'closed', Driver: 'overlay' });
      const id = await swarm.create({ HostConfig: { NetworkMode: 'closed' } });
      return (await swarm.call('POST', `/containers/${id}/start`)).json.message;
    });
    expect(refusal).toMatch(/not manually attachable/);
  });

  it('is not removed while a service is in it', async () => {
    const removed = await withSwarm(async (swarm) => {
      const made = await swarm.call('POST', '/networks/create', { Name: 'front', Driver: 'overlay' });
      await swarm.createService('web', { task: { Networks: [{ Target: String(made.json.Id) }] } });
      return swarm.call('DELETE', '/networks/front');
    });
    expect(removed.json.message).toMatch(/^rpc error: code = FailedPrecondition desc = network \w{25} is in use by service \w{25}$/);
  });
});
