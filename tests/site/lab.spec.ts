/** The lab around a page's machine: what is typed, pasted and composed; restoring; two tabs; a worker that answers no more. */
import { expect, type Page, test } from '@playwright/test';
import { challengeById } from '../../src/content/challenges/index.ts';
import { example, press, screen } from './pages.ts';

const terminalOf = (page: Page) => page.locator('drydock-terminal');

async function atPrompt(page: Page): Promise<void> {
  const terminal = terminalOf(page);
  await terminal.locator('[data-terminal]').click();
  await expect(terminal.locator('.prompt').last()).toHaveText(/^\$\s*$/);
}

async function typeLine(page: Page, line: string): Promise<void> {
  await atPrompt(page);
  await terminalOf(page).locator('textarea').pressSequentially(line);
  await page.keyboard.press('Enter');
}

/** A line of a terminal that begins so: what was printed, not what was typed. */
const toPrint = (page: Page, text: string): Promise<void> =>
  expect(screen(terminalOf(page))).toContainText(new RegExp(`(^|\\n)${text}`), { useInnerText: true, timeout: 30_000 });

/** What is typed is on the disk a moment after it took effect. */
const saved = (page: Page): Promise<void> => page.waitForTimeout(800);

test('a command longer than the line is typed once, and the next waits for its prompt', async ({ page }) => {
  await page.goto('engine/');
  const part = example(page, 'engine/curl');
  await press(part, 'run');
  await expect(screen(part)).toContainText('No such container: nosuch');
  await expect(part.locator('[data-run] span')).toHaveText('Run again');
  const lines = (await screen(part).innerText()).split('\n').filter((line) => line.startsWith('$ curl') || line.startsWith('curl'));
  expect(lines.filter((line) => line.startsWith('curl'))).toEqual([]);
  expect(lines).toHaveLength(3);
});

test('one line of an example is run alone', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = example(page, 'lifecycle/vanish');
  await part.locator('[data-from="1"]').click();
  await expect(screen(part)).toContainText('CONTAINER ID');
  await expect(part.locator('[data-run] span')).toHaveText('Run again');
  await expect(screen(part)).not.toContainText('--name one');
});

test('Stop interrupts what runs and types nothing more', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = example(page, 'lifecycle/again');
  await press(part, 'run');
  await expect(screen(part)).toContainText('docker run -d --name two');
  await press(part, 'run');
  await expect(part.locator('[data-run] span')).toHaveText('Run again');
  await expect(screen(part)).not.toContainText('docker start two');
});

test('several lines are pasted as if they were typed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('lifecycle/');
  await atPrompt(page);
  await page.evaluate(() => navigator.clipboard.writeText('echo first\necho sec"on"d\n'));
  await page.keyboard.press('Control+V');
  await toPrint(page, 'second');
  await toPrint(page, 'first');
});

test('Hangul is composed where the cursor is, and sent when it is whole', async ({ page, context }) => {
  await page.goto('ko/lifecycle/');
  await typeLine(page, 'cat');
  const keyboard = await context.newCDPSession(page);
  const field = terminalOf(page).locator('textarea');
  for (const text of ['ㅎ', '하', '한']) await keyboard.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
  await expect(field).toHaveClass(/composing/);
  await expect(field).toHaveValue('한');
  await expect(screen(terminalOf(page))).not.toContainText('한');
  await keyboard.send('Input.insertText', { text: '한' });
  await page.keyboard.insertText('글');
  await page.keyboard.press('Enter');
  await toPrint(page, '한글\\n한글');
});

test('a machine that was used goes on by itself after a reload, with its terminals', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = example(page, 'lifecycle/vanish');
  await press(part, 'run');
  await expect(part.locator('[data-run] span')).toHaveText('Run again');
  await typeLine(page, 'docker run -d --name kept alpine sleep 900');
  await expect(page.locator('drydock-processes')).toContainText('kept');
  await typeLine(page, 'echo half');
  await saved(page);
  const before = await screen(part).innerText();
  await page.reload();
  await expect.poll(() => screen(part).innerText(), { timeout: 30_000 }).toBe(before);
  await toPrint(page, 'half');
  await expect(page.locator('drydock-processes')).toContainText('kept');
  await press(part, 'run');
  await expect(screen(part)).toContainText('is already in use by container');
});

test('a lesson is open in one tab at a time; the other takes over, and gives back', async ({ page, context }) => {
  await page.goto('lifecycle/');
  await typeLine(page, 'echo from the first tab');
  await toPrint(page, 'from the first tab');
  const other = await context.newPage();
  await other.goto('lifecycle/');
  const line = (tab: Page) => tab.locator('.dd-state-line');
  await expect(line(other)).toContainText('in use in another tab');
  await line(other).getByRole('button').click();
  await toPrint(other, 'from the first tab');
  await expect(line(other)).toBeHidden();
  await expect(line(page)).toContainText('in use in another tab');
  await typeLine(other, 'echo from the second tab');
  await toPrint(other, 'from the second tab');
  await page.bringToFront();
  await line(page).getByRole('button').click();
  await expect(line(other)).toContainText('in use in another tab');
  await toPrint(page, 'from the second tab');
});

test('a worker that answers no more is ended, and its machine restored', async ({ page }) => {
  await page.goto('lifecycle/');
  await typeLine(page, 'echo before');
  await toPrint(page, 'before');
  await saved(page);
  await page.workers()[0]?.evaluate('void setTimeout(() => { for (;;); }, 0)');
  await page.waitForEvent('worker', { timeout: 20_000 });
  await toPrint(page, 'before');
  await typeLine(page, 'echo after');
  await toPrint(page, 'after');
});

test('a container is created without the client', async ({ page }) => {
  const challenge = challengeById('engine-raw');
  await page.goto('engine/');
  const part = page.locator(`drydock-challenge[data-challenge*='"id":"engine-raw"']`);
  await press(part, 'begin');
  await expect(part.locator('[data-hint]')).toContainText('/containers/create');
  for (const line of challenge.solution) await typeLine(page, line);
  await expect(part.locator('[data-hint]')).toHaveText('Solved.');
  await press(part, 'again');
  await expect(part.locator('[data-hint]')).toContainText('/containers/create');
  for (const line of challenge.wrong) await typeLine(page, line);
  await expect(part.locator('[data-goal="running"]')).toHaveAttribute('data-reached');
  await expect(part.locator('[data-goal="by-hand"]')).not.toHaveAttribute('data-reached');
});
