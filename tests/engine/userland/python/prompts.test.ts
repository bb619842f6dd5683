/** The prompt of each version, typed at as at the real one. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PythonComputer, pythonComputer } from './computer.ts';

interface Session {
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: readonly string[];
  readonly exit: number;
  readonly output: string;
}

const sessions = JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded-prompts.json'), 'utf8')) as readonly Session[];

describe('the prompt of Python', () => {
  let computer: PythonComputer;
  beforeAll(async () => {
    computer = await pythonComputer({}, ['3.9', '3.13']);
  }, 60_000);

  it.each(sessions.map((session) => [`${session.version} with ${JSON.stringify(session.env)}`, session] as const))(
    '%s',
    async (_, session) => {
      const env = Object.entries(session.env).map(([name, value]) => `-e ${name}=${value}`);
      const { output, exit } = await computer.terminal(
        `docker run -it --rm ${env.join(' ')} python:${session.version}-slim`,
        session.input,
      );
      const [banner = '', shown] = output.replaceAll('\r', '').split(/(?<=for more information\.\n)/);
      expect(banner).toMatch(
        /^Python 3\.\d+\.\d+ \(main, .*\) \n?\[GCC .*\] on linux\nType "help", "copyright", "credits" or "license" for more/,
      );
      expect({ exit, shown }).toEqual({ exit: session.exit, shown: session.output });
      expect(computer.machine.faults()).toEqual([]);
    },
  );
});
