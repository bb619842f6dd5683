#!/usr/bin/env node
/** The `drydock` command for Node: picks the subcommand, prints its usage, and nothing else. */
import { UsageError } from './usage.ts';

type Subcommand = (args: readonly string[]) => Promise<number>;

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Subcommand>;
}

const SUBCOMMANDS: Readonly<Record<string, Entry>> = {
  shell: { summary: 'a terminal of a fresh machine, in your terminal', load: async () => (await import('./shell.ts')).shell },
  sh: {
    summary: "sh -c 'SCRIPT': runs a script on a fresh machine and exits with its status",
    load: async () => (await import('./sh.ts')).sh,
  },
  replay: {
    summary: '[--json] FILE…: plays an example or a recording on a fresh machine',
    load: async () => (await import('./replay.ts')).replay,
  },
  docker: {
    summary: 'ARGS…: the docker client on its own; obeys DOCKER_HOST',
    load: async () => (await import('./docker.ts')).dockerCommand,
  },
  serve: { summary: '[--port 2375]: the Engine API on 127.0.0.1, in real time', load: async () => (await import('./serve.ts')).serve },
  registry: {
    summary: '[--port 5000]: the catalogue of images as a registry on 127.0.0.1',
    load: async () => (await import('./registry.ts')).registry,
  },
};

function usage(): string {
  const lines = Object.entries(SUBCOMMANDS).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return `Usage: drydock COMMAND\n\nA machine with Docker on it, modelled.\n\n${lines.join('\n')}\n`;
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  const entry = name === undefined ? undefined : SUBCOMMANDS[name];
  if (!entry) {
    const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
    (asked ? process.stdout : process.stderr).write(asked ? usage() : `drydock: '${name}' is not a drydock command.\n\n${usage()}`);
    return asked ? 0 : 2;
  }
  try {
    return await (await entry.load())(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`drydock ${name}: ${error.message}\n`);
    return 2;
  }
}

// The status is set, not forced: what was printed must reach a pipe first.
process.exitCode = await main(process.argv.slice(2));
if (process.exitCode !== undefined) process.stdout.write('', () => process.exit());
