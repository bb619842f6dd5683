import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PathOps } from '../../../../src/engine/kernel/sys.ts';
import { bytes, computer, failure, words } from './host.ts';

const names = (path: PathOps, at: string): string[] => path.readdir(at).map(({ name }) => name);

/** Two layers with files, and a third to write into, mounted at /merged. */
function layered() {
  const box = computer();
  const { path } = box;
  for (const folder of ['/one', '/two', '/upper', '/work', '/merged']) path.mkdir(folder, 0o755);
  path.mkdir('/one/etc');
  path.writeFile('/one/etc/hosts', bytes('one'), 0o640);
  path.writeFile('/one/etc/only-one', bytes('1'));
  path.mkdir('/one/gone');
  path.writeFile('/one/gone/x', bytes('x'));
  path.mkdir('/two/etc');
  path.writeFile('/two/etc/hosts', bytes('two'), 0o640);
  path.mknod('/two/gone', 'char-device', 0, 0);
  path.mkdir('/one/opaque');
  path.writeFile('/one/opaque/hidden', bytes(''));
  path.mkdir('/two/opaque');
  path.setxattr('/two/opaque', 'trusted.overlay.opaque', bytes('y'));
  path.mount({ type: 'overlay', source: 'overlay', target: '/merged', data: 'lowerdir=/two:/one,upperdir=/upper,workdir=/work' });
  return box;
}

describe('overlayfs', () => {
  it('lays directories over each other', () => {
    const { path } = layered();
    expect(names(path, '/merged')).toEqual(['etc', 'opaque']);
    expect(names(path, '/merged/etc')).toEqual(['hosts', 'only-one']);
    expect(words(path.readFile('/merged/etc/hosts'))).toBe('two');
    expect(path.readdir('/merged/opaque')).toEqual([]);
  });

  it('copies a file up when it is written to, with its parents, and leaves the layers alone', () => {
    const { path } = layered();
    const before = path.stat('/merged/etc/hosts');
    path.chmod('/merged/etc/hosts', 0o600);
    expect(path.stat('/merged/etc/hosts')).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs, mode: 0o600 });
    expect(names(path, '/upper/etc')).toEqual(['hosts']);
    expect(words(path.readFile('/upper/etc/hosts'))).toBe('two');
    expect(path.stat('/two/etc/hosts').mode).toBe(0o640);
    expect(path.stat('/upper/etc').mtimeNs).toBe(path.stat('/two/etc').mtimeNs);
  });

  it('shows what is written to those who have the file open', () => {
    const { path, open } = layered();
    const reader = open('/merged/etc/hosts', { read: true });
    path.writeFile('/merged/etc/hosts', bytes('new'));
    expect(words(reader.read(10))).toBe('new');
  });

  it('marks what is removed', () => {
    const { path } = layered();
    path.unlink('/merged/etc/hosts');
    expect(path.lstat('/upper/etc/hosts')).toMatchObject({ type: 'char-device', rdev: 0 });
    expect(names(path, '/merged/etc')).toEqual(['only-one']);
    path.unlink('/merged/etc/only-one');
    path.rmdir('/merged/etc');
    expect(path.lstat('/upper/etc').type).toBe('char-device');
    path.mkdir('/merged/etc');
    expect(words(path.getxattr('/upper/etc', 'trusted.overlay.opaque'))).toBe('y');
    expect(path.readdir('/merged/etc')).toEqual([]);
    expect(failure(() => path.getxattr('/merged/etc', 'trusted.overlay.opaque'))).toBe('ENODATA');
  });

  it('lets go of what is removed while somebody is in it', () => {
    const { path, open } = layered();
    path.chdir('/merged/opaque');
    path.rmdir('/merged/opaque');
    expect(failure(() => path.cwd())).toBe('ENOENT');
    expect(failure(() => path.writeFile('x', bytes('')))).toBe('ENOENT');
    const file = open('/merged/etc/hosts', { read: true });
    path.unlink('/merged/etc/hosts');
    expect(file.stat().nlink).toBe(0);
    expect(words(file.read(10))).toBe('two');
  });

  it('does not move directories of lower layers', () => {
    const { path } = layered();
    expect(failure(() => path.rename('/merged/etc', '/merged/etc2'))).toBe('EXDEV');
    path.mkdir('/merged/new');
    path.writeFile('/merged/new/f', bytes('f'));
    for (const name of names(path, '/merged/etc')) path.unlink(`/merged/etc/${name}`);
    path.rmdir('/merged/etc');
    path.rename('/merged/new', '/merged/etc');
    expect(names(path, '/merged/etc')).toEqual(['f']);
    expect(words(path.getxattr('/upper/etc', 'trusted.overlay.opaque'))).toBe('y');
  });

  it('is shown with its layers', () => {
    const { path } = layered();
    path.mkdir('/proc');
    path.mount({ type: 'proc', source: 'proc', target: '/proc' });
    expect(words(path.readFile('/proc/mounts'))).toContain(
      'overlay /merged overlay rw,relatime,lowerdir=/two:/one,upperdir=/upper,workdir=/work 0 0\n',
    );
  });

  it('is read-only without an upper layer', () => {
    const { path } = layered();
    path.mount({ type: 'overlay', source: 'overlay', target: '/one', data: 'lowerdir=/two:/upper' });
    expect(failure(() => path.writeFile('/one/x', bytes('')))).toBe('EROFS');
  });
});

