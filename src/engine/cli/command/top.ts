/** The commands that are called by one word, like `docker run`: where the code of each one is. */
import type { Command } from './command.ts';

/** Loads a command's code. What is in the environment may choose another command of the same name. */
export type Load = (env: ReadonlyMap<string, string>) => Promise<Command | undefined>;

/** A command of a file that has several. */
export const one = (commands: readonly Command[], name: string): Command | undefined => commands.find(({ names }) => names.includes(name));

/** DOCKER_BUILDKIT=0 asks for the classic builder. */
export const loadBuild: Load = (env) => {
  const asked = env.get('DOCKER_BUILDKIT') ?? '';
  return asked === '' || /^(1|t|T|TRUE|true|True)$/.test(asked)
    ? import('./builder/build.ts').then((m) => m.build)
    : import('./builder/classic-build.ts').then((m) => m.classicBuild(asked));
};

/** Commands without a group. */
export const TOP: Readonly<Record<string, Load>> = {
  run: () => import('./container/run.ts').then((m) => m.run),
  exec: () => import('./container/exec.ts').then((m) => m.exec),
  ps: () => import('./container/ls.ts').then((m) => m.ls),
  build: (env) => loadBuild(env),
  bake: () => import('./builder/bake.ts').then((m) => m.bake),
  pull: () => import('./image/pull.ts').then((m) => m.pull),
  push: () => import('./image/push.ts').then((m) => m.push),
  images: () => import('./image/ls.ts').then((m) => m.ls),
  login: () => import('./system/login.ts').then((m) => m.login),
  logout: () => import('./system/logout.ts').then((m) => m.logout),
  search: () => import('./system/search.ts').then((m) => m.search),
  version: () => import('./system/version.ts').then((m) => m.version),
  info: () => import('./system/info.ts').then((m) => m.info),
  attach: () => import('./container/attach.ts').then((m) => m.attach),
  checkpoint: () => import('./absent/checkpoint.ts').then((m) => m.checkpoint),
  commit: () => import('./container/commit.ts').then((m) => m.commit),
  cp: () => import('./container/cp.ts').then((m) => m.cp),
  create: () => import('./container/create.ts').then((m) => m.create),
  diff: () => import('./container/diff.ts').then((m) => m.diff),
  events: () => import('./system/events.ts').then((m) => m.events),
  export: () => import('./container/export.ts').then((m) => m.exportContainer),
  history: () => import('./image/history.ts').then((m) => m.history),
  import: () => import('./image/import.ts').then((m) => m.importImage),
  inspect: () => import('./system/inspect.ts').then((m) => m.inspectAny),
  kill: () => import('./container/kill.ts').then((m) => m.kill),
  load: () => import('./image/load.ts').then((m) => m.load),
  logs: () => import('./container/logs.ts').then((m) => m.logs),
  pause: () => import('./container/pause.ts').then((m) => m.pause),
  port: () => import('./container/port.ts').then((m) => m.port),
  rename: () => import('./container/rename.ts').then((m) => m.rename),
  restart: () => import('./container/restart.ts').then((m) => m.restart),
  rm: () => import('./container/rm.ts').then((m) => m.rm),
  rmi: () => import('./image/rm.ts').then((m) => m.rm),
  save: () => import('./image/save.ts').then((m) => m.save),
  start: () => import('./container/start.ts').then((m) => m.start),
  stats: () => import('./container/stats.ts').then((m) => m.stats),
  stop: () => import('./container/stop.ts').then((m) => m.stop),
  tag: () => import('./image/tag.ts').then((m) => m.tag),
  top: () => import('./container/top.ts').then((m) => m.top),
  unpause: () => import('./container/unpause.ts').then((m) => m.unpause),
  update: () => import('./container/update.ts').then((m) => m.update),
  wait: () => import('./container/wait.ts').then((m) => m.wait),
  compose: () => import('../compose/main.ts').then((m) => m.compose),
};
