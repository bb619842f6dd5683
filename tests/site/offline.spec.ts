/** After one visit the book is there without a network, and so is its machine; the reader sees what is saved, and decides about updates. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { example, press, screen } from './pages.ts';

/** All of the book is saved quietly, which takes its time on a busy machine. */
const SAVING_MS = 150_000;
test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: SAVING_MS + 60_000 });

const dir = path.join(import.meta.dirname, '../../dist', process.env.DRYDOCK_DIST ?? 'site-test');

const state = (page: Page) => page.locator('drydock-offline [data-state]');

interface Visit {
  readonly page: Page;
  /** Ends the server; what is opened afterwards comes from what is kept. */
  readonly cut: () => Promise<void>;
}

/** A first visit, on a server of its own. */
async function visit(browser: Browser, prepare: (context: BrowserContext) => Promise<unknown> = async () => {}): Promise<Visit> {
  const { server, port } = await serve({ dir, base: '/drydock/', port: 0 });
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}/drydock/` });
  await prepare(context);
  const cut = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { page: await context.newPage(), cut };
}

test('a lesson opens and runs with the server gone', async ({ browser }) => {
  const { page, cut } = await visit(browser);
  await page.goto('lifecycle/');
  await expect(state(page)).toContainText('Saved for offline', { timeout: SAVING_MS });
  await expect(page.locator('drydock-offline button')).toBeHidden();
  await cut();
  await page.reload();
  await expect(page.locator('h1')).toHaveText('As long as its process');
  const part = example(page, 'lifecycle/vanish');
  await press(part, 'run');
  await expect(screen(part)).toContainText('Exited (0)');
  await page.goto('ko/engine');
  await expect(page.locator('h1')).toHaveText('일은 누가 하는가');
  await expect(state(page)).toContainText('오프라인용으로 저장되었습니다');
  await page.context().close();
});

const sparing = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));

test('a reader who counts bytes keeps the page, and is told what is not saved yet', async ({ browser }) => {
  const { page, cut } = await visit(browser, sparing);
  await page.goto('lifecycle/');
  await expect(state(page)).toContainText('the whole book is not saved yet', { timeout: SAVING_MS });
  await cut();
  await page.reload();
  await expect(page.locator('h1')).toHaveText('As long as its process');
  await page.goto('engine/');
  await expect(page.locator('h1')).toHaveText('Not saved yet');
  await page.context().close();
});

test('everything is saved when a button is pressed', async ({ browser }) => {
  const { page, cut } = await visit(browser, sparing);
  await page.goto('ko/lifecycle/');
  await page.getByRole('button', { name: '모두 오프라인에서 쓸 수 있게 하기' }).click({ timeout: SAVING_MS });
  await expect(state(page)).toContainText('오프라인용으로 저장되었습니다', { timeout: SAVING_MS });
  await cut();
  await page.goto('engine/');
  await expect(page.locator('h1')).toHaveText('Who does the work');
  await page.context().close();
});

test('a newer version waits until the reader wants it', async ({ browser }) => {
  const { server, port } = await serve({ dir, base: '/drydock/', port: 0 });
  let version = 'older';
  const front = http.createServer(async (request, response) => {
    const answer = await fetch(`http://127.0.0.1:${port}${request.url}`, { redirect: 'manual' });
    const type = answer.headers.get('content-type') ?? 'text/plain';
    const isWorker = request.url === '/drydock/sw.js';
    const body = isWorker ? readFileSync(path.join(dir, 'sw.js'), 'utf8').replace(/"version":"\w+"/, `"version":"${version}"`) : null;
    response.writeHead(answer.status, { 'content-type': type }).end(body ?? Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', () => resolve()));
  const address = front.address();
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/drydock/`,
  });
  const page = await context.newPage();
  await page.goto('lifecycle/');
  await expect(state(page)).toContainText('Saved for offline', { timeout: SAVING_MS });
  // The page loads itself anew meanwhile: asked in that moment, it has no answer.
  const active = (): Promise<readonly string[]> => page.evaluate(() => caches.keys()).catch(() => []);
  version = 'newer';
  await page.reload();
  const update = page.locator('.dd-update');
  await expect(update).toContainText('A new version of the book is here.', { timeout: 30_000 });
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found?.waiting !== null))).toBe(true);
  await update.getByRole('button', { name: 'Use it now' }).click();
  await expect.poll(active, { timeout: SAVING_MS }).toEqual(['drydock-newer']);
  await expect(page.locator('h1')).toHaveText('As long as its process');
  await expect(update).toHaveCount(0);
  await context.close();
  front.closeAllConnections();
  front.close();
  server.closeAllConnections();
  server.close();
});
