/** Every page holds its own content security policy, asks no other origin, and refuses what was not built into it. */
import { expect, test } from '@playwright/test';
import { example, press, screen, watchPolicy } from './pages.ts';

// The service worker has a policy to keep, too.
test.use({ serviceWorkers: 'allow' });

test('a page that is none keeps within its policy too', async ({ page }) => {
  const violations = await watchPolicy(page);
  await page.goto('nosuch/', { waitUntil: 'networkidle' });
  await expect(page.locator('meta[http-equiv="content-security-policy"]')).toHaveCount(1);
  expect(await violations()).toEqual([]);
});

test('a running lab and the search keep within the policy', async ({ page }) => {
  const violations = await watchPolicy(page);
  await page.goto('lifecycle/');
  const part = example(page, 'lifecycle/vanish');
  await press(part, 'run');
  await expect(screen(part)).toContainText('Exited (0)');
  await page.locator('drydock-search [data-open]').click();
  await page.locator('drydock-search input').fill('container');
  await expect(page.locator('drydock-search [data-found] a').first()).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('what was not built into a page does not run', async ({ page }) => {
  const violations = await watchPolicy(page);
  await page.goto('lifecycle/');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken"';
    document.head.append(script);
    const image = new Image();
    image.src = 'http://127.0.0.2:9/spy.png';
    document.body.append(image);
  });
  await expect(page).not.toHaveTitle('taken');
  await expect
    .poll(async () => (await violations()).map((text) => text.split(' ')[0]))
    .toEqual(expect.arrayContaining(['script-src-elem', 'img-src']));
});
