/** Programs of the kind that tutorials have, run by the model's node, beside what the real one printed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './computer.ts';

interface Settings {
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Recorded {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

const here = import.meta.dirname;
const read = (name: string): string => readFileSync(path.join(here, name), 'utf8');
type All = Readonly<Record<string, Recorded>>;
const { programs, commands } = JSON.parse(read('recorded.json')) as { readonly programs: All; readonly commands: All };
const { settings, commands: lines } = JSON.parse(read('settings.json')) as {
  readonly settings: Readonly<Record<string, Settings>>;
  readonly commands: Readonly<Record<string, string>>;
};
const files = Object.fromEntries(
  readdirSync(path.join(here, 'programs')).map((name) => [name, readFileSync(path.join(here, 'programs', name))]),
);

/** Lines of node's own files have other numbers. */
const plain = (text: string): string => text.replace(/(node:[\w/]+):\d+(?::\d+)?/g, '$1');

describe('programs of node', () => {
  it.each(Object.entries(programs))('%s', async (name, recorded) => {
    const { args = [], stdin = '', env = {} } = settings[name] ?? {};
    const ran = await run(`node ${name} ${args.join(' ')}`, { files, stdin, env });
    expect({ exit: ran.exit, stdout: ran.stdout, stderr: plain(ran.stderr) }).toEqual({ ...recorded, stderr: plain(recorded.stderr) });
  });
});

/** The files of the project, whose packages lie elsewhere so that they are kept. */
const project = Object.fromEntries(
  readdirSync(path.join(here, 'project'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(path.join(here, 'project'), file).replace(/^packages/, 'node_modules'), readFileSync(file)];
    }),
);

describe('lines of the shell with node', () => {
  it.each(Object.entries(commands))('%s', async (name, recorded) => {
    const ran = await run(lines[name] ?? '', { files: project });
    expect({ exit: ran.exit, stdout: ran.stdout, stderr: plain(ran.stderr) }).toEqual({ ...recorded, stderr: plain(recorded.stderr) });
  });
});
