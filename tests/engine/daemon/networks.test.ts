import { describe, expect, it } from 'vitest';
import { withEngine } from './engine.ts';

const json = (text: string): unknown => JSON.parse(text);

describe('a network', () => {
  it('has an IPv6 subnet beside the IPv4 one, and addresses of both for a container', async () => {
    const endpoint = await withEngine(async ({ create, call }) => {
      await call('POST', '/networks/create', { Name: 'dual', EnableIPv6: true, IPAM: { Config: [{ Subnet: '2001:db8:7::/64' }] } });
      const id = await create({ Cmd: ['sleep', '9'], HostConfig: { NetworkMode: 'dual' } });
      await call('POST', `/containers/${id}/start`);
      return json((await call('GET', `/containers/${id}/json`)).text);
    });
    expect(endpoint).toMatchObject({
      NetworkSettings: {
        Networks: {
          dual: { IPAddress: '172.18.0.2', GlobalIPv6Address: '2001:db8:7::2', GlobalIPv6PrefixLen: 64, IPv6Gateway: '2001:db8:7::1' },
        },
      },
    });
  });

  it('may overlap a route of the host if it is asked for, but not another network', async () => {
    const answers = await withEngine(async ({ call }) => {
      const make = (Name: string, Subnet: string): Promise<{ status: number }> =>
        call('POST', '/networks/create', { Name, IPAM: { Config: [{ Subnet }] } });
      return [await make('a', '10.9.0.0/16'), await make('b', '10.9.1.0/24')].map(({ status }) => status);
    });
    expect(answers).toEqual([201, 403]);
  });

  it('out on an interface needs one, and a mode that there is', async () => {
    const answers = await withEngine(async ({ call }) => {
      const make = (Options: object): Promise<{ text: string }> =>
        call('POST', '/networks/create', { Name: 'lan', Driver: 'macvlan', Options });
      return [await make({ parent: 'nosuch0' }), await make({ macvlan_mode: 'strange' })].map(({ text }) => text);
    });
    expect(answers[0]).toContain('invalid subinterface vlan name nosuch0');
    expect(answers[1]).toContain("requested macvlan mode 'strange' is not valid");
  });

  it('gives no address of its own choice on the default bridge', async () => {
    const { text } = await withEngine(({ call }) =>
      call('POST', '/containers/create', {
        Image: 'test:1',
        NetworkingConfig: { EndpointsConfig: { bridge: { IPAMConfig: { IPv4Address: '172.17.0.50' } } } },
      }),
    );
    expect(text).toContain('user-specified IP address is supported on user-defined networks only');
  });
});

describe('a link', () => {
  it('needs a container, which runs when it is used; it is shown with both names, and can be removed', async () => {
    const seen = await withEngine(async ({ call }) => {
      const make = (name: string, Links: readonly string[]): Promise<{ text: string }> =>
        call('POST', `/containers/create?name=${name}`, { Image: 'test:1', Cmd: ['sleep', '9'], HostConfig: { Links } });
      const missing = (await make('lost', ['nosuch'])).text;
      await call('POST', `/containers/create?name=web`, { Image: 'test:1', Cmd: ['sleep', '9'] });
      await make('linked', ['web:site']);
      const stopped = (await call('POST', '/containers/linked/start')).text;
      const shown = json((await call('GET', '/containers/linked/json')).text);
      const removed = (await call('DELETE', '/containers/linked/site?link=1')).status;
      const after = json((await call('GET', '/containers/linked/json')).text);
      return { missing, stopped, shown, removed, after };
    });
    expect(seen.missing).toContain('could not get container for nosuch: No such container: nosuch');
    expect(seen.stopped).toContain('Cannot link to a non running container: /web AS /linked/site');
    expect(seen).toMatchObject({
      shown: { HostConfig: { Links: ['/web:/linked/site'] } },
      removed: 204,
      after: { HostConfig: { Links: null } },
    });
  });
});

describe('a mount', () => {
  it('shows a part of a volume, but nothing outside of it', async () => {
    const answers = await withEngine(async ({ call }) => {
      const start = async (name: string, Subpath: string): Promise<string> => {
        const mount = { Type: 'volume', Source: 'data', Target: '/d', VolumeOptions: { Subpath } };
        const made = await call('POST', `/containers/create?name=${name}`, {
          Image: 'test:1',
          Cmd: ['echo'],
          HostConfig: { Mounts: [mount] },
        });
        return made.status === 201 ? (await call('POST', `/containers/${name}/start`)).text : made.text;
      };
      return [await start('out', '../x'), await start('in', 'nosuch')];
    });
    expect(answers[0]).toContain('subpath must be a relative path within the volume');
    expect(answers[1]).toContain('cannot access path /var/lib/docker/volumes/data/_data/nosuch');
  });

  it("shows an image's files, and holds that image", async () => {
    const seen = await withEngine(async ({ call, run }) => {
      const mount = { Type: 'image', Source: 'test:1', Target: '/site' };
      const result = await run({ Cmd: ['cat', '/site/etc/plain'], HostConfig: { Mounts: [mount] } });
      return { result, removed: (await call('DELETE', '/images/test:1')).status };
    });
    expect(seen.result.stdout).toBe('not a program\n');
    expect(seen.removed).toBe(409);
  });
});

