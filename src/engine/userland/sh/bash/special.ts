/** Variables that bash makes up when it is asked for them. */
import { OPTIONS } from '../options.ts';
import type { Shell } from '../shell.ts';
import { elementOf, subscripted } from './arrays.ts';
import { stateOf } from './state.ts';

export const VERSION = '5.2.15(1)-release';
const VERSION_PARTS = ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'];

/** Arrays of the shell's own; undefined if `name` is none. */
export function virtualArray(shell: Shell, name: string): readonly string[] | undefined {
  switch (name) {
    case 'PIPESTATUS':
      return (shell.pipeStatuses ?? [shell.status]).map(String);
    case 'FUNCNAME':
      return shell.frames.length === 0 ? undefined : [...shell.frames.map((frame) => frame.name), ...(shell.isScript ? ['main'] : [])];
    case 'BASH_LINENO':
      return [...shell.frames.map((frame) => String(frame.line)), '0'];
    case 'BASH_SOURCE':
      return sources(shell);
    case 'BASH_VERSINFO':
      return VERSION_PARTS;
    case 'DIRSTACK':
      return [shell.directory, ...stateOf(shell).directories];
    case 'GROUPS':
      return [...new Set([shell.sys.ids.get().gid, ...shell.sys.ids.get().groups])].map(String);
    default:
      return undefined;
  }
}

function sources(shell: Shell): readonly string[] | undefined {
  const files = [...stateOf(shell).sources, ...(shell.isScript && !shell.isCommandString ? [shell.name] : [])];
  const current = files[0] ?? (shell.options.interactive || shell.isCommandString ? 'environment' : 'main');
  const all = [...shell.frames.map(() => current), ...files];
  return all.length === 0 ? undefined : all;
}

/** A name of the shell's own, or an element by its written name (`a[i]`); undefined if there is no such thing. */
export function special(shell: Shell, name: string): string | undefined {
  const place = name.endsWith(']') ? subscripted(name) : null;
  if (place !== null) return elementOf(shell, place.name, place.key);
  return virtualArray(shell, name)?.[0] ?? (MADE[name] === undefined ? undefined : MADE[name]?.(shell));
}

/** Their names, as `${!prefix*}` lists them. */
export const madeNames = (): readonly string[] => [
  ...Object.keys(MADE),
  'FUNCNAME',
  'PIPESTATUS',
  'BASH_VERSINFO',
  'BASH_SOURCE',
  'BASH_LINENO',
  'DIRSTACK',
  'GROUPS',
];

const MADE: Readonly<Record<string, (shell: Shell) => string | undefined>> = {
  BASH: () => '/usr/bin/bash',
  BASH_VERSION: () => VERSION,
  BASHPID: (shell) => String(shell.sys.pid),
  BASH_SUBSHELL: (shell) => String(shell.subshellDepth),
  BASH_COMMAND: (shell) => (shell.inTrap ? shell.trappedText : shell.commandText),
  BASHOPTS: (shell) =>
    [...stateOf(shell).shopts]
      .filter(([, on]) => on)
      .map(([name]) => name)
      .join(':'),
  SHELLOPTS: (shell) =>
    ['braceexpand', 'hashall', 'interactive-comments', ...OPTIONS.filter(([name]) => shell.options[name]).map(([name]) => name)]
      .sort()
      .join(':'),
  EPOCHSECONDS: (shell) => String(shell.sys.clock.nowNs() / 1_000_000_000n),
  EPOCHREALTIME: (shell) => {
    const ns = shell.sys.clock.nowNs();
    return `${ns / 1_000_000_000n}.${String((ns / 1000n) % 1_000_000n).padStart(6, '0')}`;
  },
  SECONDS: (shell) => String((shell.sys.clock.monotonicNs() - (stateOf(shell).startNs ?? 0n)) / 1_000_000_000n),
  RANDOM: (shell) => {
    const [low = 0, high = 0] = shell.sys.random.bytes(2);
    return String((high * 256 + low) & 0x7fff);
  },
  SRANDOM: (shell) => {
    const [a = 0, b = 0, c = 0, d = 0] = shell.sys.random.bytes(4);
    return String(((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
  },
  UID: (shell) => String(shell.sys.ids.get().uid),
  EUID: (shell) => String(shell.sys.ids.get().euid),
  HOSTNAME: (shell) => shell.sys.hostname(),
  HOSTTYPE: (shell) => shell.sys.uname.machine,
  MACHTYPE: (shell) => `${shell.sys.uname.machine}-pc-linux-gnu`,
  OSTYPE: () => 'linux-gnu',
  COLUMNS: (shell) => (shell.terminal === null ? undefined : String(shell.sys.tty.size(shell.terminal).columns || 80)),
  LINES: (shell) => (shell.terminal === null ? undefined : String(shell.sys.tty.size(shell.terminal).rows || 24)),
  HISTCMD: (shell) => String(shell.history.length + 1),
  _: (shell) => shell.lastArgument,
};