/** DRYDOCK_RUNS=10000 is the whole of it. */
const RUNS = Number(process.env.DRYDOCK_RUNS ?? 300);

// A naive model: the layers are copied into one plain directory, and everything is done there.
const NAMES = ['a', 'b', 'c'];
const FOLDERS = ['', '/d', '/e', '/d/d'];
const place = fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES, 'd', 'e')).map(([folder, name]) => `${folder}/${name}`);
const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), at: place, text: fc.string({ maxLength: 5 }) }),
  fc.record({ do: fc.constant('append' as const), at: place, text: fc.string({ minLength: 1, maxLength: 5 }) }),
  fc.record({ do: fc.constantFrom('unlink' as const, 'rmdir' as const, 'mkdir' as const), at: place }),
  fc.record({ do: fc.constantFrom('rename' as const, 'link' as const, 'symlink' as const), at: place, to: place }),
  fc.record({ do: fc.constant('chmod' as const), at: place, mode: fc.integer({ min: 0, max: 0o777 }) }),
  fc.record({ do: fc.constantFrom('list' as const, 'stat' as const), at: place }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function act({ path, open }: ReturnType<typeof computer>, root: string, what: Step): void {
  const at = `${root}${what.at}`;
  switch (what.do) {
    case 'write':
      return path.writeFile(at, bytes(what.text), 0o644);
    case 'append': {
      const file = open(at, { write: true, append: true });
      file.write(bytes(what.text));
      return file.close();
    }
    case 'unlink':
      return path.unlink(at);
    case 'rmdir':
      return path.rmdir(at);
    case 'mkdir':
      return path.mkdir(at, 0o755);
    case 'rename':
      return path.rename(at, `${root}${what.to}`);
    case 'link':
      return path.link(at, `${root}${what.to}`);
    case 'symlink':
      return path.symlink(what.to.slice(1), `${root}${what.at}`);
    case 'chmod':
      return path.chmod(at, what.mode);
    case 'list':
      return void path.readdir(at);
    case 'stat':
      return void path.stat(at);
  }
}

/** Everything that can be seen below a directory. */
function picture(path: PathOps, at: string): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const { name, type } of path.readdir(at)) {
    const stat = path.lstat(`${at}/${name}`);
    const content = type === 'regular' ? words(path.readFile(`${at}/${name}`)) : type === 'symlink' ? path.readlink(`${at}/${name}`) : '';
    seen[name] = `${type} ${stat.mode.toString(8)} ${JSON.stringify(content)}`;
    if (type === 'directory') for (const [below, what] of Object.entries(picture(path, `${at}/${name}`))) seen[`${name}/${below}`] = what;
  }
  return seen;
}

/** A hard link whose names are in a lower layer is broken by copying one of them up: layers here have none. */
const base = step.filter((what) => what.do !== 'link');

describe('overlayfs against a plain copy', () => {
  it('is seen the same, whatever is done; and a new mount of what lies in the layers shows the same again', () => {
    fc.assert(
      fc.property(
        fc.array(base, { maxLength: 15 }),
        fc.array(base, { maxLength: 15 }),
        fc.array(step, { maxLength: 30 }),
        (first, second, steps) => {
          const box = computer();
          const { path } = box;
          for (const name of ['/plain', '/1', '/2', '/3', '/w2', '/w3', '/m2', '/m3', '/again']) path.mkdir(name, 0o755);
          for (const what of first) for (const root of ['/plain', '/1']) failure(() => act(box, root, what));
          path.mount({ type: 'overlay', source: 'overlay', target: '/m2', data: 'lowerdir=/1,upperdir=/2,workdir=/w2' });
          const both =
            (root: string) =>
            (what: Step): void => {
              // What overlayfs refuses as another device is refused of the copy too.
              const failed = failure(() => act(box, root, what));
              if (failed !== 'EXDEV') expect(failure(() => act(box, '/plain', what))).toBe(failed);
            };
          second.forEach(both('/m2'));
          expect(picture(path, '/m2')).toEqual(picture(path, '/plain'));
          path.umount('/m2');
          path.mount({ type: 'overlay', source: 'overlay', target: '/m3', data: 'lowerdir=/2:/1,upperdir=/3,workdir=/w3' });
          expect(picture(path, '/m3')).toEqual(picture(path, '/plain'));
          steps.forEach(both('/m3'));
          expect(picture(path, '/m3')).toEqual(picture(path, '/plain'));
          path.mount({ type: 'overlay', source: 'overlay', target: '/again', data: 'lowerdir=/3:/2:/1' });
          expect(picture(path, '/again')).toEqual(picture(path, '/plain'));
        },
      ),
      { numRuns: RUNS },
    );
  });
});
