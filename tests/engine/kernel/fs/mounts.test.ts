import { describe, expect, it } from 'vitest';
import { bytes, computer, failure, user, words, written } from './host.ts';

const names = (entries: readonly { readonly name: string }[]): string[] => entries.map(({ name }) => name);

function withMounts() {
  const box = computer();
  for (const folder of ['/proc', '/mnt', '/src', '/src/sub', '/new', '/dev', '/sys']) box.path.mkdir(folder);
  return box;
}

describe('mounts', () => {
  it('cover what is below, and are left upwards', () => {
    const { path } = withMounts();
    path.writeFile('/mnt/below', bytes(''));
    path.mount({ type: 'tmpfs', source: 'tmpfs', target: '/mnt', data: 'size=64k' });
    expect(path.readdir('/mnt')).toEqual([]);
    expect(path.stat('/mnt/..').ino).toBe(path.stat('/').ino);
    path.chdir('/mnt');
    expect(path.cwd()).toBe('/mnt');
    expect(failure(() => path.umount('/mnt'))).toBe('EBUSY');
    expect(failure(() => path.rmdir('/mnt'))).toBe('EBUSY');
    path.chdir('/');
    path.umount('/mnt');
    expect(names(path.readdir('/mnt'))).toEqual(['below']);
  });

  it('stack', () => {
    const { path } = withMounts();
    path.mount({ type: 'tmpfs', source: 'one', target: '/mnt' });
    path.writeFile('/mnt/one', bytes(''));
    path.mount({ type: 'tmpfs', source: 'two', target: '/mnt' });
    expect(path.readdir('/mnt')).toEqual([]);
    path.umount('/mnt');
    expect(names(path.readdir('/mnt'))).toEqual(['one']);
  });

  it('of tmpfs end where their size does', () => {
    const { path, open } = withMounts();
    path.mount({ type: 'tmpfs', source: 'tmpfs', target: '/mnt', data: 'size=16k,mode=700' });
    const file = open('/mnt/f', { write: true, create: true });
    expect(file.write(new Uint8Array(20_000))).toBe(16_384);
    expect(failure(() => file.write(bytes('x')))).toBe('ENOSPC');
    expect(path.statfs('/mnt')).toMatchObject({ type: 'tmpfs', totalBytes: 16_384, freeBytes: 0 });
    path.unlink('/mnt/f');
    expect(path.statfs('/mnt').freeBytes).toBe(16_384);
  });

  it('of tmpfs end where their inodes do, if their number was set', () => {
    const { path } = withMounts();
    path.mount({ type: 'tmpfs', source: 'tmpfs', target: '/mnt', data: 'nr_inodes=3' });
    for (const name of ['one', 'two']) path.writeFile(`/mnt/${name}`, bytes(''));
    expect(failure(() => path.writeFile('/mnt/three', bytes('')))).toBe('ENOSPC');
    expect(path.statfs('/mnt')).toMatchObject({ totalInodes: 3, freeInodes: 0 });
    path.unlink('/mnt/one');
    expect(failure(() => path.writeFile('/mnt/three', bytes('')))).toBeUndefined();
  });

  it('may be bound, read-only too, without what hangs below unless asked for', () => {
    const { path } = withMounts();
    path.mount({ type: 'tmpfs', source: 'inner', target: '/src/sub' });
    path.writeFile('/src/sub/x', bytes('x'));
    path.mount({ type: 'none', source: '/src', target: '/mnt', bind: true });
    expect(path.readdir('/mnt/sub')).toEqual([]);
    path.mount({ type: 'none', source: '/src', target: '/new', bind: true, recursive: true });
    expect(names(path.readdir('/new/sub'))).toEqual(['x']);
    path.mount({ type: 'none', source: '/src', target: '/mnt', bind: true, remount: true, readOnly: true });
    expect(failure(() => path.writeFile('/mnt/y', bytes('')))).toBe('EROFS');
    path.writeFile('/src/y', bytes('seen'));
    expect(words(path.readFile('/mnt/y'))).toBe('seen');
  });

  it('may be of a file onto a file', () => {
    const { path } = withMounts();
    path.writeFile('/src/hosts', bytes('one'));
    path.writeFile('/new/hosts', bytes(''));
    path.mount({ type: 'none', source: '/src/hosts', target: '/new/hosts', bind: true });
    path.writeFile('/new/hosts', bytes('two'));
    expect(words(path.readFile('/src/hosts'))).toBe('two');
    expect(failure(() => path.unlink('/new/hosts'))).toBe('EBUSY');
    expect(path.realpath('/new/hosts')).toBe('/new/hosts');
    expect(failure(() => path.mount({ type: 'none', source: '/src', target: '/new/hosts', bind: true }))).toBe('ENOTDIR');
  });

  it('need the right', () => {
    const { as } = withMounts();
    expect(failure(() => as(user(5)).mount({ type: 'tmpfs', source: 'x', target: '/mnt' }))).toBe('EPERM');
  });

  it('are shown as Linux shows them', () => {
    const { path } = withMounts();
    path.mount({ type: 'proc', source: 'proc', target: '/proc', flags: ['nosuid', 'noexec', 'nodev'] });
    path.mount({ type: 'tmpfs', source: 'tmpfs', target: '/dev', flags: ['nosuid', 'strictatime'], data: 'mode=755,size=65536k' });
    path.mkdir('/dev/pts');
    path.mount({
      type: 'devpts',
      source: 'devpts',
      target: '/dev/pts',
      flags: ['nosuid', 'noexec'],
      data: 'newinstance,ptmxmode=0666,mode=0620,gid=5',
    });
    path.mount({ type: 'sysfs', source: 'sysfs', target: '/sys', readOnly: true, flags: ['nosuid', 'nodev', 'noexec'] });
    const dev = path.statfs('/dev');
    expect(dev.type).toBe('tmpfs');
    expect(words(path.readFile('/proc/mounts')).split('\n')).toEqual([
      '/dev/vda1 / ext4 rw,relatime 0 0',
      'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
      'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0',
      'devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0',
      'sysfs /sys sysfs ro,nosuid,nodev,noexec,relatime 0 0',
      '',
    ]);
    expect(names(path.readdir('/dev/pts'))).toEqual(['0', '3', 'ptmx']);
  });

  it("of a namespace of its own are nobody else's", () => {
    const { vfs, view, path } = withMounts();
    const child = vfs.forkView(view, view.credentials);
    vfs.cloneMounts(child);
    vfs.pathOps(child).mount({ type: 'tmpfs', source: 'x', target: '/mnt' });
    expect(vfs.pathOps(child).mounts()).toHaveLength(2);
    expect(path.mounts()).toHaveLength(1);
  });

  it('change places with pivot_root', () => {
    const { vfs, view } = withMounts();
    const child = vfs.forkView(view, view.credentials);
    vfs.cloneMounts(child);
    const path = vfs.pathOps(child);
    path.mount({ type: 'none', source: '/src', target: '/src', bind: true, recursive: true });
    path.mount({ type: 'tmpfs', source: 'x', target: '/src/sub' });
    path.pivotRoot('/src');
    path.chdir('/');
    expect(path.mounts().map(({ target }) => target)).toEqual(['/', '/sub']);
    expect(path.cwd()).toBe('/');
    expect(names(path.readdir('/..'))).toEqual(['sub']);
  });

  it('hold a root that nothing leads out of', () => {
    const { vfs, view } = withMounts();
    const child = vfs.forkView(view, view.credentials);
    const path = vfs.pathOps(child);
    path.chroot('/src');
    path.chdir('/sub');
    expect(path.cwd()).toBe('/sub');
    expect(path.realpath('../../../..')).toBe('/');
  });
});

