/** /proc/PID. */
import { Errno } from '../../errno.ts';
import type { NamespaceKind } from '../../sys.ts';
import type { VfsHost } from '../host.ts';
import type { Location } from '../mount.ts';
import { mountinfoText, mountsText } from '../mount-text.ts';
import { namespaceFile } from '../nsfs.ts';
import type { ProcessInfo, ProcSource } from '../sources.ts';
import { displayPath, type FsView, isGone } from '../view.ts';
import { folder, symlink, text, type VirtualDirectory, type VirtualEntry } from '../virtual.ts';
import { find } from '../walk.ts';
import { limitsText, statmText, statText, statusText } from './process-text.ts';

const NAMESPACES: readonly NamespaceKind[] = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'];
const NET_FILES = ['arp', 'dev', 'if_inet6', 'ip_vs', 'route', 'tcp', 'tcp6', 'udp', 'udp6', 'unix'];

interface Subject {
  readonly host: VfsHost;
  readonly pidNamespace: number;
  readonly pid: number;
  /** ESRCH once the process is gone. */
  info(): ProcessInfo;
  /** Its own view of files; the reader's if it has none any more. */
  view(reader: FsView): FsView;
}

/** The directory of one process; undefined if there is none of that number. */
export function processDirectory(host: VfsHost, pidNamespace: number, pid: number): VirtualDirectory | undefined {
  const first = host.proc.process(pidNamespace, pid);
  if (first === undefined) return undefined;
  const info = (): ProcessInfo => {
    const found = host.proc.process(pidNamespace, pid);
    if (found === undefined) throw new Errno('ESRCH');
    return found;
  };
  const subject: Subject = { host, pidNamespace, pid, info, view: (reader) => host.viewOf(pidNamespace, pid) ?? reader };
  const entries = processEntries(subject);
  const owned = (entry: VirtualEntry): VirtualEntry => {
    const own = { ...entry, uid: first.uid, gid: first.gid };
    if (own.type !== 'directory') return own;
    return {
      ...own,
      entry: (name) => {
        const inside = entry.type === 'directory' ? entry.entry(name) : undefined;
        return inside && owned(inside);
      },
    };
  };
  const directory = folder(entries);
  return {
    ...directory,
    uid: first.uid,
    gid: first.gid,
    names: () => [...directory.names(), 'task'],
    entry: (name) => {
      if (name === 'task') return folder({ [String(pid)]: folder(entries) });
      const entry = directory.entry(name);
      return entry === undefined ? undefined : owned(entry);
    },
  };
}

/** `0:` is the one of version 2. */
const hierarchyOf = ({ cgroupControllers }: ProcSource): string =>
  cgroupControllers.length > 0 ? `1:${cgroupControllers.join(',')}` : '0:';

function processEntries(subject: Subject): Readonly<Record<string, VirtualEntry>> {
  const { info, view } = subject;
  const placed = (name: 'cwd' | 'root'): VirtualEntry =>
    guarded(
      subject,
      () => info()[name],
      (reader) => view(reader)[name],
    );
  return {
    attr: folder({ current: text(() => 'unconfined\n') }),
    cgroup: text(() => `${hierarchyOf(subject.host.proc)}:${info().cgroup}\n`),
    cmdline: text(() =>
      info()
        .argv.map((word) => `${word}\0`)
        .join(''),
    ),
    comm: text(() => `${info().name}\n`, 0o644),
    cwd: placed('cwd'),
    environ: {
      type: 'regular',
      mode: 0o400,
      open: (reader) => demandTrace(subject, reader),
      read: () =>
        info()
          .env.map((entry) => `${entry}\0`)
          .join(''),
    },
    exe: guarded(
      subject,
      () => info().exe,
      (reader) => executable(view(reader), info().exe),
    ),
    fd: descriptors(subject),
    gid_map: text(idMap),
    uid_map: text(idMap),
    limits: text(() => limitsText(info())),
    mountinfo: text((reader) => mountinfoText(view(reader))),
    mounts: text((reader) => mountsText(view(reader))),
    net: network(subject),
    ns: folder(
      {
        ...Object.fromEntries(NAMESPACES.map((kind) => [kind, namespace(subject, kind)])),
        pid_for_children: namespace(subject, 'pid'),
        time_for_children: namespace(subject, 'time'),
      },
      0o511,
    ),
    oom_score: text(() => '0\n'),
    oom_score_adj: { type: 'regular', mode: 0o644, read: () => `${info().oomScoreAdj}\n`, write: (words) => setOomScore(subject, words) },
    root: placed('root'),
    stat: text(() => statText(info())),
    statm: text(() => statmText(info())),
    status: text(() => statusText(info())),
  };
}

