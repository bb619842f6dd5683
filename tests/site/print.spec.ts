/** A page on paper: what is read, whole, and nothing that waits for a hand. */
import { expect, test } from '@playwright/test';
import { example, press } from './pages.ts';

const PAPER_WIDTH = 680;

for (const address of ['lifecycle/', 'ko/lifecycle/', 'ko/layers/']) {
  test(`/${address} prints its text and transcripts, and no tools`, async ({ page }) => {
    await page.setViewportSize({ width: PAPER_WIDTH, height: 900 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.goto(address);
    await expect(page.locator('h1')).toBeVisible();
    expect(await page.locator('button:visible, select:visible, summary:visible:not(details[open] > summary)').allTextContents()).toEqual(
      [],
    );
    for (const tool of ['header nav', 'drydock-search', 'drydock-terminal', 'drydock-timeline', '.sidebar-pane', 'mobile-starlight-toc'])
      await expect(page.locator(tool).first()).toBeHidden();
    const cut = await page
      .locator('.dd-term, main pre')
      .evaluateAll((parts) =>
        parts.filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent?.slice(0, 80)),
      );
    expect(cut).toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  });
}

test('what ran is printed whole, dark on white', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = example(page, 'lifecycle/vanish');
  await press(part, 'run');
  await expect(part.locator('[data-run] span')).toHaveText('Run again');
  await page.emulateMedia({ media: 'print' });
  const log = part.locator('.dd-terminal');
  expect(await log.evaluate((box) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1)).toBe(true);
  expect(await log.evaluate((box) => getComputedStyle(box.querySelector('.lines') ?? box).color)).toBe('rgb(63, 83, 90)');
});
