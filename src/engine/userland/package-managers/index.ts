/** Package managers: `apk`, `apt-get` and `dpkg`, `dnf` and `rpm`. Each is loaded when first run. */
import type { Program } from '../../kernel/sys.ts';

type Load = () => Promise<Program>;

const APT: Load = async () => (await import('./apt/index.ts')).apt;
const DPKG: Load = async () => (await import('./dpkg/index.ts')).dpkg;
const DNF: Load = async () => (await import('./dnf/index.ts')).dnf;

const PROGRAMS: Readonly<Record<string, Load>> = {
  apk: async () => (await import('./apk/index.ts')).apk,
  'apt:apt': APT,
  'apt:apt-get': APT,
  'apt:apt-cache': APT,
  'apt:apt-config': APT,
  'apt:apt-mark': APT,
  'dpkg:dpkg': DPKG,
  'dpkg:dpkg-query': DPKG,
  'dpkg:dpkg-deb': DPKG,
  dnf: DNF,
  rpm: async () => (await import('./dnf/rpm.ts')).rpm,
};

/** A program by its note; undefined if there is none. `absent:NAME` is one that only says that it is not here. */
export async function packageManager(note: string): Promise<Program | undefined> {
  if (note.startsWith('absent:')) return (await import('./absent.ts')).absent(note.slice('absent:'.length));
  return Object.hasOwn(PROGRAMS, note) ? PROGRAMS[note]?.() : undefined;
}