describe('a network on an interface', () => {
  it('makes the VLAN that it names, and takes it away with it', async () => {
    const seen = await withEngine(async ({ sys, call }) => {
      sys.net.link.add({ name: 'card0', kind: 'dummy' });
      const names = (): readonly string[] => sys.net.link.list().map(({ name }) => name);
      const make = (parent: string): Promise<{ text: string; status: number }> =>
        call('POST', '/networks/create', { Name: parent, Driver: 'macvlan', Options: { parent } });
      const refused = [(await make('card0.5000')).text, (await make('nosuch0.5')).text];
      const made = (await make('card0.7')).status;
      const during = names();
      await call('DELETE', '/networks/card0.7');
      return { refused, made, during, after: names() };
    });
    expect(seen.refused[0]).toContain('vlan id must be between 1-4094, received: 5000');
    expect(seen.refused[1]).toContain('failed to find master interface nosuch0');
    expect(seen.made).toBe(201);
    expect(seen.during).toContain('card0.7');
    expect(seen.after).not.toContain('card0.7');
  });

  it('gives ipvlans the MAC of the interface, and tells them apart by their addresses', async () => {
    const answers = await withEngine(async ({ sys, call, create, run }) => {
      sys.net.link.add({ name: 'card0', kind: 'dummy' });
      sys.net.link.set('card0', { up: true });
      await call('POST', '/networks/create', {
        Name: 'flat',
        Driver: 'ipvlan',
        Options: { parent: 'card0' },
        IPAM: { Config: [{ Subnet: '10.6.0.0/24' }] },
      });
      const addresses: string[] = [];
      for (let at = 0; at < 2; at++) {
        const id = await create({ Cmd: ['serve'], HostConfig: { NetworkMode: 'flat' } });
        await call('POST', `/containers/${id}/start`);
        const { NetworkSettings } = JSON.parse((await call('GET', `/containers/${id}/json`)).text);
        addresses.push(NetworkSettings.Networks.flat.IPAddress);
      }
      const { stdout } = await run({
        Cmd: ['reach', ...addresses.map((ip) => `${ip}:80`), '10.6.0.99:80'],
        HostConfig: { NetworkMode: 'flat' },
      });
      return stdout.trim().split('\n');
    });
    expect(answers).toEqual(['yes', 'yes', 'no']);
  });
});

