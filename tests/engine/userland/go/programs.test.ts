/** Programs of the kind that tutorials have, built and run by the model's `go`, beside what the real one's did. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../../../src/bin/host.ts';
import { createMachine } from '../../../../src/engine/machine/machine.ts';
import { playCommand } from '../../../../src/engine/machine/play.ts';
import { bookSpec } from '../../../../src/engine/machine/spec.ts';
import type { Machine } from '../../../../src/engine/machine/types.ts';

interface Settings {
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

const here = import.meta.dirname;
const read = (name: string): string => readFileSync(path.join(here, name), 'utf8');
const { programs } = JSON.parse(read('recorded.json')) as { readonly programs: Readonly<Record<string, Ran>> };
const { settings } = JSON.parse(read('settings.json')) as { readonly settings: Readonly<Record<string, Settings>> };
const HOME = '/home/learner';
const SHELL = {
  env: [
    ['HOME', HOME],
    ['PATH', '/usr/bin:/bin'],
  ] as const,
  cwd: HOME,
  uid: 1000,
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A trace's offsets and arguments are those of no machine code. */
const plain = (text: string): string =>
  text
    .replace(/ \+0x[0-9a-f]+$/gm, '')
    .replace(/ pc=0x[0-9a-f]+\]/g, ']')
    .replace(/ addr=0x[0-9a-f]+/g, '');

describe('programs that go has built', () => {
  let machine: Machine;
  const shell = (command: string) => playCommand(machine, command, SHELL);

  beforeAll(async () => {
    const files = readdirSync(path.join(here, 'programs')).map((name) => ({
      path: `${HOME}/src/${name}`,
      bytes: new Uint8Array(readFileSync(path.join(here, 'programs', name))),
      mode: 0o644,
    }));
    machine = await createMachine({ ...bookSpec({ start: 'images', images: ['golang:1.25-alpine'] }), files }, nodeHost);
    await shell('docker run -d --name go -v ./src:/src -w /work golang:1.25-alpine sleep infinity');
  }, 60_000);

  it.each(Object.entries(programs))('%s', async (name, recorded) => {
    const { args = [], stdin = '', env = {} } = settings[name] ?? {};
    expect(await shell(`docker exec go go build -o /work/${name} /src/${name}.go`)).toMatchObject({ exit: 0, stderr: '' });
    const variables = Object.entries(env).map(([key, value]) => `-e ${key}=${value}`);
    const ran = await shell(
      `printf %s ${quoted(stdin)} | docker exec -i ${variables.join(' ')} go /work/${name} ${args.map(quoted).join(' ')}`,
    );
    expect({ exit: ran.exit, stdout: ran.stdout, stderr: plain(ran.stderr) }).toEqual(recorded);
    expect(machine.faults()).toEqual([]);
  });
});
