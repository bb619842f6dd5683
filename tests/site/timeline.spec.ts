/** What was done can be taken back, looked at, forked, passed on; files and two worlds beside it. */
import { expect, type Page, test } from '@playwright/test';
import { complaints, screen } from './pages.ts';

const terminal = (page: Page) => page.locator('drydock-terminal');
const timeline = (page: Page) => page.locator('drydock-timeline');
const line = (page: Page) => page.locator('.dd-state-line');

async function run(page: Page, text: string): Promise<void> {
  await terminal(page)
    .locator('[data-terminal]')
    .click({ position: { x: 5, y: 5 } });
  await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await terminal(page).locator('textarea').first().pressSequentially(text);
  await page.keyboard.press('Enter');
  const shown = (): Promise<string> => screen(terminal(page)).innerText();
  await expect.poll(shown).toContain(text);
  await expect.poll(async () => (await shown()).trimEnd().endsWith('\n$')).toBe(true);
}

const steps = (page: Page, count: number): Promise<void> => expect(timeline(page).locator('[data-steps] li')).toHaveCount(count + 1);

test('every command is a step; undo takes it back, redo makes it again, typing goes on from there', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('lab/');
  await run(page, 'docker run -d --name web -v data:/d alpine sleep 900');
  await expect(page.locator('drydock-processes')).toContainText('web');
  await run(page, 'docker rm -f web');
  await run(page, 'docker system prune -af --volumes');
  await expect(screen(terminal(page))).toContainText('Total reclaimed space');
  await steps(page, 3);
  await timeline(page).locator('[data-undo]').click();
  await expect(screen(terminal(page))).not.toContainText('Total reclaimed space');
  await timeline(page).locator('[data-undo]').click();
  await expect(page.locator('drydock-processes')).toContainText('web');
  await run(page, 'docker ps --format "{{.Names}}: {{.State}}"');
  await expect(screen(terminal(page))).toContainText('\nweb: running', { useInnerText: true });
  await steps(page, 2);
  await expect(timeline(page).locator('[data-worlds] li')).toHaveCount(1);
  await timeline(page)
    .getByRole('button', { name: /^Compare/ })
    .click();
  await expect(timeline(page).locator('.differences')).toContainText('web');
  await timeline(page)
    .getByRole('button', { name: /^Go there/ })
    .click();
  await expect(screen(terminal(page))).toContainText('Total reclaimed space');
  expect(heard).toEqual([]);
});

test('two presses of undo are two steps, and what is left was printed once', async ({ page }) => {
  await page.goto('lab/');
  for (const line of ['echo one', 'echo two', 'echo three']) await run(page, line);
  await steps(page, 3);
  for (let press = 0; press < 2; press++) await timeline(page).locator('[data-undo]').click();
  await expect(screen(terminal(page))).toHaveText(/^\$ echo one\s*one\s*\$\s*$/);
  await expect(timeline(page).locator('[data-place]')).toContainText('1/3');
  for (let press = 0; press < 2; press++) await page.keyboard.press('Control+Shift+z');
  await expect(screen(terminal(page))).toHaveText(/^\$ echo one\s*one\s*\$ echo two\s*two\s*\$ echo three\s*three\s*\$\s*$/);
});

test('the slider shows how it was to terminal and parts, by keyboard; typing goes there', async ({ page }) => {
  await page.goto('lab/');
  await run(page, 'docker create --name here alpine true');
  await run(page, 'docker create --name late alpine true');
  await expect(page.locator('drydock-processes')).toContainText('late');
  await steps(page, 2);
  await timeline(page).locator('[data-slider]').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(line(page)).toContainText('how it was');
  await expect(page.locator('drydock-processes')).not.toContainText('late');
  await expect(screen(terminal(page))).not.toContainText('--name late');
  await line(page).getByRole('button').click();
  await expect(page.locator('drydock-processes')).toContainText('late');
  await timeline(page).locator('[data-slider]').focus();
  await page.keyboard.press('Home');
  await expect(page.locator('drydock-processes')).not.toContainText('here (');
  await run(page, 'docker ps -aq | wc -l');
  await expect(screen(terminal(page))).toContainText('\n0', { useInnerText: true });
  await expect(line(page)).toBeHidden();
});