describe('a container that runs', () => {
  it('has a file that its network can be entered by, and the host has one for those in its own', async () => {
    const seen = await withEngine(async ({ sys, call, create }) => {
      const keyOf = async (mode: string): Promise<{ id: string; key: string }> => {
        const id = await create({ Cmd: ['sleep', '99'], HostConfig: { NetworkMode: mode } });
        await call('POST', `/containers/${id}/start`);
        return { id, key: JSON.parse((await call('GET', `/containers/${id}/json`)).text).NetworkSettings.SandboxKey };
      };
      const inodeOf = (path: string): number => sys.path.stat(path).ino;
      const [own, host] = [await keyOf('bridge'), await keyOf('host')];
      const links = sys.net.link.in({ kind: 'net', inode: inodeOf(own.key) }).link.list();
      await call('POST', `/containers/${own.id}/kill`);
      await call('POST', `/containers/${own.id}/wait`);
      return {
        links: links.map(({ name }) => name),
        host: host.key,
        isHosts: inodeOf(host.key) === sys.ns.of('net').inode,
        isLeft: sys.path.access(own.key, {}),
      };
    });
    expect(seen).toEqual({ links: ['lo', 'eth0'], host: '/var/run/docker/netns/default', isHosts: true, isLeft: false });
  });

  it('takes an address of the subnet that holds the one asked for, else of the first that has any left', async () => {
    const seen = await withEngine(async ({ sys, call, create }) => {
      sys.net.link.add({ name: 'card0', kind: 'dummy' });
      sys.net.link.set('card0', { up: true });
      const Config = [
        { Subnet: '10.6.0.0/30', Gateway: '10.6.0.1' },
        { Subnet: '10.7.0.0/24' },
        { Subnet: '10.8.0.0/24', Gateway: '10.8.0.9' },
      ];
      const made = await call('POST', '/networks/create', {
        Name: 'flat',
        Driver: 'macvlan',
        Options: { parent: 'card0' },
        IPAM: { Config },
      });
      const start = async (IPv4Address?: string): Promise<{ IPAddress: string; Gateway: string; IPPrefixLen: number }> => {
        const id = await create({
          Cmd: ['sleep', '99'],
          HostConfig: { NetworkMode: 'flat' },
          NetworkingConfig: { EndpointsConfig: { flat: { IPAMConfig: { IPv4Address } } } },
        });
        await call('POST', `/containers/${id}/start`);
        return JSON.parse((await call('GET', `/containers/${id}/json`)).text).NetworkSettings.Networks.flat;
      };
      const given = [await start(), await start('10.8.0.7'), await start()];
      const { IPAM, Status } = JSON.parse((await call('GET', '/networks/flat')).text);
      return { status: made.status, given, IPAM, counts: Object.keys(Status.IPAM.Subnets) };
    });
    expect(seen.status).toBe(201);
    expect(seen.given).toMatchObject([
      { IPAddress: '10.6.0.2', Gateway: '10.6.0.1', IPPrefixLen: 30 },
      { IPAddress: '10.8.0.7', Gateway: '10.8.0.9', IPPrefixLen: 24 },
      { IPAddress: '10.7.0.1', Gateway: '', IPPrefixLen: 24 },
    ]);
    expect(seen.IPAM.Config).toEqual([
      { Subnet: '10.6.0.0/30', Gateway: '10.6.0.1' },
      { Subnet: '10.7.0.0/24' },
      { Subnet: '10.8.0.0/24', Gateway: '10.8.0.9' },
    ]);
    expect(seen.counts).toEqual(['10.6.0.0/30', '10.7.0.0/24', '10.8.0.0/24']);
  });

  it('has the interface itself as its way out on an ipvlan of layer 3', async () => {
    const seen = await withEngine(async ({ sys, call, create }) => {
      sys.net.link.add({ name: 'card0', kind: 'dummy' });
      sys.net.link.set('card0', { up: true });
      const Options = { parent: 'card0', ipvlan_mode: 'l3' };
      await call('POST', '/networks/create', { Name: 'flat', Driver: 'ipvlan', Options, IPAM: { Config: [{ Subnet: '10.6.0.0/24' }] } });
      const id = await create({ Cmd: ['sleep', '99'], HostConfig: { NetworkMode: 'flat' } });
      await call('POST', `/containers/${id}/start`);
      const { NetworkSettings } = JSON.parse((await call('GET', `/containers/${id}/json`)).text);
      const namespace = { kind: 'net', inode: sys.path.stat(NetworkSettings.SandboxKey).ino } as const;
      return { gateway: NetworkSettings.Networks.flat.Gateway, routes: sys.net.link.in(namespace).link.routes() };
    });
    expect(seen.gateway).toBe('');
    expect(seen.routes).toMatchObject([{ destination: 'default', device: 'eth0', scope: 'link' }, { destination: '10.6.0.0/24' }]);
  });

  it('finds names as soon as it has joined a network that has them, and keeps what was edited', async () => {
    const seen = await withEngine(async ({ sys, call, create }) => {
      const text = (path: string): string => new TextDecoder().decode(sys.path.readFile(path));
      const id = await create({ Cmd: ['sleep', '99'] }, 'late');
      await call('POST', `/containers/${id}/start`);
      const paths = JSON.parse((await call('GET', `/containers/${id}/json`)).text) as { HostsPath: string; ResolvConfPath: string };
      const before = text(paths.ResolvConfPath);
      sys.path.writeFile(paths.HostsPath, new TextEncoder().encode(`${text(paths.HostsPath)}10.0.0.9\tmine\n`));
      await call('POST', '/networks/create', { Name: 'own' });
      await call('POST', '/networks/own/connect', { Container: id });
      const joined = { resolv: text(paths.ResolvConfPath), hosts: text(paths.HostsPath) };
      await call('POST', '/networks/own/disconnect', { Container: id });
      return { before, joined, left: text(paths.HostsPath) };
    });
    expect(seen.before).toContain('(legacy)');
    expect(seen.joined.resolv).toContain('nameserver 127.0.0.11\n');
    expect(seen.joined.hosts).toMatch(/\n172\.17\.0\.2\t\w{12}\n10\.0\.0\.9\tmine\n172\.18\.0\.2\t\w{12}\n$/);
    expect(seen.left).not.toContain('172.18.0.2');
    expect(seen.left).toContain('10.0.0.9\tmine');
  });
});
