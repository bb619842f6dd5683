/** The search finds a Korean noun under its particles, and either language's word for a thing. */
import { expect, type Page, test } from '@playwright/test';

async function results(page: Page, address: string, query: string): Promise<readonly string[]> {
  await page.goto(address);
  await page.locator('button[data-open-modal]').click();
  await page.locator('dialog input').fill(query);
  const links = page.locator('dialog .pagefind-ui__result-title:not(.pagefind-ui__result-nested *) a');
  await expect(links.first()).toBeVisible();
  return links.evaluateAll((all) => all.map((link) => new URL(link.getAttribute('href') ?? '', location.href).pathname));
}

for (const query of ['볼륨', '볼륨을', '볼륨에서는', '볼륨으로', 'volume']) {
  test(`${query} finds the lesson on volumes, in Korean`, async ({ page }) => {
    expect(await results(page, 'ko/', query)).toContain('/drydock/ko/volumes/');
  });
}

for (const query of ['volume', 'volumes', '볼륨']) {
  test(`${query} finds the lesson on volumes, in English`, async ({ page }) => {
    expect(await results(page, '', query)).toContain('/drydock/volumes/');
  });
}

test.describe('beside a slow network', () => {
  test.use({ serviceWorkers: 'block' });

  test('what was found is shown at once, and nothing moves', async ({ page }) => {
    // The page that is sought comes last.
    const wanted = Promise.withResolvers<void>();
    let count = 0;
    await page.route(/pagefind\/fragment\//, async (route) => {
      count += 1;
      if (count === 1) await wanted.promise;
      await route.continue();
    });
    await page.goto('');
    await page.locator('button[data-open-modal]').click();
    await page.locator('dialog input').fill('볼륨');
    const list = page.locator('dialog .pagefind-ui__results');
    const links = list.locator('a');
    await expect(list.locator('.pagefind-ui__loading').first()).toBeAttached();
    await expect.poll(() => count).toBeGreaterThan(1);
    await expect.poll(() => links.count()).toBeGreaterThan(0);
    await expect(links.first()).toBeHidden();
    wanted.resolve();
    await expect(links.first()).toBeVisible();
    await expect(list.locator('.pagefind-ui__loading')).toHaveCount(0);
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toContain('/drydock/volumes/');
  });
});
