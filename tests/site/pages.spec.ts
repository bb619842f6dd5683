/** Every page as it arrives: nothing complains, nothing sticks out, nothing comes from elsewhere, and both languages have the same parts. */
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ADDRESSES, complaints, PAGES, watchPolicy } from './pages.ts';

const WIDTHS = [360, 768, 1280, 1920];
const MOST_SCRIPT_BYTES = 15 * 1024;
/** For one page of a test that goes over all of them. */
const PAGE_MS = 4000;
/** Starlight's own scripts: its search, its contents, its frame. */
const STARLIGHTS = /\/(ui-core|Search|TableOfContents|MobileTableOfContents|starlight-toc|page)\.[^/]*\.js$/;

for (const address of ADDRESSES) {
  test(`/${address} arrives whole, keeps within its policy, and fits every width`, async ({ page, baseURL }) => {
    const heard = complaints(page);
    const violations = await watchPolicy(page);
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(String(baseURL)) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    expect(heard).toEqual([]);
    expect(foreign).toEqual([]);
    await expect(page.locator('meta[http-equiv="content-security-policy"]')).toHaveCount(1);
    expect(await violations()).toEqual([]);
    await expect(page).toHaveTitle(/Drydock/);
    expect(await page.locator('img:not([alt]), svg[role="img"]:not([aria-label])').count()).toBe(0);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        `at ${width} px`,
      ).toBeLessThanOrEqual(0);
    }
  });
}

// Both languages have the same parts, so that each theme is looked at in one of them; a test below holds them together.
for (const [address, colorScheme] of PAGES.flatMap(([english, korean]) => [[english, 'light'] as const, [korean, 'dark'] as const])) {
  test(`/${address} is accessible in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(address);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
}

/** The parts of a page in order: headings by level, components by name and what they show, tables. */
const skeleton = (page: Page): Promise<readonly string[]> =>
  page.locator('main').evaluate((main) =>
    [
      ...main.querySelectorAll(
        'h1, h2, h3, table, drydock-example, drydock-terminal, drydock-processes, drydock-predict, drydock-challenge, drydock-api-trace, drydock-section, .dd-figure',
      ),
    ].map((part) => {
      const { name, example, answer, last } = part instanceof HTMLElement ? part.dataset : {};
      return [part.localName, name, example, answer, last].filter((word) => word !== undefined).join(' ');
    }),
  );

for (const [english, korean] of PAGES) {
  test(`/${english} has the same parts in both languages`, async ({ page }) => {
    await page.goto(english);
    const parts = await skeleton(page);
    await page.goto(korean);
    expect(await skeleton(page)).toEqual(parts);
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

test('before the first touch a page brings little JavaScript, and nothing of the machine', async ({ browser }) => {
  test.setTimeout(ADDRESSES.length * PAGE_MS);
  const context = await browser.newContext({ serviceWorkers: 'block' });
  for (const address of ADDRESSES) {
    const page = await context.newPage();
    const bodies: Promise<readonly [string, Buffer]>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) bodies.push(response.body().then((bytes) => [response.url(), bytes] as const));
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    const scripts = await Promise.all(bodies);
    const ours = scripts.filter(([url]) => !STARLIGHTS.test(url)).reduce((sum, [, bytes]) => sum + gzipSync(bytes).length, 0);
    expect(ours, `/${address}`).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
    expect(scripts.map(([url]) => url).filter((url) => /worker|dockerd|xterm/.test(url))).toEqual([]);
    await page.close();
  }
  await context.close();
});

test('an address that is none says so, and leads back', async ({ page }) => {
  const response = await page.goto('nosuch/');
  expect(response?.status()).toBe(404);
  await expect(page.locator('h1')).toBeVisible();
  await page.locator('.site-title').click();
  await expect(page).toHaveURL(/\/drydock\/$/);
});
