/** The search finds a Korean noun under its particles, and either language's word for a thing; it costs nothing before it is wanted. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { screen } from './pages.ts';

const dialog = (page: Page) => page.locator('drydock-search dialog');
const field = (page: Page) => dialog(page).locator('input');
const opener = (page: Page) => page.locator('drydock-search [data-open]');
const links = (page: Page) => dialog(page).locator('[data-found] > li > a');

async function results(page: Page, address: string, query: string): Promise<readonly string[]> {
  await page.goto(address);
  await opener(page).click();
  await field(page).fill(query);
  await expect(links(page).first()).toBeVisible();
  return links(page).evaluateAll((all) => all.map((link) => new URL(link.getAttribute('href') ?? '', location.href).pathname));
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

test('a word is found while its last syllable is still being composed', async ({ page, context }) => {
  await page.goto('ko/');
  await opener(page).click();
  const keyboard = await context.newCDPSession(page);
  await keyboard.send('Input.insertText', { text: '볼' });
  await keyboard.send('Input.imeSetComposition', { text: '륨', selectionStart: 1, selectionEnd: 1 });
  await expect(links(page).first()).toBeVisible();
  await expect(dialog(page).getByRole('status')).toContainText('‘볼륨’ 검색 결과');
});

test('it is opened, gone through and left by keyboard', async ({ page }) => {
  await page.goto('lifecycle/');
  await opener(page).focus();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('volume');
  await expect(links(page).first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(links(page).first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(opener(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await field(page).fill('zzzzqqqq');
  await expect(dialog(page).getByRole('status')).toHaveText('Nothing found for “zzzzqqqq”.');
  await field(page).fill('volume');
  await expect(dialog(page).getByRole('status')).toContainText('pages for “volume”');
  const first = (await links(page).first().getAttribute('href')) ?? '';
  expect(first).toMatch(/\/(volumes|mounts|share)\//);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.href.endsWith(first) || url.href.startsWith(new URL(first, url).href));
});

test('a terminal keeps its own ^K', async ({ page }) => {
  await page.goto('lab/');
  const terminal = page.locator('drydock-terminal');
  await terminal.locator('[data-open]').click();
  await expect(screen(terminal).locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await terminal.locator('textarea').first().pressSequentially('echo rest');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+k');
  await expect(terminal.locator('textarea').first()).toHaveValue('');
  await expect(dialog(page)).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what was found is accessible in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await results(page, '', 'container');
    const { violations } = await new AxeBuilder({ page }).include('drydock-search').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
}

test.describe('beside a slow network', () => {
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
    await opener(page).click();
    await field(page).fill('볼륨');
    await expect.poll(() => count).toBeGreaterThan(1);
    await expect(links(page)).toHaveCount(0);
    wanted.resolve();
    await expect(links(page).first()).toBeVisible();
    expect(await links(page).evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toContain('/drydock/volumes/');
  });

  test('nothing of it is fetched before a hand reaches for it', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('lifecycle/', { waitUntil: 'networkidle' });
    expect(asked.filter((url) => /pagefind|search-window/.test(url))).toEqual([]);
  });
});
