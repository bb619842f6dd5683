/** What a page's worker loads, measured as a reader's browser sees it. */
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { screen } from './pages.ts';

const KB = 1024;
/** Of the file that a worker begins with. */
const FIRST_FILE_BYTES = 60 * KB;
/** Of the engine with its daemon, the shell and the client: what a command brings when it is first used is apart. */
const MACHINE_BYTES = 150 * KB;
/** Of all that comes for the first command: engine, client, programs, and what the page's parts look at meanwhile. */
const FIRST_RUN_BYTES = 206 * KB;
/** Files, that is requests, for the same. */
const FIRST_RUN_FILES = 8;

test('the first `docker run` loads no more of the engine than it did', async ({ page, context }) => {
  const sizes = new Map<string, number>();
  context.on('response', async (response) => {
    if (!/\.js(\?|$)/.test(response.url())) return;
    const body = await response.body().catch(() => null);
    if (body) sizes.set(response.url(), gzipSync(body, { level: 9 }).length);
  });
  await page.goto('engine/');
  const terminal = page.locator('drydock-terminal').last();
  await terminal.locator('[data-open]').click();
  await expect(terminal.locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await terminal.locator('textarea').pressSequentially('docker run hello-world');
  await page.keyboard.press('Enter');
  await expect(screen(terminal)).toContainText('https://docs.docker.com/get-started/');
  await page.waitForLoadState('networkidle');
  // What the page asked for itself is no part of it; the worker's own first file is.
  const own = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const isFirst = (url: string): boolean => /\/worker-[^/]*$/.test(url);
  const isMachine = (url: string): boolean => /\/(machine|docker)-[^/]*$/.test(url);
  const loaded = [...sizes].filter(([url]) => isFirst(url) || !own.includes(url));
  const sum = loaded.reduce((total, [, bytes]) => total + bytes, 0);
  const [first] = loaded.filter(([url]) => isFirst(url));
  expect(first?.[1]).toBeLessThanOrEqual(FIRST_FILE_BYTES);
  const machine = loaded.filter(([url]) => isMachine(url));
  expect(machine.length).toBe(2);
  expect(machine.reduce((total, [, bytes]) => total + bytes, 0)).toBeLessThanOrEqual(MACHINE_BYTES);
  // Nothing was missed: the machine alone is more than this.
  expect(sum).toBeGreaterThan(100 * KB);
  expect(sum, loaded.map(([url, bytes]) => `${bytes} ${url}`).join('\n')).toBeLessThanOrEqual(FIRST_RUN_BYTES);
  // None of them is the bundler's own, which the others would wait for.
  expect(loaded.length, loaded.map(([url]) => url).join('\n')).toBeLessThanOrEqual(FIRST_RUN_FILES);
});
