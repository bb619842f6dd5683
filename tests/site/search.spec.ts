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
