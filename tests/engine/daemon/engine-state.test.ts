import { describe, expect, it } from 'vitest';
import { withEngine } from './engine.ts';

describe('the daemon', () => {
  it('finds its images, containers and volumes again when it is started again', async () => {
    const after = await withEngine(async ({ create, call, restartDaemon, run }) => {
      const id = await create({ Cmd: ['write', '/v/file', 'volume'], HostConfig: { Binds: ['store:/v'] } }, 'keeper');
      await call('POST', `/containers/${id}/start`);
      await call('POST', `/containers/${id}/wait`);
      await restartDaemon();
      const list = JSON.parse((await call('GET', '/containers/json?all=1')).text) as { Names: string[]; State: string }[];
      const images = JSON.parse((await call('GET', '/images/json')).text) as { RepoTags: string[] }[];
      return {
        list: list.map(({ Names, State }) => [Names[0], State]),
        images: images.map(({ RepoTags }) => RepoTags[0]),
        read: await run({ Cmd: ['cat', '/v/file'], HostConfig: { Binds: ['store:/v:ro'] } }),
      };
    });
    expect(after.list).toEqual([['/keeper', 'exited']]);
    expect(after.images).toEqual(['test:1']);
    expect(after.read.stdout).toBe('volume');
  });

  it('knows after a kill -9 that nothing runs any more', async () => {
    const { State } = await withEngine(async ({ create, call, restartDaemon, inspect }) => {
      const id = await create({});
      await call('POST', `/containers/${id}/start`);
      await restartDaemon('SIGKILL');
      const state = (await inspect(id)) as unknown as { State: { Running: boolean; ExitCode: number } };
      await call('POST', `/containers/${id}/start`);
      return { ...state, again: await call('POST', `/containers/${id}/stop?t=0`) };
    });
    expect(State).toMatchObject({ Running: false, ExitCode: 255 });
  });

  it('publishes a port with rules and a proxy, and takes both away', async () => {
    const seen = await withEngine(async ({ create, call, sys, inspect }) => {
      const id = await create({ Cmd: ['serve'], HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } } });
      await call('POST', `/containers/${id}/start`);
      await sys.sleep(100);
      const read = async (ip: string): Promise<string> => {
        const fd = sys.net.socket(ip.includes(':') ? 'inet6' : 'inet', 'stream');
        await sys.connect(fd, { family: ip.includes(':') ? 'inet6' : 'inet', ip, port: ip.startsWith('172.17.0.2') ? 80 : 8080 });
        const text = new TextDecoder().decode(await sys.read(fd, 100));
        sys.fds.close(fd);
        return text;
      };
      const rules = (): number => sys.net.rules.chains('nat').find(({ name }) => name === 'DOCKER')?.rules.length ?? 0;
      const ways = [await read('127.0.0.1'), await read('::1'), await read('172.17.0.1'), await read('172.17.0.2')];
      const other = await create({ Cmd: ['serve'], HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } } });
      const clash = await call('POST', `/containers/${other}/start`);
      const during = [rules(), ((await inspect(id)) as unknown as { NetworkSettings: { Ports: object } }).NetworkSettings.Ports];
      await call('DELETE', `/containers/${id}?force=1`);
      return {
        ways,
        during,
        clash: String(clash.json.message)
          .replace(/\([0-9a-f]+\)/, '(ID)')
          .replace(/endpoint \w+/, 'endpoint NAME'),
        after: rules(),
      };
    });
    expect(seen.ways).toEqual(['served\n', 'served\n', 'served\n', 'served\n']);
    expect(seen.during).toEqual([
      1,
      {
        '80/tcp': [
          { HostIp: '0.0.0.0', HostPort: '8080' },
          { HostIp: '::', HostPort: '8080' },
        ],
      },
    ]);
    expect(seen.clash).toBe(
      'failed to set up container networking: driver failed programming external connectivity on endpoint NAME (ID): Bind for 0.0.0.0:8080 failed: port is already allocated',
    );
    expect(seen.after).toBe(0);
  });

  it('fills a new volume with what the image has there', async () => {
    const { stdout } = await withEngine(({ run }) => run({ Cmd: ['cat', '/data/seed'], HostConfig: { Binds: ['fresh:/data'] } }));
    expect(stdout).toBe('seed\n');
  });

  it('gives everything back when a container is gone', async () => {
    const seen = await withEngine(async ({ run, sys, call }) => {
      const look = (): unknown => ({
        mounts: sys.path.mounts().length,
        links: sys.net.link.list().length,
        fds: sys.path.readdir('/proc/2/fd').length,
        groups: sys.path.readdir('/sys/fs/cgroup/docker').filter(({ type }) => type === 'directory').length,
      });
      await run({ Cmd: ['echo', 'warm up'] });
      await call('POST', '/containers/prune');
      await sys.sleep(100);
      const before = look();
      for (let i = 0; i < 3; i += 1) await run({ Cmd: ['echo', String(i)] });
      await call('POST', '/containers/prune');
      await sys.sleep(100);
      return [before, look()];
    });
    expect(seen[1]).toEqual(seen[0]);
  });
});
