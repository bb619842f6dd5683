/** Where an interpreter lies, and what it finds from there: its library, its packages, and the virtual environment around it. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';

/** Who built it: distributions keep what `pip` installs apart from their own. */
type Layout = 'plain' | 'debian' | 'redhat';

export interface Place {
  /** As `sys.executable` has it: the path it was called by. */
  readonly executable: string;
  /** The one that a virtual environment was made of; else the same. */
  readonly baseExecutable: string;
  readonly prefix: string;
  readonly basePrefix: string;
  readonly layout: Layout;
  /** The folder of the standard library. */
  readonly library: string;
  /** Folders of packages, as they are searched. */
  readonly sites: readonly string[];
  /** Where `pip` puts modules, and where commands. */
  readonly purelib: string;
  readonly scripts: string;
  /** The user's own packages, which an environment leaves out. */
  readonly userSite: string;
  readonly isUserSiteOn: boolean;
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The path that the program was called by: as it was written, or found along PATH. */
function calledPath(sys: Sys): string {
  const [name = ''] = sys.argv;
  if (name.startsWith('/')) return name;
  if (name.includes('/')) return `${sys.path.cwd().replace(/\/$/, '')}/${name.replace(/^(\.\/)+/, '')}`;
  for (const folder of (sys.env.get('PATH') ?? '').split(':'))
    if (folder !== '' && name !== '' && sys.path.access(`${folder}/${name}`, { execute: true })) return `${folder}/${name}`;
  try {
    return sys.path.readlink('/proc/self/exe');
  } catch (error) {
    if (isErrno(error)) return '/usr/local/bin/python3';
    throw error;
  }
}

/** `pyvenv.cfg`, beside the executable or above it. */
function configuration(sys: Sys, executable: string): ReadonlyMap<string, string> | null {
  const folder = parentOf(executable);
  for (const path of [`${folder}/pyvenv.cfg`, `${parentOf(folder)}/pyvenv.cfg`]) {
    if (!sys.path.access(path, { read: true })) continue;
    const lines = new TextDecoder().decode(sys.path.readFile(path)).split('\n');
    return new Map(lines.map((line) => [(line.split('=')[0] ?? '').trim().toLowerCase(), line.slice(line.indexOf('=') + 1).trim()]));
  }
  return null;
}

function realPath(sys: Sys, path: string): string {
  try {
    return sys.path.realpath(path);
  } catch (error) {
    if (isErrno(error)) return path;
    throw error;
  }
}

function layoutOf(sys: Sys, basePrefix: string): Layout {
  if (basePrefix !== '/usr') return 'plain';
  if (sys.path.access('/etc/debian_version', { read: true })) return 'debian';
  return sys.path.access('/etc/redhat-release', { read: true }) ? 'redhat' : 'plain';
}

function sitesOf(sys: Sys, { layout, prefix, short }: { readonly layout: Layout; readonly prefix: string; readonly short: string }) {
  const python = `python${short}`;
  if (layout === 'debian') return [`${prefix}/local/lib/${python}/dist-packages`, `${prefix}/lib/python3/dist-packages`];
  if (layout === 'plain') return [`${prefix}/lib/${python}/site-packages`];
  const local = ['lib64', 'lib'].map((lib) => `${prefix}/local/${lib}/${python}/site-packages`);
  return [
    ...local.filter((folder) => sys.path.access(folder, { read: true })),
    ...['lib64', 'lib'].map((lib) => `${prefix}/${lib}/${python}/site-packages`),
  ];
}

/** Looks around from the path that the program was called by. `short` is `3.13`. */
export function placeOf(sys: Sys, short: string): Place {
  const executable = calledPath(sys);
  const settings = configuration(sys, executable);
  const home = settings?.get('home');
  const isVirtual = home !== undefined;
  const basePrefix = (isVirtual ? parentOf(home) : parentOf(parentOf(realPath(sys, executable)))) || '/usr';
  const layout = layoutOf(sys, basePrefix);
  const prefix = isVirtual ? parentOf(parentOf(executable)) : basePrefix;
  const withBase = !isVirtual || settings?.get('include-system-site-packages') === 'true';
  const ownSites = isVirtual ? [`${prefix}/lib/python${short}/site-packages`] : [];
  const baseSites = withBase ? sitesOf(sys, { layout, prefix: basePrefix, short }) : [];
  const isApart = !isVirtual && layout !== 'plain';
  const folder = layout === 'debian' ? 'dist-packages' : 'site-packages';
  return {
    executable,
    baseExecutable: isVirtual ? `${home}/${nameOf(executable)}` : executable,
    prefix,
    basePrefix,
    layout,
    library: `${basePrefix}/${layout === 'redhat' ? 'lib64' : 'lib'}/python${short}`,
    sites: [...ownSites, ...baseSites],
    purelib: isApart ? `${prefix}/local/lib/python${short}/${folder}` : `${prefix}/lib/python${short}/site-packages`,
    scripts: isApart ? `${prefix}/local/bin` : `${prefix}/bin`,
    userSite: `${sys.env.get('HOME') ?? '/root'}/.local/lib/python${short}/site-packages`,
    isUserSiteOn: withBase,
  };
}