test('looking at a page adds nothing to its journal', async ({ page }) => {
  await page.goto('lab/');
  await run(page, 'docker run -d --name web alpine sleep 900');
  await expect(page.locator('drydock-processes')).toContainText('web');
  const count = (): Promise<number> =>
    page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opened = indexedDB.open('drydock');
          opened.onerror = () => reject(opened.error);
          opened.onsuccess = () => {
            const asked = opened.result.transaction('entries').objectStore('entries').count();
            asked.onsuccess = () => resolve(asked.result);
          };
        }),
    );
  await page.waitForTimeout(1500);
  const before = await count();
  await page.waitForTimeout(6000);
  expect(await count()).toBe(before);
  expect(before).toBeLessThan(8);
});

test('a link carries the session; nothing runs before the reader agrees, and her own is kept', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('lab/');
  await run(page, 'docker volume create passed-on');
  await steps(page, 1);
  await timeline(page).locator('.share summary').click();
  await timeline(page).locator('[data-link]').click();
  await expect(timeline(page).locator('[data-say]')).toContainText('clipboard');
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toContain('#lab=');
  const other = await (await context.browser())?.newContext();
  if (!other) throw new Error('no browser');
  const reader = await other.newPage();
  await reader.goto(address);
  const dialog = reader.getByRole('dialog');
  await expect(dialog).toContainText('docker volume create passed-on');
  expect(reader.workers()).toHaveLength(0);
  expect(reader.url()).not.toContain('#lab=');
  await dialog.getByRole('button', { name: 'Run it' }).click();
  await expect(screen(terminal(reader))).toContainText('\npassed-on', { useInnerText: true });
  await expect(line(reader)).toContainText('shared with you');
  await line(reader).getByRole('button').click();
  await run(reader, 'docker volume ls -q | wc -l');
  await expect(screen(terminal(reader))).toContainText('\n0', { useInnerText: true });
  await other.close();
});

test('a link that is none says so, and runs nothing', async ({ page }) => {
  await page.goto('lab/#lab=AAAA-broken');
  await expect(page.getByRole('dialog')).toContainText('no session of Drydock');
  expect(page.workers()).toHaveLength(0);
});

test('a file is written beside the terminal, built, changed by a command, and taken out of a container', async ({ page }) => {
  await page.goto('lab/');
  const files = page.locator('drydock-files');
  await files.locator('[data-open]').click();
  await files.locator('[data-new]').fill('site/index.html');
  await files.locator('[data-new]').press('Enter');
  await files.locator('textarea').fill('hello from the pane\n');
  await files.locator('textarea').press('Control+s');
  await expect(files.locator('[data-say]')).toContainText('Saved');
  await run(page, 'cat site/index.html; echo more >> site/index.html; docker create --name box alpine true');
  await expect(screen(terminal(page))).toContainText('\nhello from the pane', { useInnerText: true });
  await expect(files.locator('textarea')).toHaveValue('hello from the pane\nmore\n');
  await files.locator('[data-where]').selectOption('box');
  await files.locator('[data-upload]').setInputFiles({ name: 'in.txt', mimeType: 'text/plain', buffer: Buffer.from('carried in\n') });
  await expect(files.locator('[data-say]')).toContainText('in.txt');
  await files.locator('[data-path]').fill('/tmp/in.txt');
  const [download] = await Promise.all([page.waitForEvent('download'), files.locator('[data-get]').click()]);
  expect(download.suggestedFilename()).toBe('in.txt');
});

test('two worlds differ by a volume and its file', async ({ page }) => {
  await page.goto('lab/');
  const worlds = page.locator('drydock-worlds');
  await worlds.locator('[data-all]').click();
  await expect(worlds.locator('.differences')).toContainText('dbdata:/note');
  await expect(worlds.locator('[data-there="right"]')).toContainText('dbdata');
  await worlds.locator('[data-again]').click();
  await expect(worlds.locator('.differences')).toHaveCount(0);
});

test('two worlds stand one above the other where there is no room beside, and nothing is scrolled sideways', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('volumes/');
  const worlds = page.locator('drydock-worlds').first();
  const same = worlds.locator('tr:not(.fork)[data-line]').first();
  await expect(same.locator('.cmd:visible')).toHaveCount(1);
  await expect(worlds.locator('tr.fork').first().locator('.cmd:visible')).toHaveCount(2);
  await worlds.locator('[data-all]').click();
  await expect(worlds.locator('.differences')).toContainText('volume');
  await expect(same.locator('.cmd:visible')).toHaveCount(1);
  const wide = await worlds
    .locator('.worlds, .differences')
    .evaluateAll((all) => all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  expect(wide).toEqual(wide.map(() => 0));
});
