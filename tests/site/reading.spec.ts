/** The book reads without JavaScript: text, transcripts, tasks and the way from page to page. */
import { expect, type Page, test } from '@playwright/test';
import { PAGES } from './pages.ts';

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

/** What can be read of a page as it is. */
async function read(page: Page, language: 'en' | 'ko'): Promise<void> {
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('h1')).toBeVisible();
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
  // A button that does nothing is not shown.
  expect(await page.locator('main button:visible').allTextContents()).toEqual([]);
  for (const part of await page.locator('drydock-example .dd-term').all()) await expect(part).toContainText('$ ');
}

for (const [english, korean] of PAGES) {
  test(`/${english} reads without JavaScript, leads to its Korean page and back; both have the same parts @nojs`, async ({ page }) => {
    await page.goto(english);
    await read(page, 'en');
    const parts = await skeleton(page);
    await page.locator('header [data-language]').click();
    await expect(page).toHaveURL(new RegExp(`/drydock/${korean}$`));
    await read(page, 'ko');
    expect(await skeleton(page)).toEqual(parts);
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
