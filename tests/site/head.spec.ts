/** What search engines, messengers and browsers are told about each page. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ADDRESSES, PAGES } from './pages.ts';

const SITE = 'https://drydock.example/drydock/';
const dist = path.join(import.meta.dirname, '../../dist', process.env.DRYDOCK_DIST ?? 'site-test');

for (const [english, korean] of PAGES) {
  for (const address of [english, korean]) {
    test(`/${address} says what it is`, async ({ page, request }) => {
      await page.goto(address);
      const attribute = (selector: string, name = 'content'): Promise<string | null> => page.locator(`head ${selector}`).getAttribute(name);
      expect(await attribute('link[rel="canonical"]', 'href')).toBe(SITE + address);
      expect(await attribute('link[rel="alternate"][hreflang="en"]', 'href')).toBe(SITE + english);
      expect(await attribute('link[rel="alternate"][hreflang="ko"]', 'href')).toBe(SITE + korean);
      expect(await attribute('meta[property="og:title"]')).not.toBe('');
      expect(await attribute('meta[property="og:description"]')).not.toBe('');
      const card = String(await attribute('meta[property="og:image"]'));
      expect(card.startsWith(`${SITE}cards/${address.startsWith('ko') ? 'ko/' : ''}`)).toBe(true);
      expect(await attribute('meta[name="twitter:image"]')).toBe(card);
      const answer = await request.get(card.slice(SITE.length));
      expect(answer.status()).toBe(200);
      expect(answer.headers()['content-type']).toBe('image/png');
    });
  }
}

test('the site can be installed', async ({ page, request }) => {
  await page.goto('ko/');
  const href = await page.locator('link[rel="manifest"]').getAttribute('href');
  const address = new URL(String(href), page.url());
  const manifest = await (await request.get(address.href)).json();
  expect(new URL(manifest.start_url, address).pathname).toBe('/drydock/');
  expect(new URL(manifest.scope, address).pathname).toBe('/drydock/');
  for (const { src } of manifest.icons) expect((await request.get(new URL(src, address).href)).status(), src).toBe(200);
});

test('the map of the site has every page that can be found, and no other', () => {
  const listed = [...readFileSync(path.join(dist, 'sitemap-0.xml'), 'utf8').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address);
  expect(listed).toEqual(expect.arrayContaining(ADDRESSES.map((address) => SITE + address)));
  expect(listed.filter((address) => /404|offline/.test(address ?? ''))).toEqual([]);
  expect(readFileSync(path.join(dist, 'sitemap-index.xml'), 'utf8')).toContain(`${SITE}sitemap-0.xml`);
});

test('an address that is none speaks both languages', async ({ page }) => {
  await page.goto('ko/nosuch/');
  await expect(page.locator('h1')).toHaveText('No such page');
  await expect(page.locator('main h2')).toHaveText('없는 페이지입니다');
  expect(await page.locator('meta[name="robots"]').getAttribute('content')).toBe('noindex');
  await page.getByRole('link', { name: '첫 페이지' }).click();
  await expect(page).toHaveURL(/\/drydock\/ko\/$/);
});
