/**
 * Groups of commands: where the code of each one is. A command's file is loaded when it is first needed, with its flags and its help;
 * so is this one, when the first word is not one of top.ts.
 */
import { type Load, loadBuild, one } from './top.ts';

export interface Group {
  readonly summary: string;
  /** The whole help text of a group that does not follow the usual form. */
  readonly help?: () => Promise<string>;
  /** How the group calls itself in errors, if that is more than its name. */
  readonly use?: string;
  /** Commands that neither help nor completion lists. */
  readonly hidden?: readonly string[];
  /** A line stands before its help where no command was named. */
  readonly spaced?: boolean;
  /** Commands that help lists only while the engine is in a swarm. */
  readonly needsSwarm?: readonly string[];
  /** Flags that may stand before the command, and whether a word follows them. */
  readonly flags?: Readonly<Record<string, boolean>>;
  /** Its help answers words that it does not know, on standard output. */
  readonly isOpen?: boolean;
  readonly commands: Readonly<Record<string, Load>>;
}

const PLUGIN_FLAGS = { '--builder': true, '-D': false, '--debug': false };

const GROUPS_BY_NAME: Readonly<Record<string, Group>> = {
  builder: {
    summary: 'Manage builds',
    flags: PLUGIN_FLAGS,
    help: () => import('./absent/group-help.ts').then((m) => m.BUILDER),
    hidden: ['install', 'uninstall'],
    commands: {
      bake: () => import('./builder/bake.ts').then((m) => m.bake),
      build: (env) => loadBuild(env),
      create: () => import('./builder/create.ts').then((m) => m.create),
      'dial-stdio': () => import('./builder/dial-stdio.ts').then((m) => m.dialStdio),
      du: () => import('./builder/du.ts').then((m) => m.du),
      inspect: () => import('./builder/inspect.ts').then((m) => m.inspect),
      install: () => import('./builder/install.ts').then((m) => m.install),
      ls: () => import('./builder/ls.ts').then((m) => m.ls),
      prune: () => import('./builder/prune.ts').then((m) => m.prune),
      rm: () => import('./builder/rm.ts').then((m) => m.rm),
      stop: () => import('./builder/stop.ts').then((m) => m.stop),
      uninstall: () => import('./builder/install.ts').then((m) => m.uninstall),
      use: () => import('./builder/use.ts').then((m) => m.use),
      version: () => import('./builder/version.ts').then((m) => m.version),
    },
  },
  'builder dap': {
    summary: 'Start debug adapter protocol compatible debugger',
    flags: PLUGIN_FLAGS,
    help: () => import('./absent/group-help.ts').then((m) => m.BUILDERDAP),
    commands: { build: () => import('./builder/without.ts').then((m) => m.dapBuild) },
  },
  'builder history': {
    summary: 'Commands to work on build records',
    flags: PLUGIN_FLAGS,
    help: () => import('./absent/group-help.ts').then((m) => m.BUILDERHISTORY),
    commands: {
      export: () => import('./builder/without.ts').then((m) => m.historyExport),
      import: () => import('./builder/without.ts').then((m) => m.historyImport),
      inspect: () => import('./builder/history/inspect.ts').then((m) => m.inspect),
      'inspect attachment': () => import('./builder/history/attachment.ts').then((m) => m.attachment),
      logs: () => import('./builder/history/logs.ts').then((m) => m.logs),
      ls: () => import('./builder/history/ls.ts').then((m) => m.ls),
      open: () => import('./builder/without.ts').then((m) => m.historyOpen),
      rm: () => import('./builder/history/rm.ts').then((m) => m.rm),
      trace: () => import('./builder/without.ts').then((m) => m.historyTrace),
    },
  },
  'builder imagetools': {
    summary: 'Commands to work on images in registry',
    flags: PLUGIN_FLAGS,
    help: () => import('./absent/group-help.ts').then((m) => m.BUILDERIMAGETOOLS),
    commands: {
      create: () => import('./builder/imagetools/create.ts').then((m) => m.create),
      inspect: () => import('./builder/imagetools/inspect.ts').then((m) => m.inspect),
    },
  },
  'builder policy': {
    summary: 'Commands for working with build policies',
    flags: PLUGIN_FLAGS,
    help: () => import('./absent/group-help.ts').then((m) => m.BUILDERPOLICY),
    commands: {
      eval: () => import('./builder/without.ts').then((m) => m.policyEval),
      test: () => import('./builder/without.ts').then((m) => m.policyTest),
    },
  },
  completion: {
    summary: 'Generate the autocompletion script for the specified shell',
    help: () => import('./completion/shells.ts').then((m) => m.HELP),
    isOpen: true,
    commands: Object.fromEntries(
      ['bash', 'fish', 'powershell', 'zsh'].map((shell): [string, Load] => [
        shell,
        () => import('./completion/shells.ts').then((m) => one(m.SHELLS, `completion ${shell}`)),
      ]),
    ),
  },
  container: {
    summary: 'Manage containers',
    commands: {
      attach: () => import('./container/attach.ts').then((m) => m.attach),
      commit: () => import('./container/commit.ts').then((m) => m.commit),
      cp: () => import('./container/cp.ts').then((m) => m.cp),
      create: () => import('./container/create.ts').then((m) => m.create),
      diff: () => import('./container/diff.ts').then((m) => m.diff),
      exec: () => import('./container/exec.ts').then((m) => m.exec),
      export: () => import('./container/export.ts').then((m) => m.exportContainer),
      inspect: () => import('./container/inspect.ts').then((m) => m.inspect),
      kill: () => import('./container/kill.ts').then((m) => m.kill),
      logs: () => import('./container/logs.ts').then((m) => m.logs),
      ls: () => import('./container/ls.ts').then((m) => m.ls),
      pause: () => import('./container/pause.ts').then((m) => m.pause),
      port: () => import('./container/port.ts').then((m) => m.port),
      prune: () => import('./container/prune.ts').then((m) => m.prune),
      rename: () => import('./container/rename.ts').then((m) => m.rename),
      restart: () => import('./container/restart.ts').then((m) => m.restart),
      rm: () => import('./container/rm.ts').then((m) => m.rm),
      run: () => import('./container/run.ts').then((m) => m.run),
      start: () => import('./container/start.ts').then((m) => m.start),
      stats: () => import('./container/stats.ts').then((m) => m.stats),
      stop: () => import('./container/stop.ts').then((m) => m.stop),
      top: () => import('./container/top.ts').then((m) => m.top),
      unpause: () => import('./container/unpause.ts').then((m) => m.unpause),
      update: () => import('./container/update.ts').then((m) => m.update),
      wait: () => import('./container/wait.ts').then((m) => m.wait),
    },
  },
  context: {
    summary: 'Manage contexts',
    commands: {
      create: () => import('./context/create.ts').then((m) => m.create),
      export: () => import('./context/export.ts').then((m) => m.exportContext),
      import: () => import('./context/import.ts').then((m) => m.importContext),
      inspect: () => import('./context/inspect.ts').then((m) => m.inspect),
      ls: () => import('./context/ls.ts').then((m) => m.ls),
      rm: () => import('./context/rm.ts').then((m) => m.rm),
      show: () => import('./context/show.ts').then((m) => m.show),
      update: () => import('./context/update.ts').then((m) => m.update),
      use: () => import('./context/use.ts').then((m) => m.use),
    },
  },
  image: {
    summary: 'Manage images',
    commands: {
      build: (env) => loadBuild(env),
      history: () => import('./image/history.ts').then((m) => m.history),
      import: () => import('./image/import.ts').then((m) => m.importImage),
      inspect: () => import('./image/inspect.ts').then((m) => m.inspect),
      load: () => import('./image/load.ts').then((m) => m.load),
      ls: () => import('./image/ls.ts').then((m) => m.ls),
      prune: () => import('./image/prune.ts').then((m) => m.prune),
      pull: () => import('./image/pull.ts').then((m) => m.pull),
      push: () => import('./image/push.ts').then((m) => m.push),
      rm: () => import('./image/rm.ts').then((m) => m.rm),
      save: () => import('./image/save.ts').then((m) => m.save),
      tag: () => import('./image/tag.ts').then((m) => m.tag),
    },
  },
  network: {
    summary: 'Manage networks',
    commands: {
      connect: () => import('./network/connect.ts').then((m) => m.connect),
      create: () => import('./network/create.ts').then((m) => m.create),
      disconnect: () => import('./network/disconnect.ts').then((m) => m.disconnect),
      inspect: () => import('./network/inspect.ts').then((m) => m.inspect),
      ls: () => import('./network/ls.ts').then((m) => m.ls),
      prune: () => import('./network/prune.ts').then((m) => m.prune),
      rm: () => import('./network/rm.ts').then((m) => m.rm),
    },
  },
  plugin: {
    summary: 'Manage plugins',
    commands: {
      create: () => import('./absent/plugin.ts').then((m) => one(m.COMMANDS, 'plugin create')),
      disable: () => import('./plugin/plugins.ts').then((m) => m.disable),
      enable: () => import('./plugin/plugins.ts').then((m) => m.enable),
      inspect: () => import('./plugin/plugins.ts').then((m) => m.inspect),
      install: () => import('./absent/plugin.ts').then((m) => one(m.COMMANDS, 'plugin install')),
      ls: () => import('./plugin/plugins.ts').then((m) => m.ls),
      push: () => import('./absent/plugin.ts').then((m) => one(m.COMMANDS, 'plugin push')),
      rm: () => import('./plugin/plugins.ts').then((m) => m.rm),
      set: () => import('./plugin/plugins.ts').then((m) => m.set),
      upgrade: () => import('./absent/plugin.ts').then((m) => one(m.COMMANDS, 'plugin upgrade')),
    },
  },
  manifest: {
    summary: 'Manage Docker image manifests and manifest lists',
    help: () => import('./absent/group-help.ts').then((m) => m.MANIFEST),
    use: 'manifest COMMAND',
    spaced: true,
    commands: {
      annotate: () => import('./manifest/annotate.ts').then((m) => m.annotate),
      create: () => import('./manifest/create.ts').then((m) => m.create),
      inspect: () => import('./manifest/inspect.ts').then((m) => m.inspect),
      push: () => import('./manifest/push.ts').then((m) => m.push),
      rm: () => import('./manifest/rm.ts').then((m) => m.rm),
    },
  },
  swarm: {
    summary: 'Manage Swarm',
    needsSwarm: ['ca', 'join-token', 'leave', 'unlock', 'unlock-key', 'update'],
    commands: {
      ca: () => import('./swarm/ca.ts').then((m) => m.ca),
      init: () => import('./swarm/init.ts').then((m) => m.init),
      join: () => import('./swarm/join.ts').then((m) => m.join),
      'join-token': () => import('./swarm/join-token.ts').then((m) => m.joinToken),
      leave: () => import('./swarm/leave.ts').then((m) => m.leave),
      unlock: () => import('./swarm/unlock.ts').then((m) => m.unlock),
      'unlock-key': () => import('./swarm/unlock-key.ts').then((m) => m.unlockKey),
      update: () => import('./swarm/update.ts').then((m) => m.update),
    },
  },
  service: {
    summary: 'Manage Swarm services',
    commands: {
      create: () => import('./service/create.ts').then((m) => m.create),
      inspect: () => import('./service/inspect.ts').then((m) => m.inspect),
      logs: () => import('./service/logs.ts').then((m) => m.logs),
      ls: () => import('./service/ls.ts').then((m) => m.ls),
      ps: () => import('./service/ps.ts').then((m) => m.ps),
      rm: () => import('./service/rm.ts').then((m) => m.rm),
      rollback: () => import('./service/rollback.ts').then((m) => m.rollback),
      scale: () => import('./service/scale.ts').then((m) => m.scale),
      update: () => import('./service/update.ts').then((m) => m.update),
    },
  },
  node: {
    summary: 'Manage Swarm nodes',
    commands: {
      demote: () => import('./node/demote.ts').then((m) => m.demote),
      inspect: () => import('./node/inspect.ts').then((m) => m.inspect),
      ls: () => import('./node/ls.ts').then((m) => m.ls),
      promote: () => import('./node/promote.ts').then((m) => m.promote),
      ps: () => import('./node/ps.ts').then((m) => m.ps),
      rm: () => import('./node/rm.ts').then((m) => m.rm),
      update: () => import('./node/update.ts').then((m) => m.update),
    },
  },
  secret: {
    summary: 'Manage Swarm secrets',
    commands: {
      create: () => import('./secret/create.ts').then((m) => m.create),
      inspect: () => import('./secret/inspect.ts').then((m) => m.inspect),
      ls: () => import('./secret/ls.ts').then((m) => m.ls),
      rm: () => import('./secret/rm.ts').then((m) => m.rm),
    },
  },
  config: {
    summary: 'Manage Swarm configs',
    commands: {
      create: () => import('./config/create.ts').then((m) => m.create),
      inspect: () => import('./config/inspect.ts').then((m) => m.inspect),
      ls: () => import('./config/ls.ts').then((m) => m.ls),
      rm: () => import('./config/rm.ts').then((m) => m.rm),
    },
  },
  stack: {
    summary: 'Manage Swarm stacks',
    use: 'stack [OPTIONS]',
    commands: {
      config: () => import('./stack/config.ts').then((m) => m.config),
      deploy: () => import('./stack/deploy.ts').then((m) => m.deploy),
      ls: () => import('./stack/ls.ts').then((m) => m.ls),
      ps: () => import('./stack/ps.ts').then((m) => m.ps),
      rm: () => import('./stack/rm.ts').then((m) => m.rm),
      services: () => import('./stack/services.ts').then((m) => m.services),
    },
  },
  system: {
    summary: 'Manage Docker',
    hidden: ['dial-stdio'],
    commands: {
      'dial-stdio': () => import('./system/dial-stdio.ts').then((m) => m.dialStdio),
      df: () => import('./system/df.ts').then((m) => m.df),
      events: () => import('./system/events.ts').then((m) => m.events),
      info: () => import('./system/info.ts').then((m) => m.info),
      prune: () => import('./system/prune.ts').then((m) => m.prune),
    },
  },
  volume: {
    summary: 'Manage volumes',
    use: 'volume COMMAND',
    needsSwarm: ['update'],
    commands: {
      update: () => import('./volume/update.ts').then((m) => m.update),
      create: () => import('./volume/create.ts').then((m) => m.create),
      inspect: () => import('./volume/inspect.ts').then((m) => m.inspect),
      ls: () => import('./volume/ls.ts').then((m) => m.ls),
      prune: () => import('./volume/prune.ts').then((m) => m.prune),
      rm: () => import('./volume/rm.ts').then((m) => m.rm),
    },
  },
};

