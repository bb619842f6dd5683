/** The parts that look inside: clients of the Engine like any other, by mouse and by keyboard. */
import { expect, test } from '@playwright/test';
import { complaints, screen } from './pages.ts';

const dashboard = 'drydock-dashboard';

test('the dashboard runs a container, and the trace has its requests', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('engine/');
  const part = page.locator(dashboard);
  await part.locator('[data-start]').click();
  await part.getByRole('button', { name: 'Run a container' }).click();
  await expect(part.locator('[name="image"]')).toBeFocused();
  await page.keyboard.type('alpine:3.23');
  await part.locator('[name="name"]').fill('ship');
  await part.locator('[name="command"]').fill('sleep 900');
  await expect(part.locator('.same code')).toHaveText('docker run -d --name ship alpine:3.23 sleep 900');
  await page.keyboard.press('Enter');
  await expect(part.getByRole('row', { name: /ship/ })).toContainText('Up');
  const trace = page.locator('drydock-api-trace');
  await expect(trace).toContainText('/containers/create?name=ship');
  await expect(trace).toContainText('Dashboard');
  expect(heard).toEqual([]);
});

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

test('a container is looked into by keyboard', async ({ page }) => {
  await page.goto('engine/');
  const part = page.locator(dashboard);
  await part.locator('[data-start]').click();
  await part.getByRole('button', { name: 'Run a container' }).press('Enter');
  await part.locator('[name="image"]').fill('alpine:3.23');
  await part.locator('[name="name"]').fill('ship');
  await part.locator('[name="command"]').fill(`sh -c 'echo ahoy; sleep 900'`);
  await page.keyboard.press('Enter');
  const look = part.locator('[data-key^="look:"]').first();
  await expect(look).toHaveText('ship');
  await look.press('Enter');
  await expect(part.locator('.panel')).toContainText('ahoy');
  await part.getByRole('tab', { name: 'Logs' }).press('ArrowRight');
  await expect(part.getByRole('tab', { name: 'Files' })).toBeFocused();
  await expect(part.locator('.folder')).toContainText('etc/');
  await part.getByRole('tab', { name: 'Files' }).press('ArrowRight');
  await part.locator('.panel input').fill('echo from inside');
  await page.keyboard.press('Enter');
  await expect(part.locator('.panel')).toContainText('from inside\n');
  await part.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(look).toBeFocused();
});

test('without JavaScript each part says what it would be @nojs', async ({ page }) => {
  await page.goto('engine/');
  await expect(page.locator(dashboard)).toContainText('The machine is off.');
  await expect(page.locator(`${dashboard} button:visible`)).toHaveCount(0);
});
