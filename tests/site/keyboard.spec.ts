/** Everything works by keyboard, and the terminal lets go of it. */
import { expect, test } from '@playwright/test';
import { example, screen } from './pages.ts';

test('the first stop is the way past the head', async ({ page }) => {
  await page.goto('lifecycle/');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAttribute('href', '#_top');
});

test('the theme is switched, and kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('lifecycle/');
  await page.locator('drydock-theme button').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto('engine/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('an example is run and left', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = example(page, 'lifecycle/vanish');
  await part.locator('[data-run]').focus();
  await page.keyboard.press('Enter');
  await expect(screen(part)).toContainText('Exited (0)');
  await expect(part.locator('textarea')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(part.locator('textarea')).not.toBeFocused();
});

test('a prediction is chosen and shown', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = page.locator('drydock-predict').first();
  await part.locator('input').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(part.locator('[data-why]')).toBeVisible();
});

test('Escape closes what was opened, and the focus goes back to what opened it', async ({ page }) => {
  await page.goto('engine/');
  await page.locator('drydock-terminal [data-open]').last().click();
  const dashboard = page.locator('drydock-dashboard');
  const opener = dashboard.getByRole('button', { name: 'Run a container' });
  await opener.click();
  await expect(dashboard.locator('[name="image"]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dashboard.locator('form.run')).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await dashboard.locator('[name="image"]').fill('alpine');
  await dashboard.locator('[name="name"]').fill('boat');
  await page.keyboard.press('Enter');
  await expect(opener).toBeFocused();
  const look = dashboard.getByRole('button', { name: 'boat', exact: true });
  await look.click();
  await dashboard.getByRole('tab').first().focus();
  await page.keyboard.press('Escape');
  await expect(dashboard.getByRole('tab')).toHaveCount(0);
  await expect(look).toBeFocused();
});

test('Escape closes the menu of the timeline', async ({ page }) => {
  await page.goto('lab/');
  const share = page.locator('drydock-timeline .share');
  await share.locator('summary').click();
  await share.locator('[data-link]').focus();
  await page.keyboard.press('Escape');
  await expect(share.locator('[data-link]')).toBeHidden();
  await expect(share.locator('summary')).toBeFocused();
});

test('the menu of a narrow screen opens and leads on', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto('lifecycle/');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.locator('#starlight__sidebar').getByRole('link', { name: 'Who does the work' }).click();
  await expect(page).toHaveURL(/\/engine\/$/);
});
