/** Where each utility is: a name, and the file that is loaded when it is first run. Both dialects share them. */
import type { Utility } from './tool.ts';

export type LoadUtility = () => Promise<Utility>;

export const TOOLS: Readonly<Record<string, LoadUtility>> = {
  basename: async () => (await import('./coreutils/shell/paths.ts')).basename,
  cat: async () => (await import('./coreutils/text/cat.ts')).cat,
  chroot: async () => (await import('./coreutils/shell/run.ts')).chroot,
  clear: async () => (await import('./coreutils/shell/small.ts')).clear,
  comm: async () => (await import('./coreutils/text/lines.ts')).comm,
  cut: async () => (await import('./coreutils/text/cut.ts')).cut,
  dirname: async () => (await import('./coreutils/shell/paths.ts')).dirname,
  echo: async () => (await import('./coreutils/shell/echo.ts')).echo,
  env: async () => (await import('./coreutils/shell/run.ts')).env,
  expand: async () => (await import('./coreutils/text/lines.ts')).expand,
  false: async () => (await import('./coreutils/shell/small.ts')).failing,
  fold: async () => (await import('./coreutils/text/lines.ts')).fold,
  grep: async () => (await import('./coreutils/text/grep.ts')).grep,
  egrep: async () => (await import('./coreutils/text/grep.ts')).grep,
  fgrep: async () => (await import('./coreutils/text/grep.ts')).grep,
  head: async () => (await import('./coreutils/text/head.ts')).head,
  ls: async () => (await import('./coreutils/files/ls.ts')).ls,
  nice: async () => (await import('./coreutils/shell/run.ts')).nice,
  nl: async () => (await import('./coreutils/text/lines.ts')).nl,
  nohup: async () => (await import('./coreutils/shell/run.ts')).nohup,
  paste: async () => (await import('./coreutils/text/lines.ts')).paste,
  printenv: async () => (await import('./coreutils/shell/small.ts')).printenv,
  printf: async () => (await import('./coreutils/shell/printf.ts')).printf,
  pwd: async () => (await import('./coreutils/shell/small.ts')).pwd,
  reset: async () => (await import('./coreutils/shell/small.ts')).reset,
  rev: async () => (await import('./coreutils/text/lines.ts')).rev,
  sed: async () => (await import('./coreutils/sed/sed.ts')).sed,
  seq: async () => (await import('./coreutils/shell/seq.ts')).seq,
  setsid: async () => (await import('./coreutils/shell/run.ts')).setsid,
  shuf: async () => (await import('./coreutils/text/lines.ts')).shuf,
  sleep: async () => (await import('./coreutils/shell/sleep.ts')).sleep,
  sort: async () => (await import('./coreutils/text/sort.ts')).sort,
  split: async () => (await import('./coreutils/text/lines.ts')).split,
  sync: async () => (await import('./coreutils/shell/small.ts')).sync,
  tac: async () => (await import('./coreutils/text/lines.ts')).tac,
  tail: async () => (await import('./coreutils/text/tail.ts')).tail,
  tee: async () => (await import('./coreutils/text/tee.ts')).tee,
  test: async () => (await import('./coreutils/shell/test.ts')).test,
  '[': async () => (await import('./coreutils/shell/test.ts')).bracket,
  time: async () => (await import('./coreutils/shell/run.ts')).time,
  timeout: async () => (await import('./coreutils/shell/timeout.ts')).timeout,
  tr: async () => (await import('./coreutils/text/tr.ts')).tr,
  true: async () => (await import('./coreutils/shell/small.ts')).succeed,
  tty: async () => (await import('./coreutils/shell/small.ts')).tty,
  unexpand: async () => (await import('./coreutils/text/lines.ts')).unexpand,
  uniq: async () => (await import('./coreutils/text/uniq.ts')).uniq,
  wc: async () => (await import('./coreutils/text/wc.ts')).wc,
  yes: async () => (await import('./coreutils/shell/small.ts')).yes,
};

/** Only busybox has these. */
export const BUSYBOX_TOOLS: Readonly<Record<string, LoadUtility>> = {
  '[[': async () => (await import('./coreutils/shell/test.ts')).bracket,
  usleep: async () => (await import('./coreutils/shell/sleep.ts')).usleep,
};

/** Only the host and Debian have these. */
export const GNU_TOOLS: Readonly<Record<string, LoadUtility>> = {};
