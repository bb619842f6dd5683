/** Every page as it arrives: nothing complains, nothing sticks out, nothing comes from elsewhere, and nobody is kept out. */
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { complaints, PAGES, watchPolicy } from './pages.ts';

const WIDTHS = [360, 768, 1280, 1920];
const MOST_SCRIPT_BYTES = 15 * 1024;
/** Starlight's own scripts: its search, its contents, its frame. */
const STARLIGHTS = /\/(ui-core|Search|TableOfContents|MobileTableOfContents|starlight-toc|page)\.[^/]*\.js$/;

// Both languages have the same parts (reading.spec.ts holds them together), so that each theme is looked at in one of them.
for (const [address, colorScheme] of PAGES.flatMap(([english, korean]) => [[english, 'light'] as const, [korean, 'dark'] as const])) {
  test(`/${address} arrives whole and light, keeps within its policy, fits every width, and is accessible in the ${colorScheme} theme`, async ({
    page,
    baseURL,
  }) => {
    const heard = complaints(page);
    const violations = await watchPolicy(page);
    const foreign: string[] = [];
    const scripts: Promise<readonly [string, number]>[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(String(baseURL)) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body().then((bytes) => [response.url(), gzipSync(bytes).length] as const));
    });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(address, { waitUntil: 'networkidle' });
    expect(heard).toEqual([]);
    expect(foreign).toEqual([]);
    await expect(page.locator('meta[http-equiv="content-security-policy"]')).toHaveCount(1);
    expect(await violations()).toEqual([]);
    await expect(page).toHaveTitle(/Drydock/);
    // Before the first touch there is nothing of the machine.
    const loaded = await Promise.all(scripts);
    expect(loaded.filter(([url]) => /worker|dockerd|xterm/.test(url))).toEqual([]);
    const ours = loaded.filter(([url]) => !STARLIGHTS.test(url)).reduce((sum, [, bytes]) => sum + bytes, 0);
    expect(ours).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
    expect(await page.locator('img:not([alt]), svg[role="img"]:not([aria-label])').count()).toBe(0);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        `at ${width} px`,
      ).toBeLessThanOrEqual(0);
    }
    const { violations: barriers } = await new AxeBuilder({ page }).analyze();
    expect(barriers.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
}

test('Korean words are not broken, Latin and Hangul share their digits', async ({ page }) => {
  await page.goto('ko/lifecycle/');
  const style = await page
    .locator('main p')
    .last()
    .evaluate((paragraph) => ({ ...getComputedStyle(paragraph) }));
  expect(style.wordBreak).toBe('keep-all');
  expect(style.fontFamily).toMatch(/^"Atkinson Hyperlegible Next Variable", .*Noto Sans/);
});

test('an address that is none says so, and leads back', async ({ page }) => {
  const response = await page.goto('nosuch/');
  expect(response?.status()).toBe(404);
  await expect(page.locator('h1')).toBeVisible();
  await page.locator('.site-title').click();
  await expect(page).toHaveURL(/\/drydock\/$/);
});
