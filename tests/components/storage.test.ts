import { describe, expect, it } from 'vitest';
import { markup } from '../../src/components/section/shape.ts';
import { drawStorage } from '../../src/components/storage/draw.ts';
import {
  fileLines,
  filesTarget,
  REMOVALS,
  type StoredContainer,
  storageInWords,
  storageView,
  survives,
} from '../../src/components/storage/view-model.ts';
import type { DrydockFile, MountPoint, Volume } from '../../src/engine/api-types/index.ts';

const mount = (Type: string, Destination: string, more: Partial<MountPoint> = {}): MountPoint => ({
  ...{ Type, Source: `/host${Destination}`, Destination, Mode: '', RW: true, Propagation: '' },
  ...more,
});
const container = (name: string, Mounts: readonly MountPoint[], Tmpfs?: Readonly<Record<string, string>>): StoredContainer => ({
  ...{ Id: `id-${name}`, Name: `/${name}`, State: { Status: 'running' }, Mounts, SizeRw: 12 },
  HostConfig: Tmpfs ? { Tmpfs } : {},
});
const volume = (Name: string, isAnonymous = false): Volume => ({
  ...{ Name, Driver: 'local', Mountpoint: `/var/lib/docker/volumes/${Name}/_data`, Options: null, Scope: 'local' },
  Labels: isAnonymous ? { 'com.docker.volume.anonymous': '' } : null,
});
const all = [
  container('store', [mount('volume', '/data', { Name: 'dbdata' }), mount('bind', '/seed', { RW: false })], { '/run': 'size=64m' }),
  container('other', [mount('volume', '/mnt', { Name: 'dbdata' })]),
  container('alone', []),
];

describe('where the bytes are', () => {
  it('is one place for all who see it', () => {
    const view = storageView(all, [volume('dbdata'), volume('spare')]);
    expect(view.places.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'writable store',
      'volume dbdata',
      'tmpfs store',
      'bind /host/seed',
      'writable other',
      'writable alone',
      'volume spare',
    ]);
    expect(view.paths.filter(({ place }) => place === 'volume dbdata').map((path) => path.container)).toEqual(['store', 'other']);
  });

  it('with a name: that container, and who shares a place with it', () => {
    expect(storageView(all, [volume('spare')], 'other').containers.map(({ name }) => name)).toEqual(['store', 'other']);
    expect(storageView(all, [volume('spare')], 'gone').places.map(({ name }) => name)).toEqual(['spare']);
  });

  it('survives what Docker lets it survive', () => {
    const { places } = storageView(all, [volume('dbdata'), volume('a'.repeat(64), true)]);
    const lasting = places.map((place) => [place.kind, REMOVALS.filter((removal) => survives(place, removal)).join()]);
    expect(Object.fromEntries(lasting.slice(0, 4))).toEqual({
      writable: 'stop',
      volume: 'stop,rm,rm -v,rm, volume prune',
      tmpfs: '',
      bind: REMOVALS.join(),
    });
    expect(lasting.at(-1)).toEqual(['volume', 'stop,rm']);
  });

  it('is asked for its files where each kind of place has them', () => {
    const view = storageView(all, [volume('dbdata')], 'store');
    expect(view.places.slice(0, 4).map((place) => filesTarget(view, place))).toEqual([
      '/containers/store/changes',
      '/drydock/volumes/dbdata/files',
      '/drydock/containers/store/files?path=%2Frun',
      '/drydock/containers/store/files?path=%2Fseed',
    ]);
  });

  it('lists files with their sizes, changes as docker diff does, and no more than a screen can hold', () => {
    const file = (Path: string, Type: DrydockFile['Type'], SizeBytes = 0): DrydockFile => ({
      ...{ Path, Type, SizeBytes, Mode: 0o644, Uid: 0, Gid: 0, ModifiedNs: '0' },
    });
    expect(fileLines([file('/a', 'directory'), file('/a/n', 'file', 3), file('/l', 'symlink')])).toEqual(['/a/', '/a/n  3B', '/l']);
    expect(
      fileLines([
        { Path: '/etc', Kind: 0 },
        { Path: '/etc/motd', Kind: 1 },
        { Path: '/gone', Kind: 2 },
      ]),
    ).toEqual(['C /etc', 'A /etc/motd', 'D /gone']);
    expect(fileLines(null)).toEqual([]);
    expect(fileLines(Array.from({ length: 250 }, (_, n) => file(`/${n}`, 'symlink'))).at(-1)).toBe('… +50');
  });

  it('is told in words and drawn at any width', () => {
    const view = storageView(all, [volume('dbdata')]);
    expect(storageInWords(view, 'en')).toContain('store /seed (ro) leads to /host/seed.');
    expect(storageInWords(view, 'en')).toContain('volume dbdata survives stop; rm; rm -v; rm, volume prune.');
    expect(storageInWords(view, 'ko')).toHaveLength(storageInWords(view, 'en').length);
    for (const width of [300, 640, 1200]) expect(markup(drawStorage(view, width, 'ko'))).not.toContain('NaN');
  });
});
