/** Programs of the kind that tutorials have, run by the model's Pythons, beside what the real ones of the same versions did. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PythonComputer, pythonComputer } from './computer.ts';

interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}
type Programs = Readonly<Record<string, Ran>>;

const here = import.meta.dirname;
const text = (name: string): string => readFileSync(path.join(here, name), 'utf8');
const { versions } = JSON.parse(text('recorded.json')) as {
  readonly versions: Readonly<Record<string, { readonly programs: Programs; readonly small: Programs }>>;
};
/** What a version shows of its library's own frames, or how threads happen to take turns there. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = { '3.9': ['async-basic', 'threads', 'type-errors'], '3.13': ['threads'] };
/** As many are run by one command of the shell. */
const AT_ONCE = 40;

function small(): Record<string, string> {
  const parts = text('small-programs.txt').split(/^### (\S+)\n/m);
  return Object.fromEntries(parts.flatMap((name, at) => (at % 2 === 1 ? [[`small/${name}.py`, parts[at + 1] ?? '']] : [])));
}

/** Runs programs one after the other in a container, and takes apart what they printed. */
async function runAll({ shell }: PythonComputer, version: string, names: readonly string[]): Promise<Programs> {
  const mark = '=-=-=';
  const loop = `for n in ${names.join(' ')}; do echo "${mark} $n"; python /src/small/$n.py </dev/null 2>/tmp/err; echo "${mark} $?"; cat /tmp/err; done`;
  const { stdout } = await shell(`docker exec py${version} sh -c '${loop}'`);
  const parts = stdout.split(new RegExp(`${mark} (\\S+)\\n`));
  const ran: Record<string, Ran> = {};
  for (let at = 1; at < parts.length; at += 4)
    ran[parts[at] ?? ''] = { exit: Number(parts[at + 2]), stdout: parts[at + 1] ?? '', stderr: parts[at + 3] ?? '' };
  return ran;
}

describe.each(Object.keys(versions))('programs of Python %s', (version) => {
  const recorded = versions[version];
  let computer: PythonComputer;
  beforeAll(async () => {
    const names = readdirSync(path.join(here, 'programs'));
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(path.join(here, 'programs', name))]));
    computer = await pythonComputer({ ...files, ...small() }, [version]);
  }, 60_000);

  it.each(Object.entries(recorded?.programs ?? {}).filter(([name]) => !ELSEWHERE[version]?.includes(name)))('%s', async (name, ran) => {
    const { shell, machine } = computer;
    const { exit, stdout, stderr } = await shell(`docker exec -i py${version} python /src/${name}.py < /dev/null`);
    expect({ exit, stdout, stderr }).toEqual(ran);
    expect(machine.faults()).toEqual([]);
  });

  const all = Object.keys(recorded?.small ?? {});
  const groups = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) => all.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
  it.each(groups.map((group) => [group[0], group] as const))(
    'small ones from %s',
    async (_, group) => {
      const wanted = Object.fromEntries(group.map((name) => [name, recorded?.small[name]]));
      expect(await runAll(computer, version, group)).toEqual(wanted);
      expect(computer.machine.faults()).toEqual([]);
    },
    60_000,
  );
});
