/** Programs of the kind that tutorials have, built and run by the model's `go`, beside what the real one's did. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GoComputer, goComputer } from './computer.ts';

interface Settings {
  /** The program that is run under this name, if it is another's. */
  readonly program?: string;
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
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A trace's offsets and arguments are those of no machine code. */
const plain = (text: string): string =>
  text
    .replace(/ \+0x[0-9a-f]+$/gm, '')
    .replace(/ pc=0x[0-9a-f]+\]/g, ']')
    .replace(/ addr=0x[0-9a-f]+/g, '');

describe('programs that go has built', () => {
  let computer: GoComputer;
  beforeAll(async () => {
    const names = readdirSync(path.join(here, 'programs'));
    computer = await goComputer('src', Object.fromEntries(names.map((name) => [name, readFileSync(path.join(here, 'programs', name))])));
  }, 60_000);

  it.each(Object.entries(programs))('%s', async (name, recorded) => {
    const { shell, machine } = computer;
    const { program = name, args = [], stdin = '', env = {} } = settings[name] ?? {};
    expect(await shell(`docker exec go go build -o /work/${name} /src/${program}.go`)).toMatchObject({ exit: 0, stderr: '' });
    const variables = Object.entries(env).map(([key, value]) => `-e ${key}=${value}`);
    const ran = await shell(
      `printf %s ${quoted(stdin)} | docker exec -i ${variables.join(' ')} go /work/${name} ${args.map(quoted).join(' ')}`,
    );
    expect({ exit: ran.exit, stdout: ran.stdout, stderr: plain(ran.stderr) }).toEqual(recorded);
    expect(machine.faults()).toEqual([]);
  });
});
