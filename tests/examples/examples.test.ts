/** Every example plays on the model and prints to the letter what its page shows. DRYDOCK_UPDATE=1 writes what was printed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { type ConsoleExample, parseConsole, printConsole } from '../../src/engine/machine/console.ts';
import { playConsole } from '../../src/engine/machine/play-console.ts';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../src/content/examples');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.console'))
  .sort();

const find = (name: string): ConsoleExample => parseConsole(readFileSync(path.join(folder, `${name}.console`), 'utf8'));

describe('examples', () => {
  it.each(files)('%s', async (file) => {
    const source = readFileSync(path.join(folder, file), 'utf8');
    const { text } = await playConsole(parseConsole(source), nodeHost, find);
    if (process.env.DRYDOCK_UPDATE === '1') writeFileSync(path.join(folder, file), text);
    else expect(text).toBe(source);
  });
});

it('writes output that looks like a line of another kind so that it is read again', () => {
  const output = '> a\n# b\n$ c\n? 1\n\\d\n> e\n';
  const step = { comments: ['why'], command: 'cat x', input: ['typed'], output, status: 3 };
  const example: ConsoleExample = { start: 'empty', images: [], files: [], steps: [{ ...step, input: [] }, step] };
  expect(parseConsole(printConsole(example))).toEqual(example);
});
