/** Switching a machine on: the disk is written, the network made, the host's systemd started, and what `start` promises is there. */

import type { Fd, NamespaceRef, Program, Sys } from '../kernel/sys.ts';
import { type Site, sites } from './programs/sites.ts';
import type { Input, MachineSpec, Output, TerminalId } from './types.ts';
import { Agent, type Mailbox } from './world/agent.ts';
import { hostDisk, writeDisk } from './world/disk.ts';
import { type Start, startNamed } from './world/home/starts.ts';
import { HOST_IP, ROUTER_IP } from './world/host-files.ts';
import { startNameServer } from './world/name-server.ts';
import { makeNetwork, makeWorld, plugSecond } from './world/network.ts';
import { LOCAL_NAMES } from './world/outside.ts';
import { secondComputer } from './world/second.ts';
import { BOOK_SETTINGS, HOSTNAME, ORACLE_SETTINGS, PATH, type Settings } from './world/settings.ts';

export interface BootOptions {
  readonly spec: MachineSpec;
  readonly mailbox: Mailbox<Input>;
  readonly emit: (output: Output) => void;
  /** Filled with the terminals that are open, and their descriptors here. */
  readonly masters: Map<TerminalId, Fd>;
  readonly sites: readonly Site[];
  /** Called when the machine is as its specification says. */
  readonly onReady: () => void;
}

const LOOK_EVERY_MS = 5;
const DOCKER_SOCKET = '/run/docker.sock';
const ROOT: Settings = {
  env: [
    ['PATH', PATH],
    ['HOME', '/root'],
  ],
  cwd: '/',
  uid: 0,
};

/** Standard input, output and error that lead nowhere: what a service has. */
async function nowhere(sys: Sys): Promise<ReadonlyMap<Fd, Fd>> {
  const nothing = await sys.open('/dev/null', { read: true, write: true });
  return new Map([
    [nothing, 0],
    [sys.fds.dup(nothing), 1],
    [sys.fds.dup(nothing), 2],
  ]);
}

function startHost(sys: Sys, fds: ReadonlyMap<Fd, Fd>): NamespaceRef {
  const start: Program = (init) => {
    // Its own /proc: the host sees the processes of its namespace.
    init.path.mount({ type: 'proc', source: 'proc', target: '/proc', flags: ['nosuid', 'nodev', 'noexec', 'relatime'] });
    return init.exec('/usr/lib/systemd/systemd', ['/sbin/init'], new Map([['PATH', PATH]]));
  };
  const pid = sys.fork(start, { unshare: ['pid'], argv: ['/sbin/init'], fds, pgid: 0 });
  return sys.ns.of('pid', pid);
}

function startOutside(sys: Sys, outside: NamespaceRef, servers: Program): void {
  sys.fork(
    (process) => {
      process.ns.unshare(['uts']);
      process.setHostname('outside');
      return servers(process);
    },
    { join: [outside], argv: ['outside'], fds: new Map(), pgid: 0 },
  );
}

/** The other computer on the local network: a process 1 of its own, with names, processes and files that the host does not see. */
async function startSecond(sys: Sys, router: NamespaceRef): Promise<void> {
  const fds = await nowhere(sys);
  sys.fork(secondComputer, { unshare: ['pid'], join: [plugSecond(sys, router)], argv: ['/sbin/init'], fds, pgid: 0, apart: true });
  for (const fd of fds.keys()) sys.fds.close(fd);
}

/** Switches the world around the host on: network, sites, name server. */
async function makeSurroundings(sys: Sys, spec: MachineSpec, all: readonly Site[]): Promise<void> {
  const isBook = spec.world === 'book';
  const { outside, router } = isBook
    ? makeWorld(
        sys,
        all.map(({ ip }) => ip),
      )
    : makeNetwork(sys);
  startOutside(sys, outside, sites(all));
  const named = all.flatMap(({ names, ip }) => names.map((name) => ({ name, ip })));
  if (isBook) startNameServer(sys, [...LOCAL_NAMES, ...named], { ip: ROUTER_IP, net: sys.net.at(router) });
  else startNameServer(sys, [], { ip: HOST_IP });
  if (isBook) await startSecond(sys, router);
}

/** Where a local image of the recordings comes from: the hub of their setup has it under its plain name. */
const bring = (image: string): readonly string[] => ['docker', 'pull', '-q', image];

async function waitForDocker(sys: Sys): Promise<void> {
  while (!sys.path.access(DOCKER_SOCKET, {})) await sys.sleep(LOOK_EVERY_MS);
}

async function prepare(sys: Sys, agent: Agent, spec: MachineSpec): Promise<void> {
  await waitForDocker(sys);
  const settings = spec.world === 'oracle' ? ORACLE_SETTINGS : ROOT;
  const start = startNamed(spec.start);
  if (start === undefined) throw new Error(`there is no start called ${spec.start}`);
  const images = [...new Set([...start.images, ...(spec.images ?? [])])];
  for (const image of images) {
    const status = await agent.runQuietly(bring(image), settings);
    if (status !== 0) throw new Error(`docker pull ${image} ended with ${status}`);
  }
  await playStart(agent, start.built);
  // The reader did not see the preparation, so the daemon forgets its events by starting anew; the recorder of the real Docker saw it.
  if (spec.world !== 'oracle' && images.length > 0) await agent.runQuietly(['systemctl', 'restart', 'docker'], ROOT);
  await playStart(agent, start.running);
}

/** What the reader has typed before the lesson begins. */
async function playStart(agent: Agent, commands: Start['built']): Promise<void> {
  for (const command of commands) {
    const status = await agent.runQuietly(command, BOOK_SETTINGS);
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`);
  }
}

/** The files of the start, and in the book's world those that always lie in the reader's home. */
async function withHome(sys: Sys, spec: MachineSpec): Promise<MachineSpec> {
  if (spec.world !== 'book') return spec;
  const { HOME_FILES } = await sys.stall(() => import('./world/home/files.ts'));
  return { ...spec, files: [...HOME_FILES, ...(spec.files ?? [])] };
}

export const boot =
  ({ spec, mailbox, emit, masters, sites: all, onReady }: BootOptions): Program =>
  async (sys) => {
    const childChanged = sys.queue();
    sys.on('SIGCHLD', () => childChanged.wake());
    writeDisk(sys, hostDisk(await withHome(sys, spec)));
    sys.setHostname(HOSTNAME);
    await makeSurroundings(sys, spec, all);
    const hostPids = startHost(sys, await nowhere(sys));
    if (spec.needs && spec.needs.length > 0) {
      const { startRegistries } = await sys.stall(() => import('./world/registries.ts'));
      await startRegistries(sys, spec.needs, { hostPids, fds: () => nowhere(sys) });
    }
    const agent = new Agent(sys, { world: spec.world, emit, hostPids, masters });
    sys.thread(() => agent.reap(childChanged));
    await prepare(sys, agent, spec);
    onReady();
    return agent.serve(mailbox);
  };
