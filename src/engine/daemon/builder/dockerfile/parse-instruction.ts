import { DockerfileError, didYouMean, quoted } from './errors.ts';
import { parseFlags } from './flags.ts';
import { parseHealthcheck } from './healthcheck.ts';
import { chomped, type Heredoc, parseHeredoc } from './heredoc.ts';
import type { CommandLine, CopyInstruction, FromInstruction, Instruction, Origin } from './instructions.ts';
import type { Node } from './nodes.ts';
import { checkMounts } from './run-mounts.ts';

const NAMES = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
];

const fail = (message: string): never => {
  throw new DockerfileError(message);
};

/** Throws DockerfileError; the sentence begins with the line that is wrong. */
export function parseInstruction(node: Node): Instruction {
  try {
    const parse = PARSERS[node.command.toUpperCase()];
    if (!parse || node.command.toUpperCase() === 'CONSTRUCTOR')
      return fail(`unknown instruction: ${node.command}${didYouMean(node.command, NAMES, false)}`);
    return parse(node, { lines: node.lines, code: node.original, written: node.command });
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw new DockerfileError(`dockerfile parse error on line ${node.lines.start}: ${error.message}`, node.lines);
  }
}

type Parser = (node: Node, origin: Origin) => Instruction;

/** The one argument of an instruction. */
function only(name: string, node: Node): string {
  if (node.args.length !== 1) fail(`${name} requires exactly one argument`);
  parseFlags(node.flags);
  return node.args[0] ?? '';
}

function pairsOf(kind: 'env' | 'label'): Parser {
  return (node, origin) => {
    const name = kind.toUpperCase();
    parseFlags(node.flags);
    const pairs = node.pairs ?? [];
    if (pairs.length === 0) fail(`${name} requires at least one argument`);
    if (pairs.some(({ key }) => key === '')) fail(`${name} names can not be blank`);
    return { kind, pairs, ...origin };
  };
}

const commandLine = ({ args, json, heredocs }: Node): CommandLine => ({ args, isShell: !json, files: heredocs });

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;

function from(node: Node, origin: Origin): FromInstruction {
  const { args } = node;
  const [base = '', as = '', name = ''] = args;
  const isNamed = args.length === 3 && as.toLowerCase() === 'as';
  if (args.length !== 1 && !isNamed) fail('FROM requires either one or three arguments');
  const stage = name.toLowerCase();
  if (isNamed && !STAGE_NAME.test(stage))
    fail(`invalid name for build stage: ${quoted(name)}, name can't start with a number or contain symbols`);
  const flags = parseFlags(node.flags, { platform: 'text' });
  return { kind: 'from', base, name: isNamed ? name : '', as, platform: flags.text('platform'), comment: commentOf(node, name), ...origin };
}

/** What the comment above says after the name. */
function commentOf({ comments }: Node, name: string): string {
  const found = name === '' ? undefined : comments.find((line) => line.startsWith(`${name} `));
  return found?.slice(name.length + 1) ?? '';
}

function sourcesOf(node: Node, name: string): Pick<CopyInstruction, 'sources' | 'contents' | 'dest'> {
  const dest = node.args.at(-1) ?? '';
  if (parseHeredoc(dest)) fail(`${name} cannot accept a heredoc as a destination`);
  const given = new Map(node.heredocs.map((one): [string, Heredoc] => [one.name, one]));
  const words = node.args.slice(0, -1).map((word) => ({ word, heredoc: parseHeredoc(word) }));
  return {
    dest,
    sources: words.flatMap(({ word, heredoc }) => (heredoc ? [] : [word])),
    contents: words.flatMap(({ heredoc }) => {
      if (!heredoc) return [];
      const { content } = given.get(heredoc.name) ?? heredoc;
      return [{ path: heredoc.name, data: chomped({ ...heredoc, content }), expands: heredoc.expands }];
    }),
  };
}

function copy(kind: 'copy' | 'add'): Parser {
  return (node, origin) => {
    const name = kind.toUpperCase();
    if (node.args.length < 2)
      fail(`${name} requires at least two arguments, but only one was provided. Destination could not be determined`);
    const common = { chown: 'text', chmod: 'text', link: 'bool', exclude: 'list' } as const;
    const flags = parseFlags(
      node.flags,
      kind === 'copy'
        ? { ...common, from: 'text', parents: 'bool' }
        : { ...common, 'keep-git-dir': 'bool', checksum: 'text', unpack: 'bool' },
    );
    return {
      kind,
      ...sourcesOf(node, name),
      from: flags.text('from'),
      chown: flags.text('chown'),
      chmod: flags.text('chmod'),
      link: flags.bool('link'),
      parents: flags.bool('parents'),
      excludes: flags.list('exclude'),
      checksum: flags.text('checksum'),
      unpack: flags.isSet('unpack') ? flags.bool('unpack') : undefined,
      ...origin,
    };
  };
}