describe('/proc', () => {
  function withProc() {
    const box = withMounts();
    box.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
    return box;
  }

  it('shows processes and the machine', () => {
    const { path } = withProc();
    expect(words(path.readFile('/proc/self/cmdline'))).toBe('cat\0/proc/self/cmdline\0');
    expect(words(path.readFile('/proc/7/status'))).toMatch(/^Name:\tcat\n[\s\S]*Pid:\t7\nPPid:\t1\n[\s\S]*CapEff:\t0000000000000003\n/);
    expect(words(path.readFile('/proc/self/cgroup'))).toBe('0::/docker/x\n');
    expect(path.readlink('/proc/self/ns/net')).toBe('net:[3]');
    expect(words(path.readFile('/proc/meminfo'))).toContain('MemTotal:        2097152 kB\n');
    expect(words(path.readFile('/proc/uptime'))).toBe('12.34 24.68\n');
    expect(words(path.readFile('/proc/self/stat')).split(' ')).toHaveLength(52);
    expect(failure(() => path.stat('/proc/99'))).toBe('ENOENT');
    expect(failure(() => path.mkdir('/proc/x'))).toBe('ENOENT');
    expect(names(path.readdir('/proc'))).toContain('7');
  });

  it('takes settings', () => {
    const { path, open } = withProc();
    open('/proc/sys/net/ipv4/ip_forward', { write: true, truncate: true }).write(bytes('1\n'));
    expect(words(path.readFile('/proc/sys/net/ipv4/ip_forward'))).toBe('1\n');
    expect(names(path.readdir('/proc/sys'))).toEqual(['kernel', 'net']);
  });

  it('opens a descriptor once more by its link', () => {
    const { path, open } = withProc();
    path.symlink('/proc/self/fd', '/dev/fd');
    path.symlink('/proc/self/fd/1', '/dev/stdout');
    expect(path.readlink('/proc/self/fd/1')).toBe('pipe:[5]');
    const file = open('/dev/stdout', { write: true, append: true, create: true });
    file.write(bytes('hello'));
    file.close();
    expect(written).toEqual(['hello']);
  });

  it('has places to hang mounts on', () => {
    const { path } = withProc();
    path.mount({ type: 'none', source: '/proc/sys', target: '/proc/sys', bind: true });
    path.mount({ type: 'none', source: '/proc/sys', target: '/proc/sys', bind: true, remount: true, readOnly: true });
    expect(failure(() => path.writeFile('/proc/sys/kernel/hostname', bytes('x')))).toBe('EROFS');
  });
});

