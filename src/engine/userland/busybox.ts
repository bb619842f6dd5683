/** busybox: one program, whose applet is the name it was called by, or its first argument. */
import type { Program, Sys } from '../kernel/sys.ts';
import { BUSYBOX_APPLET_NAMES, BUSYBOX_NOEXEC_APPLETS } from './busybox-applets.ts';
import { BUSYBOX_NET_APPLETS, busyboxNet, gnuNet } from './net/index.ts';
import { say } from './program-io.ts';
import { ashShell } from './sh/ash.ts';
import { ALPINE_BUSYBOX_BANNER, BUSYBOX_BANNER, programOf } from './tool.ts';
import { BUSYBOX_TOOLS, type LoadUtility, TOOLS } from './tools.ts';

const NOT_FOUND = 127;
const SHELLS = ['ash', 'sh'];
/** To these `--help` is a word like any other. */
const TAKES_ANY_WORD: ReadonlySet<string> = new Set(['test', 'true', 'false', 'echo']);
const TABLE: Readonly<Record<string, LoadUtility>> = { ...TOOLS, ...BUSYBOX_TOOLS };
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/^-/, '');

/** The applets that are here, by name. */
export const applets: readonly string[] = [...new Set([...Object.keys(TABLE), ...BUSYBOX_NET_APPLETS, ...SHELLS])].sort();

/** What differs between builds of busybox. */
interface Build {
  readonly banner: string;
  /** Its shell begins without a word (FEATURE_SH_EXTRA_QUIET). Both of these have more applets than Debian's; by their links one is called. */
  readonly isQuiet: boolean;
  /** Its nc is the long one (NC_110_COMPAT). */
  readonly hasFullNetcat?: boolean;
}

const BUILDS: Readonly<Record<string, Build>> = {
  debian: { banner: BUSYBOX_BANNER, isQuiet: false },
  hub: { banner: 'BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.', isQuiet: true },
  alpine: { banner: ALPINE_BUSYBOX_BANNER, isQuiet: true, hasFullNetcat: true },
};

const shellOf = (build: Build): Program =>
  build.isQuiet
    ? ashShell()
    : ashShell({
        banner: `${build.banner.replace(/ multi-call binary\.$/, '')} built-in shell (ash)`,
        // FEATURE_SH_STANDALONE: applets come before what PATH finds.
        hasApplet: (name) => BUSYBOX_APPLET_NAMES.includes(name),
        inPlace: async (name) => {
          const program = BUSYBOX_NOEXEC_APPLETS.has(name) ? await find(name, build) : undefined;
          return program && helpful(name, program, build);
        },
      });

async function find(name: string, build: Build): Promise<Program | undefined> {
  if (SHELLS.includes(name)) return shellOf(build);
  const load = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (load) return programOf(await load(), 'busybox', { banner: build.banner });
  return name === 'nc' && build.hasFullNetcat ? gnuNet(name) : busyboxNet(name, build.banner);
}

/** The program of a name, which answers a lonely `--help` itself. */
const helpful =
  (name: string, program: Program, { banner }: Build): Program =>
  async (sys) => {
    if (sys.argv.length !== 2 || sys.argv[1] !== '--help' || TAKES_ANY_WORD.has(name)) return program(sys);
    const { usageText } = await sys.stall(() => import('./busybox-usage.ts'));
    await say(sys, 2, usageText(name, banner));
    return 0;
  };

/** Runs an applet under another argv: what `busybox ls -l` does. */
const renamed = (sys: Sys, argv: readonly string[]): Sys => Object.create(sys, { argv: { value: argv } }) as Sys;

async function run(sys: Sys, argv: readonly string[], build: Build): Promise<number> {
  const name = baseName(argv[0] ?? '');
  const program = await sys.stall(() => find(name, build));
  if (program) return helpful(name, program, build)(argv === sys.argv ? sys : renamed(sys, argv));
  const isKnown = BUSYBOX_APPLET_NAMES.includes(name) || (build.isQuiet && argv === sys.argv);
  await say(sys, 2, `${name}: ${isKnown ? 'applet not supported by this model' : 'applet not found'}\n`);
  return NOT_FOUND;
}

async function usage(sys: Sys, { banner }: Build): Promise<number> {
  const { aboutBusybox } = await sys.stall(() => import('./busybox-usage.ts'));
  await say(sys, 1, aboutBusybox(banner));
  return 0;
}

/** The program of a build: `debian` (also for none), `hub` (the image busybox), `alpine`. */
export function busyboxOf(name: string | undefined): Program {
  const build = BUILDS[name ?? 'debian'] ?? { banner: BUSYBOX_BANNER, isQuiet: false };
  return async (sys) => {
    if (baseName(sys.argv[0] ?? '') !== 'busybox') return run(sys, sys.argv, build);
    const args = sys.argv.slice(1);
    if (args.length === 0 || args[0] === '--help') return usage(sys, build);
    if (args[0] !== '--list') return run(sys, args, build);
    await say(sys, 1, BUSYBOX_APPLET_NAMES.map((applet) => `${applet}\n`).join(''));
    return 0;
  };
}

export const busybox: Program = busyboxOf(undefined);
