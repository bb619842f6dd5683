// Sizes and times of a lesson's page in Chromium: what is loaded before the first touch, what after it, and when the first output comes.
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from '@playwright/test';
import { root } from '../scripts/project.mjs';
import { serve } from '../scripts/serve.mjs';
import { answered, benchLab, median } from './lab.mjs';

const RUNS = 5;
/** So that what a page does by itself is over. */
const REST_MS = 500;
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const { server, port } = await serve({ dir: path.join(root, 'dist/site-test'), base: '/drydock/', port: 0 });
const browser = await chromium.launch({ executablePath: process.env.DRYDOCK_CHROMIUM, args });
const address = `http://127.0.0.1:${port}/drydock/`;

async function visit(lesson) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const scripts = new Map();
  context.on('response', async (response) => {
    if (!/\.m?js(\?|$)/.test(response.url())) return;
    const body = await response.body().catch(() => null);
    if (body) scripts.set(response.url(), zlib.gzipSync(body, { level: 9 }).length);
  });
  await page.goto(`${address}${lesson}/`, { waitUntil: 'networkidle' });
  return { context, page, scripts };
}

const sum = (scripts) => [...scripts.values()].reduce((total, size) => total + size, 0);
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB gzip`;

const lesson = await visit('lifecycle');
const before = sum(lesson.scripts);
const plain = await visit('fidelity');
console.log(`JavaScript of a lesson before the first touch: ${kilobytes(before)}; of a page without our components: ${kilobytes(sum(plain.scripts))}`);
await lesson.context.close();
await plain.context.close();

/** What the worker loaded: all that the page itself did not, and the worker's own first file. */
async function engineOf(page, scripts) {
  const own = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  return new Map([...scripts].filter(([url]) => !own.includes(url) || /\/worker-[^/]*$/.test(url)));
}

const times = [];
let engine = new Map();
for (let run = 0; run < RUNS; run++) {
  const { context, page, scripts } = await visit('engine');
  const terminal = page.locator('drydock-terminal').last();
  await terminal.locator('[data-open]').click();
  await terminal.locator('.lines').getByText('$').first().waitFor();
  await page.waitForTimeout(REST_MS);
  times.push(await answered(page, 'docker run hello-world', 'Unable to find image'));
  await page.getByText('https://docs.docker.com/get-started/').last().waitFor();
  await page.waitForTimeout(REST_MS);
  engine = await engineOf(page, scripts);
  await context.close();
}
const first = [...engine].find(([url]) => /\/worker-[^/]*$/.test(url))?.[1] ?? 0;
const named = (name) => sum(new Map([...engine].filter(([url]) => url.includes(`/${name}-`))));
console.log(`the worker's first file: ${kilobytes(first)}; engine, daemon and shell at the prompt: ${kilobytes(named('machine'))}; the client: ${kilobytes(named('docker'))}`);
console.log(`all of the above, and what is first used by "docker run hello-world": ${kilobytes(sum(engine))} in ${engine.size} files`);
console.log(`first output of "docker run hello-world" after Enter, the machine being there: ${median(times).toFixed(0)} ms (median of ${RUNS})`);
await benchLab(visit);
await browser.close();
server.close();