function run(node: Node, origin: Origin): Instruction {
  const flags = parseFlags(node.flags, { mount: 'list', network: 'text', security: 'text', device: 'list' });
  const network = flags.text('network') || 'default';
  if (flags.isSet('network') && !['default', 'none', 'host'].includes(network)) fail(`invalid network mode ${quoted(network)}`);
  const security = flags.text('security') || 'sandbox';
  if (!['sandbox', 'insecure'].includes(security)) fail(`security ${quoted(security)} is not valid`);
  checkMounts(flags.list('mount'));
  return {
    kind: 'run',
    command: commandLine(node),
    mounts: flags.list('mount'),
    network,
    security,
    devices: flags.list('device'),
    ...origin,
  };
}

function onbuild(node: Node, origin: Origin): Instruction {
  if (node.args.length === 0) fail('ONBUILD requires at least one argument');
  parseFlags(node.flags);
  const trigger = (node.args[0] ?? '').toUpperCase();
  if (trigger === 'ONBUILD') fail("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (trigger === 'MAINTAINER' || trigger === 'FROM') fail(`${trigger} isn't allowed as an ONBUILD trigger`);
  const bare = node.original.replace(/^\s*ONBUILD\s*/i, '');
  const expression = node.heredocs.reduce((text, { content, name }) => `${text}\n${content}${name}`, bare);
  return { kind: 'onbuild', expression, ...origin };
}

function arg(node: Node, origin: Origin): Instruction {
  if (node.args.length === 0) fail('ARG requires at least one argument');
  parseFlags(node.flags);
  const args = node.args.map((word) => {
    const at = word.indexOf('=');
    const key = at === -1 ? word : word.slice(0, at);
    if (key === '') fail('ARG names can not be blank');
    return { key, value: at === -1 ? undefined : word.slice(at + 1), comment: commentOf(node, key) };
  });
  return { kind: 'arg', args, ...origin };
}

function volume(node: Node, origin: Origin): Instruction {
  if (node.args.length === 0) fail('VOLUME requires at least one argument');
  parseFlags(node.flags);
  const volumes = node.args.map((word) => word.trim());
  if (volumes.some((word) => word === '')) fail('VOLUME specified can not be an empty string');
  return { kind: 'volume', volumes, ...origin };
}

function shell(node: Node, origin: Origin): Instruction {
  parseFlags(node.flags);
  if (node.args.length === 0) fail('SHELL requires at least one argument');
  if (!node.json) fail('SHELL requires the arguments to be in JSON form');
  return { kind: 'shell', shell: node.args, ...origin };
}

function program(kind: 'cmd' | 'entrypoint'): Parser {
  return (node, origin) => {
    parseFlags(node.flags);
    return { kind, command: commandLine(node), ...origin };
  };
}

const PARSERS: Readonly<Record<string, Parser>> = {
  ADD: copy('add'),
  ARG: arg,
  CMD: program('cmd'),
  COPY: copy('copy'),
  ENTRYPOINT: program('entrypoint'),
  ENV: pairsOf('env'),
  EXPOSE: (node, origin) => {
    if (node.args.length === 0) fail('EXPOSE requires at least one argument');
    parseFlags(node.flags);
    return { kind: 'expose', ports: [...node.args].sort(), ...origin };
  },
  FROM: from,
  HEALTHCHECK: (node, origin) => ({ kind: 'healthcheck', health: parseHealthcheck(node), ...origin }),
  LABEL: pairsOf('label'),
  MAINTAINER: (node, origin) => ({ kind: 'maintainer', name: only('MAINTAINER', node), ...origin }),
  ONBUILD: onbuild,
  RUN: run,
  SHELL: shell,
  STOPSIGNAL: (node, origin) => ({ kind: 'stopsignal', signal: only('STOPSIGNAL', node), ...origin }),
  USER: (node, origin) => ({ kind: 'user', user: only('USER', node), ...origin }),
  VOLUME: volume,
  WORKDIR: (node, origin) => ({ kind: 'workdir', path: only('WORKDIR', node), ...origin }),
};
