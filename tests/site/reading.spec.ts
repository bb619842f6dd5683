/** The book reads without JavaScript: text, transcripts, tasks and the way from page to page. */
import { expect, test } from '@playwright/test';
import { ADDRESSES, PAGES } from './pages.ts';

for (const address of ADDRESSES) {
  test(`/${address} reads without JavaScript @nojs`, async ({ page }) => {
    await page.goto(address);
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.locator('h1')).toBeVisible();
    expect(await page.locator('html').getAttribute('lang')).toBe(address.startsWith('ko') ? 'ko' : 'en');
    // A button that does nothing is not shown.
    expect(await page.locator('main button:visible').allTextContents()).toEqual([]);
    for (const part of await page.locator('drydock-example .dd-term').all()) await expect(part).toContainText('$ ');
  });
}

for (const [english, korean] of PAGES) {
  test(`/${english} and its Korean page lead to each other @nojs`, async ({ page }) => {
    await page.goto(english);
    await page.locator('header [data-language]').click();
    await expect(page).toHaveURL(new RegExp(`/drydock/${korean}$`));
    await page.locator('header [data-language]').click();
    await expect(page).toHaveURL(new RegExp(`/drydock/${english}$`));
  });
}

test('a solution can be read without JavaScript @nojs', async ({ page }) => {
  await page.goto('lifecycle/');
  const challenge = page.locator('drydock-challenge').first();
  await challenge.locator('noscript summary, details summary').first().click();
  await expect(challenge).toContainText('$ docker start diary');
});

test('the theme follows the reader’s system without JavaScript @nojs', async ({ page }) => {
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('lifecycle/');
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).not.toBe(light);
});
