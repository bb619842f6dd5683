import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { docker } from '../../../src/engine/cli/main.ts';
import { normal } from './normal.ts';
import { filled, type Recording, recordedEngine } from './recorded-engine.ts';
import { shellWords } from './shell-words.ts';
import { world } from './world.ts';

const DIRECTORY = new URL('./recordings/', import.meta.url);
const FILES = { '/home/learner/lab/b.tar': 'an archive', '/home/learner/lab/hello.tar': 'an archive' };

/** Bodies that are archives, and times that count from now, are recorded as placeholders. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, item: unknown) => {
    if ((key === 'since' || key === 'until') && typeof item !== 'object') return '<epoch>';
    if (key === 'body' && (typeof item === 'number' || (typeof item === 'object' && item !== null && 'tar' in item))) return '<archive>';
    return item;
  }) as unknown;
}

for (const name of readdirSync(DIRECTORY)) {
  const recording = JSON.parse(readFileSync(new URL(name, DIRECTORY), 'utf8')) as Recording;
  test(recording.cmd, async () => {
    const [, typed, command = ''] = /^(?:echo (\w+) \| )?(docker .*)$/s.exec(recording.cmd) ?? [];
    const engine = recordedEngine(recording);
    const machine = world({ dial: engine.dial, files: FILES, ...(typed === undefined ? {} : { stdin: `${typed}\n` }) });
    const status = await docker(shellWords(command).slice(1), machine.io);
    const requests = recording.exchanges.map(({ request: { method, path, query, body, stdin } }) => ({
      method,
      path: filled(path),
      query,
      ...(body === undefined ? {} : { body: JSON.parse(filled(JSON.stringify(body))) as unknown }),
      ...(stdin === undefined ? {} : { stdin }),
    }));
    expect(comparable(engine.asked.map((one) => ({ ...one, path: decodeURIComponent(one.path) })))).toEqual(comparable(requests));
    expect({ status, stdout: normal(machine.stdout()), stderr: normal(machine.stderr()) }).toEqual({
      status: recording.exit,
      stdout: normal(filled(recording.stdout)),
      stderr: normal(filled(recording.stderr)),
    });
  });
}
