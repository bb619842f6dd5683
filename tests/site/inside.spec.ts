/** The parts that look inside: clients of the Engine like any other, by mouse and by keyboard. */
import { expect, test } from '@playwright/test';
import { screen } from './pages.ts';

const dashboard = 'drydock-dashboard';

test('the dashboard and the client see the same', async ({ page }) => {
  await page.goto('engine/');
  const part = page.locator(dashboard);
  const terminal = page.locator('drydock-terminal').last();
  await terminal.locator('[data-open]').click();
  await terminal.locator('textarea, input').first().fill('docker run -d --name boat alpine:3.23 sleep 900');
  await page.keyboard.press('Enter');
  await expect(part.locator('[data-key^="look:"]')).toHaveText('boat');
  await part.getByRole('button', { name: 'stop boat' }).click();
  await expect(part.getByRole('row', { name: /boat/ })).toContainText('Exited');
  await terminal.locator('textarea, input').first().fill('docker ps -a');
  await page.keyboard.press('Enter');
  await expect(screen(terminal)).toContainText('Exited');
});

test('without JavaScript each part says what it would be @nojs', async ({ page }) => {
  await page.goto('engine/');
  await expect(page.locator(dashboard)).toContainText('The machine is off.');
  await expect(page.locator(`${dashboard} button:visible`)).toHaveCount(0);
});
