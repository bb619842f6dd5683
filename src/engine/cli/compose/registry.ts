/** The commands of `docker compose`: what each does in one line, and where its code is. */
import type { ComposeCommand } from './command.ts';

export interface Entry {
  readonly summary: string;
  readonly load?: () => Promise<ComposeCommand>;
}

/** In the order in which help lists them. A command without code is known, but not built yet. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  attach: {
    summary: "Attach local standard input, output, and error streams to a service's running container",
    load: () => import('./commands/attach.ts').then((m) => m.attach),
  },
  build: { summary: 'Build or rebuild services', load: () => import('./commands/build.ts').then((m) => m.build) },
  commit: {
    summary: "Create a new image from a service container's changes",
    load: () => import('./commands/commit.ts').then((m) => m.commit),
  },
  config: {
    summary: 'Parse, resolve and render compose file in canonical format',
    load: () => import('./commands/config.ts').then((m) => m.config),
  },
  cp: {
    summary: 'Copy files/folders between a service container and the local filesystem',
    load: () => import('./commands/cp.ts').then((m) => m.cp),
  },
  create: { summary: 'Creates containers for a service', load: () => import('./commands/create.ts').then((m) => m.create) },
  down: { summary: 'Stop and remove containers, networks', load: () => import('./commands/down.ts').then((m) => m.down) },
  events: { summary: 'Receive real time events from containers', load: () => import('./commands/events.ts').then((m) => m.events) },
  exec: { summary: 'Execute a command in a running container', load: () => import('./commands/exec.ts').then((m) => m.exec) },
  export: {
    summary: "Export a service container's filesystem as a tar archive",
    load: () => import('./commands/export.ts').then((m) => m.exportService),
  },
  images: { summary: 'List images used by the created containers', load: () => import('./commands/images.ts').then((m) => m.images) },
  kill: { summary: 'Force stop service containers', load: () => import('./commands/kill.ts').then((m) => m.kill) },
  logs: { summary: 'View output from containers', load: () => import('./commands/logs.ts').then((m) => m.logs) },
  ls: { summary: 'List running compose projects', load: () => import('./commands/ls.ts').then((m) => m.ls) },
  pause: { summary: 'Pause services', load: () => import('./commands/pause.ts').then((m) => m.pause) },
  port: { summary: 'Print the public port for a port binding', load: () => import('./commands/port.ts').then((m) => m.port) },
  ps: { summary: 'List containers', load: () => import('./commands/ps.ts').then((m) => m.ps) },
  publish: { summary: 'Publish compose application' },
  pull: { summary: 'Pull service images', load: () => import('./commands/pull.ts').then((m) => m.pull) },
  push: { summary: 'Push service images', load: () => import('./commands/push.ts').then((m) => m.push) },
  restart: { summary: 'Restart service containers', load: () => import('./commands/restart.ts').then((m) => m.restart) },
  rm: { summary: 'Removes stopped service containers', load: () => import('./commands/rm.ts').then((m) => m.rm) },
  run: { summary: 'Run a one-off command on a service', load: () => import('./commands/run.ts').then((m) => m.run) },
  scale: { summary: 'Scale services ', load: () => import('./commands/scale.ts').then((m) => m.scale) },
  start: { summary: 'Start services', load: () => import('./commands/start.ts').then((m) => m.start) },
  stats: {
    summary: 'Display a live stream of container(s) resource usage statistics',
    load: () => import('./commands/stats.ts').then((m) => m.stats),
  },
  stop: { summary: 'Stop services', load: () => import('./commands/stop.ts').then((m) => m.stop) },
  top: { summary: 'Display the running processes', load: () => import('./commands/top.ts').then((m) => m.top) },
  unpause: { summary: 'Unpause services', load: () => import('./commands/pause.ts').then((m) => m.unpause) },
  up: { summary: 'Create and start containers', load: () => import('./commands/up.ts').then((m) => m.up) },
  version: { summary: 'Show the Docker Compose version information', load: () => import('./commands/version.ts').then((m) => m.version) },
  volumes: { summary: 'List volumes', load: () => import('./commands/volumes.ts').then((m) => m.volumes) },
  wait: {
    summary: 'Block until containers of all (or specified) services stop.',
    load: () => import('./commands/wait.ts').then((m) => m.wait),
  },
  watch: {
    summary: 'Watch build context for service and rebuild/refresh containers when files are updated',
    load: () => import('./commands/watch.ts').then((m) => m.watch),
  },
};

export const MANAGEMENT: Readonly<Record<string, Entry>> = {
  bridge: { summary: 'Convert compose files into another model' },
};