describe('control groups', () => {
  it('are directories', () => {
    const { path } = withMounts();
    path.mount({ type: 'cgroup2', source: 'cgroup', target: '/mnt' });
    path.mkdir('/mnt/docker');
    expect(names(path.readdir('/mnt'))).toEqual(['cgroup.procs', 'docker']);
    expect(words(path.readFile('/mnt/docker/cgroup.procs'))).toBe('/docker/cgroup.procs\n');
    path.rmdir('/mnt/docker');
    expect(failure(() => path.stat('/mnt/docker'))).toBe('ENOENT');
  });
});

describe('sockets and fifos', () => {
  it('are names in the file system', () => {
    const { vfs, view, path } = withMounts();
    const socket = {};
    vfs.bindSocket(view, '/s', socket);
    expect(path.stat('/s').type).toBe('socket');
    expect(vfs.socketAt(view, '/s')).toBe(socket);
    expect(failure(() => vfs.bindSocket(view, '/s', {}))).toBe('EADDRINUSE');
    path.writeFile('/f', bytes(''));
    expect(failure(() => vfs.socketAt(view, '/f'))).toBe('ECONNREFUSED');
    path.mknod('/pipe', 'fifo', 0o600);
    const first = vfs.open(view, '/pipe', { read: true }, 0);
    const second = vfs.open(view, '/pipe', { write: true }, 0);
    expect('fifo' in first && 'fifo' in second && first.fifo === second.fifo).toBe(true);
  });
});
