/** devpts: a node for each terminal that was opened in it (pts(4)). */
import { makedev } from './device-number.ts';
import type { VfsHost } from './host.ts';
import { type VirtualEntry, VirtualFs } from './virtual.ts';

const PTS_MAJOR = 136;
const PTMX_DEVICE = makedev(5, 2);

/** The options in the order in which the kernel shows them. */
const SHOWN = ['uid', 'gid', 'mode', 'ptmxmode'];

export function devpts(host: VfsHost, { dev, options }: { dev: number; options: readonly string[] }): VirtualFs {
  const given = new Map(options.map((word) => [word.split('=', 1)[0] ?? '', word.split('=')[1] ?? '']));
  const octal = (name: string, otherwise: string): number => Number.parseInt(given.get(name) ?? otherwise, 8);
  const owner = { uid: Number(given.get('uid') ?? 0), gid: Number(given.get('gid') ?? 0) };
  const entry = (name: string): VirtualEntry | undefined => {
    if (name === 'ptmx') return { type: 'char-device', mode: octal('ptmxmode', '000'), rdev: PTMX_DEVICE };
    if (!/^\d+$/.test(name) || !host.terminals(dev).includes(Number(name))) return undefined;
    return { type: 'char-device', mode: octal('mode', '600'), ...owner, rdev: makedev(PTS_MAJOR, Number(name)) };
  };
  return new VirtualFs({
    type: 'devpts',
    dev,
    stamps: host,
    options: shown(given),
    root: { type: 'directory', mode: 0o755, names: () => [...host.terminals(dev).map(String), 'ptmx'], entry },
  });
}

function shown(given: ReadonlyMap<string, string>): readonly string[] {
  const all = new Map([...given, ['mode', given.get('mode') ?? '600'], ['ptmxmode', given.get('ptmxmode') ?? '000']]);
  return SHOWN.flatMap((name) => (all.has(name) ? [`${name}=${(all.get(name) ?? '').replace(/^0+(?=[1-7])/, '')}`] : []));
}