/** Groups of commands. `builder` is another name of the plugin `buildx`, whose own `build` is never the classic one. */
export const GROUPS: Readonly<Record<string, Group>> = {
  ...GROUPS_BY_NAME,
  ...Object.fromEntries(
    Object.entries(GROUPS_BY_NAME)
      .filter(([name]) => /^builder( |$)/.test(name))
      .map(([name, group]) => [name.replace('builder', 'buildx'), buildxGroup(name, group)]),
  ),
};

function buildxGroup(name: string, group: Group): Group {
  const { help, commands } = group;
  const own = help === undefined ? group : { ...group, help: () => help().then((text) => text.replace(/\n +\(default "default"\)/, '')) };
  const build: Load = () => import('./builder/build.ts').then((m) => m.build);
  return name === 'builder' ? { ...own, summary: 'Docker Buildx', commands: { ...commands, build } } : own;
}

/** Other names of commands inside their group. */
export const VERB_ALIASES: Readonly<Record<string, string>> = {
  'builder b': 'build',
  'builder f': 'bake',
  'buildx b': 'build',
  'buildx f': 'bake',
  'container list': 'ls',
  'container ps': 'ls',
  'container remove': 'rm',
  'context list': 'ls',
  'context remove': 'rm',
  'image list': 'ls',
  'image remove': 'rm',
  'image rmi': 'rm',
  'network list': 'ls',
  'network remove': 'rm',
  'plugin list': 'ls',
  'plugin remove': 'rm',
  'service list': 'ls',
  'service remove': 'rm',
  'node list': 'ls',
  'node remove': 'rm',
  'secret list': 'ls',
  'secret remove': 'rm',
  'config list': 'ls',
  'config remove': 'rm',
  'stack up': 'deploy',
  'stack list': 'ls',
  'stack remove': 'rm',
  'stack down': 'rm',
  'volume list': 'ls',
  'volume remove': 'rm',
};

// In the order in which help lists them.
export const COMMON_COMMANDS = 'run exec ps build bake pull push images login logout search version info'.split(' ');
export const MANAGEMENT_COMMANDS = 'builder buildx compose container context image manifest network plugin system volume'.split(' ');
export const TOP_COMMANDS = [
  'attach commit cp create diff events export history import inspect kill load logs pause port rename restart rm rmi',
  'save start stats stop tag top unpause update wait',
].flatMap((line) => line.split(' '));
// What the client itself says of commands that a plugin replaces.
export const OWN_SUMMARIES: Readonly<Record<string, string>> = {
  build: 'Build an image from a Dockerfile',
  'image build': 'Build an image from a Dockerfile',
  bake: 'Build from a file',
  'builder bake': 'Build from a file',
};
export const PLUGINS: ReadonlySet<string> = new Set(['buildx', 'compose']);
