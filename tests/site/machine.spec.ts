/** The machine behind a page: it runs, it comes back after a reload, it starts afresh, and it knows when a task is solved. */
import { expect, type Page, test } from '@playwright/test';
import { challengeById } from '../../src/content/challenges/index.ts';
import { complaints, example, press, screen } from './pages.ts';

async function typeLine(page: Page, line: string): Promise<void> {
  const terminal = page.locator('drydock-terminal');
  await terminal.locator('[data-terminal]').click();
  await expect(terminal.locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await terminal.locator('textarea').pressSequentially(line);
  await page.keyboard.press('Enter');
}

test('the first page’s prompt runs a container that serves a page', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('');
  const terminal = page.locator('drydock-terminal');
  await page.locator('[data-type="docker run -d --name web -p 8080:80 nginx"]').click();
  await expect(screen(terminal)).toContainText(/[0-9a-f]{12}/);
  // The container runs as soon as its id is printed; the server in it needs a moment more, as a real one does.
  await expect(async () => {
    await page.locator('[data-type="curl localhost:8080"]').click();
    await expect(screen(terminal)).toContainText('Welcome to nginx!', { timeout: 2000 });
  }).toPass();
  await expect(page.locator('drydock-section [data-twin]')).toContainText('Port 8080 of the host leads to its port 80.');
  expect(heard).toEqual([]);
});

test('Run prints in place, and what a lesson shows is what the machine prints', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = example(page, 'lifecycle/vanish');
  const printed = await part.locator('[data-printed] .out').allInnerTexts();
  await press(part, 'run');
  await expect(screen(part)).toContainText('Exited (0)');
  await expect(part.locator('[data-run] span')).toHaveText('Run again');
  for (const output of printed.filter((text) => !/CREATED|ago/.test(text))) await expect(screen(part)).toContainText(output);
});

test('a reload loses nothing', async ({ page }) => {
  await page.goto('lifecycle/');
  await typeLine(page, 'docker run -d --name kept alpine sleep 900');
  await expect(page.locator('drydock-processes')).toContainText('kept');
  const before = await screen(page.locator('drydock-terminal')).innerText();
  // Entries are written a moment after they took effect.
  await page.waitForTimeout(500);
  await page.reload();
  await page.locator('drydock-terminal [data-open]').click();
  await expect(screen(page.locator('drydock-terminal'))).toContainText(before.trim().split('\n')[0] ?? '');
  await expect(page.locator('drydock-processes')).toContainText('kept');
});

test('Reset makes a fresh machine', async ({ page }) => {
  await page.goto('lifecycle/');
  await typeLine(page, 'docker run -d --name gone alpine sleep 900');
  await expect(page.locator('drydock-processes')).toContainText('gone');
  page.once('dialog', (dialog) => dialog.accept());
  await press(page.locator('drydock-terminal'), 'reset');
  await expect(page.locator('drydock-processes')).not.toContainText('gone');
  await typeLine(page, 'docker ps -aq | wc -l');
  await expect(screen(page.locator('drydock-terminal'))).toContainText('0');
});

test('the buttons of a container and the terminal are two clients of one engine', async ({ page }) => {
  await page.goto('lifecycle/');
  await typeLine(page, 'docker run -d --name two alpine sleep 900');
  const container = page.locator('drydock-processes .container');
  await expect(container.getByRole('listitem').filter({ hasText: 'sleep 900' })).toMatchAriaSnapshot(`
    - listitem:
      - text: "1"
      - code: sleep 900
      - text: /\\d+/
  `);
  await container.getByRole('button', { name: 'pause', exact: true }).click();
  const board = page.locator('drydock-processes .board');
  await expect(board.locator('.now')).toHaveAttribute('data-station', 'paused');
  await expect(board.getByRole('button')).toHaveText(['unpause', 'stop', 'kill', 'restart']);
  await typeLine(page, "docker ps --format '{{.Names}}: {{.Status}}'");
  await expect(screen(page.locator('drydock-terminal'))).toContainText('(Paused)');
  await typeLine(page, 'docker rm -f two');
  await expect(container).toHaveCount(0);
  await expect(board.locator('[data-station="removed"]')).toContainText('two');
});

test('the ways of the picture that are open are its buttons, by keyboard; the focus follows the container', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('lifecycle/');
  await typeLine(page, 'docker create --name one alpine sleep 900; docker create --name other alpine sleep 900');
  const board = page.locator('drydock-processes .board');
  await page.locator('drydock-processes').getByRole('button', { name: 'one', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(board.getByRole('group')).toHaveAttribute('aria-label', 'What can be done with one now');
  await board.getByRole('button', { name: 'start' }).focus();
  await page.keyboard.press('Enter');
  await expect(board.locator('[data-station="running"]')).toContainText('one');
  await board.getByRole('button', { name: 'kill' }).click();
  await expect(board.locator('[data-station="exited"]')).toContainText('one');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('the trace shows what a command asked', async ({ page }) => {
  await page.goto('engine/');
  await press(example(page, 'engine/version'), 'run');
  const trace = page.locator('drydock-api-trace');
  await expect(trace.locator('.path', { hasText: /\/start$/ })).toBeVisible();
  await expect(trace).toContainText('/images/create');
  await expect(trace.locator('.code', { hasText: '404' }).first()).toBeVisible();
});

test('^C ends a shell loop, and the page answers meanwhile', async ({ page }) => {
  await page.goto('lifecycle/');
  await typeLine(page, 'while :; do :; done');
  await page.locator('drydock-theme button').click({ timeout: 2000 });
  await page.locator('drydock-terminal textarea').focus();
  await page.keyboard.press('Control+c');
  await typeLine(page, 'echo free again');
  await expect(screen(page.locator('drydock-terminal'))).toContainText('\nfree again');
});

for (const id of ['lifecycle-diary', 'lifecycle-shell', 'engine-dead']) {
  const challenge = challengeById(id);
  test(`the challenge ${id} is solved by its solution, and not before`, async ({ page }) => {
    await page.goto(`${challenge.lesson}/`);
    const part = page.locator(`drydock-challenge[data-challenge*='"id":"${id}"']`);
    await press(part, 'begin');
    await expect(part.locator('[data-again]')).toBeVisible();
    await expect(part.locator('[data-hint]')).not.toHaveText('Solved.');
    for (const line of challenge.solution) await typeLine(page, line);
    await press(part, 'look');
    await expect(part.locator('[data-hint]')).toHaveText('Solved.');
    await expect(part.locator('[data-goal]:not([data-reached])')).toHaveCount(0);
  });
}

test('a goal that a command in a container reaches is seen without asking', async ({ page }) => {
  const { id, lesson } = challengeById('image-three');
  await page.goto(`${lesson}/`);
  const part = page.locator(`drydock-challenge[data-challenge*='"id":"${id}"']`);
  await press(part, 'begin');
  await expect(part.locator('[data-again]')).toBeVisible();
  await typeLine(page, 'for name in red green blue; do docker run -d --name $name nginx; docker exec $name sh -c "echo $name > /id"; done');
  await expect(part.locator('[data-hint]')).toHaveText('Solved.');
});
