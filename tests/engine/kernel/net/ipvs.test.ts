import { describe, expect, it } from 'vitest';
import { VirtualServers } from '../../../../src/engine/kernel/net/ipvs.ts';
import { World } from './machine.ts';

describe('virtual servers', () => {
  it('send new connections to their real servers in turn', () => {
    const servers = new VirtualServers(() => {});
    servers.add(256);
    for (const ip of ['10.0.0.3', '10.0.0.4', '10.0.0.5']) servers.setServer(256, { ip, weight: 1 });
    expect([1, 2, 3, 4].map(() => servers.choose(256))).toEqual(['10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.3']);
  });

  it('leave out servers without weight, and have nobody where none is left', () => {
    const servers = new VirtualServers(() => {});
    servers.add(256);
    servers.setServer(256, { ip: '10.0.0.3', weight: 1 });
    servers.setServer(256, { ip: '10.0.0.4', weight: 1 });
    servers.setServer(256, { ip: '10.0.0.3', weight: 0 });
    expect([servers.choose(256), servers.choose(256)]).toEqual(['10.0.0.4', '10.0.0.4']);
    servers.deleteServer(256, '10.0.0.4');
    expect([servers.choose(256), servers.choose(257)]).toEqual([undefined, undefined]);
  });

  it('know services by their mark, each of them once', () => {
    const servers = new VirtualServers(() => {});
    servers.add(1);
    expect(() => servers.add(1)).toThrow('File exists');
    expect(() => servers.delete(2)).toThrow('No such process');
    expect(() => servers.setServer(2, { ip: '10.0.0.3', weight: 1 })).toThrow('No such process');
    expect(() => servers.deleteServer(1, '10.0.0.3')).toThrow('No such file or directory');
    expect(servers.list()).toEqual([{ mark: 1, scheduler: 'rr', servers: [] }]);
    servers.delete(1);
    expect(servers.isEmpty).toBe(true);
  });

  it('are shown in /proc/net/ip_vs once there is one', () => {
    const { network } = new World();
    const shown = () => network.proc(network.root, 'ip_vs');
    expect(shown()).toBeUndefined();
    network.root.ipvs.add(256);
    network.root.ipvs.setServer(256, { ip: '10.0.1.3', weight: 1 });
    expect(shown()).toBe(
      `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
FWM  00000100 rr${' '}
  -> 0A000103:0000      Masq    1      0          0${' '.repeat(9)}
`,
    );
  });
});
