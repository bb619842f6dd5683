// Sizes and times of a lesson's page in Chromium: what is loaded before the first touch, what after it, and when the first output comes.
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from '@playwright/test';
import { root } from '../scripts/project.mjs';
import { serve } from '../scripts/serve.mjs';

const RUNS = 5;
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
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

const times = [];
let after = 0;
for (let run = 0; run < RUNS; run++) {
  const { context, page, scripts } = await visit('engine');
  const early = sum(scripts);
  const terminal = page.locator('drydock-terminal').last();
  await terminal.locator('[data-open]').click();
  await terminal.locator('.lines').getByText('$').first().waitFor();
  await page.keyboard.type('docker run hello-world');
  const took = await page.evaluate(() => new Promise((resolve) => {
    const lines = [...document.querySelectorAll('drydock-terminal .lines')].at(-1);
    const started = performance.now();
    new MutationObserver(() => {
      if (/Unable to find image/.test(lines.textContent)) resolve(performance.now() - started);
    }).observe(lines, { childList: true, subtree: true, characterData: true });
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  }));
  times.push(took);
  await page.waitForTimeout(500);
  after = Math.max(after, sum(scripts) - early);
  await context.close();
}
console.log(`engine, client and programs for "docker run hello-world": ${kilobytes(after)}`);
console.log(`first output of "docker run hello-world" after Enter, the machine being there: ${median(times).toFixed(0)} ms (median of ${RUNS})`);
await browser.close();
server.close();
