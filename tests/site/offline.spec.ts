/** After one visit the book is there without a network, and so is its machine. */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { example, press, screen } from './pages.ts';

const dir = path.join(import.meta.dirname, '../../dist/site-test');

test('a lesson opens and runs with the server gone', async ({ browser }) => {
  const { server, port } = await serve({ dir, base: '/drydock/', port: 0 });
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}/drydock/` });
  const page = await context.newPage();
  await page.goto('lifecycle/');
  const cached = (): Promise<boolean> =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return registration.active?.state === 'activated' && navigator.serviceWorker.controller !== null;
    });
  await expect.poll(cached, { timeout: 45_000 }).toBe(true);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await page.reload();
  await expect(page.locator('h1')).toHaveText('As long as its process');
  const part = example(page, 'lifecycle/vanish');
  await press(part, 'run');
  await expect(screen(part)).toContainText('Exited (0)');
  await page.goto('ko/engine');
  await expect(page.locator('h1')).toHaveText('일은 누가 하는가');
  await context.close();
});
