/** A browser's machine is Node's: the same script gives the same bytes at the same instants, however the browser's promises interleave. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ORIGIN = 'http://machine.test';
const node = [path.join(root, 'node_modules/.bin/node'), process.execPath];

/** Node 24 runs the engine as it is; where it is not installed, the Node that runs the tests does. */
function dayInNode(): unknown {
  for (const binary of node) {
    try {
      return JSON.parse(execFileSync(binary, [path.join(root, 'tests/machine/print-day.ts')], { encoding: 'utf8', maxBuffer: 64 << 20 }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('There is no Node that runs TypeScript');
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'tests/machine/day-in-a-page.ts')],
    ...{ bundle: true, splitting: true, format: 'esm', write: false, outdir: '/out', logLevel: 'error' },
  });
  return new Map(outputFiles.map((file) => [path.relative('/out', file.path), file.text]));
}

test('the same script is the same machine in Node and in Chromium', async ({ page }) => {
  const files = await bundle();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') return route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/day-in-a-page.js"></script>' });
    const script = files.get(name);
    if (script !== undefined) return route.fulfill({ contentType: 'text/javascript', body: script });
    try {
      return await route.fulfill({ contentType: 'application/octet-stream', body: readFileSync(path.join(root, 'public', name)) });
    } catch {
      return route.fulfill({ status: 404, body: '' });
    }
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => 'playCalmly' in window);
  const expected = dayInNode();
  const catalogue = `${ORIGIN}/catalogue/`;
  expect(await page.evaluate((from) => window.playCalmly(from), catalogue)).toEqual(expected);
  for (const seed of [1, 2]) {
    expect(await page.evaluate(([from, chosen]) => window.playWithDelays(from, chosen), [catalogue, seed] as const)).toEqual(expected);
  }
});
