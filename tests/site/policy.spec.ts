/** Every page holds its own content security policy, asks no other origin, and refuses what was not built into it. */
import { expect, type Page, test } from '@playwright/test';
import { ADDRESSES, example, press, screen } from './pages.ts';

/** Violations that a page reports, collected from before its first script. */
async function watch(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      seen.push(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return () => page.evaluate(() => ('violations' in window && Array.isArray(window.violations) ? window.violations : ['not watched']));
}

for (const address of [...ADDRESSES, 'nosuch/']) {
  test(`/${address} keeps within its policy`, async ({ page, baseURL }) => {
    const violations = await watch(page);
    const origin = new URL(String(baseURL)).origin;
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await expect(page.locator('meta[http-equiv="content-security-policy"]')).toHaveCount(1);
    expect(await violations()).toEqual([]);
    expect(foreign).toEqual([]);
  });
}

test('a running lab and the search keep within the policy', async ({ page }) => {
  const violations = await watch(page);
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
  const violations = await watch(page);
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
