/** The lab's page is isolated from other origins once the service worker answers for it, and all that runs in it still does. */
import { expect, test } from '@playwright/test';
import { complaints } from './pages.ts';

test.use({ serviceWorkers: 'allow' });

for (const address of ['lab/', 'ko/lab/']) {
  test(`/${address} is isolated, with its machine and a page of it`, async ({ page }) => {
    await page.goto(address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.reload();
    const heard = complaints(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const terminal = page.locator('drydock-terminal');
    await terminal.locator('[data-open]').click();
    await terminal.locator('textarea').first().fill('docker run -d -p 8080:80 nginx');
    await page.keyboard.press('Enter');
    await terminal.locator('.dd-ports button').click();
    await expect(page.frameLocator('drydock-pane iframe').locator('h1')).toHaveText('Welcome to nginx!');
    expect(heard).toEqual([]);
  });
}

test('a page that is not the lab is not', async ({ page }) => {
  await page.goto('engine/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
});

test('the head and the list of lessons lead to the lab', async ({ page }) => {
  await page.goto('first/');
  await page.locator('.dd-ways').getByRole('link', { name: 'Lab' }).click();
  await expect(page.locator('h1')).toHaveText('The lab');
  await expect(page.locator('.sidebar-pane a[aria-current="page"]')).toHaveText('The lab');
});
