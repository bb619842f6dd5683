/** Programs of the kind that tutorials have, run by the model's `python`, beside what the real one did. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PythonComputer, pythonComputer } from './computer.ts';

interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

const here = import.meta.dirname;
const { programs } = JSON.parse(readFileSync(path.join(here, 'recorded.json'), 'utf8')) as {
  readonly programs: Readonly<Record<string, Ran>>;
};

describe('programs of Python', () => {
  let computer: PythonComputer;
  beforeAll(async () => {
    const names = readdirSync(path.join(here, 'programs'));
    computer = await pythonComputer(Object.fromEntries(names.map((name) => [name, readFileSync(path.join(here, 'programs', name))])));
  }, 60_000);

  it.each(Object.entries(programs))('%s', async (name, recorded) => {
    const { shell, machine } = computer;
    const { exit, stdout, stderr } = await shell(`docker exec -i py python /src/${name}.py < /dev/null`);
    expect({ exit, stdout, stderr }).toEqual(recorded);
    expect(machine.faults()).toEqual([]);
  });
});
