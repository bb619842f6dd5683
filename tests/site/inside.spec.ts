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

test('a line of output leads to its command and what that did, and back', async ({ page }) => {
  await page.goto('bridge/');
  const terminal = page.locator('drydock-terminal').last();
  const made = terminal.locator('.dd-made');
  await terminal.locator('[data-open]').click();
  for (const line of ['docker network create pond', 'docker run -d --name duck alpine sleep 900']) {
    await expect(terminal.locator('.prompt').last()).toHaveText(/^\$\s*$/);
    await terminal.locator('textarea').first().fill(line);
    await page.keyboard.press('Enter');
  }
  await expect(made.locator('summary')).toContainText('docker run -d --name duck');
  const printed = screen(terminal).locator('div', { hasText: /^[0-9a-f]{64}$/ });
  await printed.first().click({ position: { x: 20, y: 8 } });
  await expect(made.locator('.what')).toContainText('POST /networks/create');
  await expect(made.locator('.what')).toContainText('network create');
  await expect(made.locator('.what')).not.toContainText('/containers/create');
  await expect(printed.first()).toHaveClass(/made/);
  const provenance = page.locator('drydock-provenance');
  await expect(provenance.locator('.command[aria-pressed="true"]')).toHaveText('docker network create pond');
  // The other way round: what was made leads to the lines that made it.
  await provenance
    .getByRole('button', { name: /^POST \/containers\/create/ })
    .first()
    .click();
  await expect(printed.nth(1)).toHaveClass(/made/);
  await expect(printed.first()).not.toHaveClass(/made/);
});

test('what a command did can be asked for by keyboard', async ({ page }) => {
  await page.goto('lifecycle/');
  const terminal = page.locator('drydock-terminal').last();
  await terminal.locator('[data-open]').click();
  await terminal.locator('textarea').first().fill('docker volume create pond');
  await page.keyboard.press('Enter');
  const summary = terminal.locator('.dd-made summary');
  await expect(summary).toContainText('docker volume create pond');
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(terminal.locator('.dd-made .what')).toContainText('POST /volumes/create');
});