/** A link that tells what a process has: for those alone who may trace it. */
const guarded = (subject: Subject, target: () => string, jump: (reader: FsView) => Location | undefined): VirtualEntry =>
  symlink(
    (reader) => {
      if (reader !== undefined) demandTrace(subject, reader);
      return target();
    },
    (reader) => {
      demandTrace(subject, reader);
      return jump(reader);
    },
  );

/** As ptrace(2), "Ptrace access mode checking": the same user with no capability less, or CAP_SYS_PTRACE. Throws EACCES. */
function demandTrace({ host, pidNamespace, pid }: Subject, reader: FsView): void {
  const who = reader.credentials();
  const whose = host.viewOf(pidNamespace, pid)?.credentials();
  if (whose === undefined || who.capabilities.has('CAP_SYS_PTRACE') || host.proc.self(pidNamespace) === pid) return;
  const isSame = [whose.uid, whose.euid].every((uid) => uid === who.euid) && [whose.gid, whose.egid].every((gid) => gid === who.egid);
  if (!isSame || [...whose.capabilities].some((name) => !who.capabilities.has(name))) throw new Errno('EACCES');
}

const namespace = (subject: Subject, kind: NamespaceKind): VirtualEntry =>
  guarded(
    subject,
    () => `${kind}:[${subject.info().namespaces[kind]}]`,
    () => namespaceFile(subject.host, { kind, inode: subject.info().namespaces[kind] }),
  );

const idMap = (): string => '         0          0 4294967295\n';

function setOomScore({ host, pidNamespace, pid }: Subject, words: string): void {
  const value = Number(words.trim());
  if (!/^-?\d+$/.test(words.trim()) || value < -1000 || value > 1000) throw new Errno('EINVAL');
  host.setOomScoreAdj?.(pidNamespace, pid, value);
}

/** Its program's file, as long as it is where it was. */
function executable(view: FsView, path: string): Location | undefined {
  try {
    return find(view, path);
  } catch {
    return undefined;
  }
}

/** Bits that tell how it was opened (proc_pid_fd(5)). */
const LINK_MODES = { read: 0o500, write: 0o300, both: 0o700 };

function descriptors(subject: Subject): VirtualDirectory {
  const { host, pidNamespace, pid, info } = subject;
  return {
    type: 'directory',
    mode: 0o500,
    names: () => [...info().fds.keys()].map(String),
    entry: (name) => {
      const fd = Number(name);
      const target = /^\d+$/.test(name) ? info().fds.get(fd) : undefined;
      if (target === undefined) return undefined;
      const link = guarded(
        subject,
        () => (info().fds.get(fd) ?? target).name,
        (reader) => host.viewOf(pidNamespace, pid) && place(subject.view(reader), target.name),
      );
      return { ...link, mode: LINK_MODES[target.access], descriptor: { pidNamespace, pid, fd } };
    },
  };
}

/** What an open file's name means to the process that has it open; undefined if that is no path any more. */
function place(view: FsView, name: string): Location | undefined {
  if (!name.startsWith('/')) return undefined;
  const location = executable(view, name);
  return location === undefined || isGone(location) || displayPath(view, location) !== name ? undefined : location;
}

function network({ host }: Subject): VirtualDirectory {
  const there = (): readonly string[] => NET_FILES.filter((name) => host.proc.net(name) !== undefined);
  return {
    type: 'directory',
    mode: 0o555,
    names: there,
    entry: (name) => (there().includes(name) ? text(() => host.proc.net(name) ?? '') : undefined),
  };
}
