/** The command line: edited in place, completed and remembered by the shell, and right in whatever mode it was typed. */
import { expect, type Page, test } from '@playwright/test';
import { screen } from './pages.ts';

const terminal = (page: Page) => page.locator('drydock-terminal');
const field = (page: Page) => terminal(page).locator('textarea').first();

async function open(page: Page, address = 'lab/'): Promise<void> {
  await page.goto(address);
  await terminal(page).locator('[data-open]').click();
  await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
}

async function run(page: Page, text: string): Promise<void> {
  await field(page).pressSequentially(text);
  await page.keyboard.press('Enter');
}

const printed = (page: Page, text: string): Promise<void> =>
  expect(screen(terminal(page)).first()).toContainText(new RegExp(`(^|\\n)${text}`), { useInnerText: true });

test('is edited in the middle, and sent when it is whole', async ({ page }) => {
  await open(page);
  await field(page).pressSequentially('echo wrld');
  for (let back = 0; back < 3; back++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('o');
  await page.keyboard.press('Enter');
  await printed(page, 'world');
});

test('remembers: up, down, and a search', async ({ page }) => {
  await open(page);
  await run(page, 'echo first');
  await printed(page, 'first');
  await run(page, 'echo second');
  await printed(page, 'second');
  await page.keyboard.press('ArrowUp');
  await expect(field(page)).toHaveValue('echo second');
  await page.keyboard.press('ArrowUp');
  await expect(field(page)).toHaveValue('echo first');
  await page.keyboard.press('ArrowDown');
  await expect(field(page)).toHaveValue('echo second');
  await page.keyboard.type(' again');
  await page.keyboard.press('Enter');
  await printed(page, 'second again');
  await page.keyboard.press('Control+r');
  await page.keyboard.type('first');
  await expect(screen(terminal(page)).first()).toContainText("(reverse-i-search)'first': echo first");
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveValue('echo first');
});

test('completes commands, flags and names', async ({ page }) => {
  await open(page);
  await run(page, 'docker create --name completed alpine true');
  await printed(page, '[0-9a-f]{64}');
  await field(page).pressSequentially('docker sta');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue(/^docker sta(rt|ts)?/);
  await page.keyboard.press('Control+u');
  await field(page).pressSequentially('docker rm comp');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue(/^docker rm completed ?$/);
  await page.keyboard.press('Enter');
  await printed(page, 'completed');
});

test('offers what was meant by a line in Hangul mode', async ({ page }) => {
  await open(page);
  await field(page).fill('애차ㄷㄱ ㅔㄴ -ㅁ');
  await page.keyboard.press('Enter');
  const meant = terminal(page).locator('.meant');
  await expect(meant).toContainText('docker ps -a');
  await meant.getByRole('button').click();
  await expect(field(page)).toHaveValue('docker ps -a');
  await page.keyboard.press('Enter');
  await printed(page, 'CONTAINER ID');
  await run(page, 'dokcer ps');
  await expect(meant).toContainText('docker ps');
});

const paste = (page: Page, text: string): Promise<void> =>
  field(page).evaluate((area, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

const steps = (page: Page) => page.locator('drydock-timeline [data-steps] li');

test('runs pasted lines in order, each at its prompt, and is a step for each', async ({ page }) => {
  await open(page);
  await paste(page, 'echo one\nfor i in a b c d; do sleep 0.3; echo $i; done\necho two\necho three');
  await printed(page, 'two');
  await expect(field(page)).toHaveValue('echo three');
  await page.keyboard.press('Enter');
  await printed(page, 'three');
  await expect(steps(page)).toHaveCount(5);
});

test('takes a command of several lines as one step, each line at the prompt that asks for it', async ({ page }) => {
  await open(page);
  await paste(page, 'cat <<END\nwithin\nEND\necho after\n');
  await printed(page, 'within\n\\$ echo after\nafter');
  await expect(steps(page)).toHaveText(['Start', 'cat <<END', 'echo after']);
});

test('keeps what is typed before there is a shell, and runs it as a step', async ({ page }) => {
  await page.goto('lab/');
  await terminal(page).locator('[data-open]').click();
  await field(page).focus();
  await page.keyboard.insertText('echo early');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('echo late');
  await printed(page, 'early');
  await expect(field(page)).toHaveValue('echo late');
  await page.keyboard.press('Enter');
  await printed(page, 'late');
  await expect(steps(page)).toHaveText(['Start', 'echo early', 'echo late']);
});

test('keeps lines that are typed while a command runs, each for its own prompt and as its own step', async ({ page }) => {
  await open(page);
  await run(page, 'sleep 2');
  await run(page, 'echo ah');
  await run(page, 'echo there');
  await page.keyboard.type('echo left');
  await expect(terminal(page).locator('.next')).toContainText('echo there');
  await expect(field(page)).toHaveValue('echo left');
  await printed(page, 'ah\n\\$ echo there\nthere');
  await expect(field(page)).toHaveValue('echo left');
  await expect(terminal(page).locator('.next')).toBeHidden();
  await expect(steps(page)).toHaveText(['Start', 'sleep 2', 'echo ah', 'echo there']);
  await page.locator('drydock-timeline [data-undo]').click();
  await expect(screen(terminal(page)).first()).toContainText(/\nah\n\$\s*$/, { useInnerText: true });
});

test('has a field before the machine is there, and keeps what is typed into it; after a reload nothing asks to open it again', async ({
  page,
}) => {
  await page.route('**/docker-*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.goto('engine/');
  const { field, opener } = { field: terminal(page).locator('textarea'), opener: terminal(page).locator('[data-open]') };
  await opener.click();
  await expect(field).toBeFocused();
  await page.keyboard.type('echo early$((1))');
  await page.keyboard.press('Enter');
  await printed(page, 'early1');
  await page.reload();
  await printed(page, 'early1');
  await expect(opener).toBeHidden();
});

test('takes keys for the shell that come before its prompt: up, more of the line, return; ^C throws them away', async ({ page }) => {
  await open(page);
  await run(page, 'echo first');
  await printed(page, 'first');
  await run(page, 'sleep 1');
  for (let up = 0; up < 2; up++) await page.keyboard.press('ArrowUp');
  await page.keyboard.type(' again');
  await page.keyboard.press('Enter');
  await printed(page, 'first again');
  await run(page, 'sleep 100');
  await run(page, 'echo never');
  await page.keyboard.type('echo nor this');
  await page.keyboard.press('Control+c');
  await run(page, 'echo then');
  await printed(page, 'then');
  await expect(screen(terminal(page)).first()).not.toContainText('never');
  await expect(screen(terminal(page)).first()).not.toContainText('nor this');
});

test('a line found by searching is a step; ^L and a list of choices draw the prompt anew, and it is no other one', async ({ page }) => {
  await open(page);
  await run(page, 'echo sought');
  await printed(page, 'sought');
  await page.keyboard.press('Control+r');
  await page.keyboard.type('sou');
  await expect(screen(terminal(page)).first()).toContainText("(reverse-i-search)'sou': echo sought");
  await page.keyboard.press('Enter');
  await expect(steps(page)).toHaveText(['Start', 'echo sought', 'echo sought']);
  await page.keyboard.press('Control+l');
  await expect(screen(terminal(page)).first()).not.toContainText('sought');
  await page.keyboard.type('docker st');
  for (let tab = 0; tab < 2; tab++) await page.keyboard.press('Tab');
  await expect(screen(terminal(page)).first()).toContainText('stats');
  await expect(field(page)).toHaveValue('docker st');
  await expect(terminal(page).locator('.prompt')).toHaveCount(1);
  await page.keyboard.press('Control+c');
  await run(page, '(sleep 1; echo behind) &');
  await page.keyboard.type('echo be');
  await printed(page, '\\$ behind');
  await page.keyboard.type('fore');
  await page.keyboard.press('Enter');
  await printed(page, 'before');
});

test('a prompt that was drawn anew is no other one after a reload either', async ({ page }) => {
  await open(page);
  await run(page, 'echo kept');
  await printed(page, 'kept');
  await page.keyboard.type('docker st');
  for (let tab = 0; tab < 2; tab++) await page.keyboard.press('Tab');
  await expect(screen(terminal(page)).first()).toContainText('stats');
  await page.keyboard.press('Control+c');
  await run(page, 'echo last');
  await printed(page, 'last');
  const count = await terminal(page).locator('.prompt').count();
  const deeds = terminal(page).locator('.dd-made summary');
  await expect(deeds).toHaveText(/ echo last$/);
  // What is typed is on the disk a moment after it took effect.
  await page.waitForTimeout(800);
  await page.reload();
  await printed(page, 'last');
  await expect(terminal(page).locator('.prompt')).toHaveCount(count);
  await expect(deeds).toHaveText(/ echo last$/);
});

test('says how to leave where Tab completes nothing; Esc and Tab lead on, also out of a program', async ({ page }) => {
  await open(page);
  await expect(field(page)).toHaveAccessibleDescription(/Esc, then Tab/);
  await page.keyboard.press('Tab');
  await expect(field(page)).toBeFocused();
  await expect(terminal(page).locator('.meant')).toContainText('Esc, then Tab');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(field(page)).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(field(page)).toBeFocused();
  await run(page, 'cat');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(field(page)).not.toBeFocused();
});

test('a link in what was printed can be read, and shows where it leads', async ({ page }) => {
  await open(page, 'lifecycle/');
  await run(page, 'echo https://docs.docker.com/');
  const link = screen(terminal(page)).locator('a').last();
  await expect(link).toHaveAttribute('href', 'https://docs.docker.com/');
  const colours = await link.evaluate((made) => [getComputedStyle(made).color, getComputedStyle(made.parentElement ?? made).color]);
  expect(colours[0]).toBe(colours[1]);
});

test('hands pasted lines to a program that reads them', async ({ page }) => {
  await open(page);
  await paste(page, 'cat\nto the program\n');
  await printed(page, 'to the program\nto the program');
  await page.keyboard.press('Control+d');
  await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
});

test('gives a program its keys: an editor, a shell in a container, ^C, ^D', async ({ page }) => {
  await open(page);
  await run(page, 'docker run --rm -it alpine');
  await printed(page, '/ # ');
  await page.keyboard.type('echo in$((1+1))side');
  await page.keyboard.press('Enter');
  await printed(page, 'in2side');
  await page.keyboard.press('Control+d');
  await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await run(page, 'sleep 100');
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+c');
  await run(page, 'echo back');
  await printed(page, 'back');
});

test('keeps what was printed beneath a program that fills the screen, and what was typed above one that draws over it', async ({
  page,
}) => {
  await open(page);
  await run(page, 'seq 60');
  await printed(page, '60');
  await run(page, 'vi note');
  await expect(screen(terminal(page)).first()).toContainText('~');
  await expect(terminal(page).locator('.prompt')).toHaveCount(0);
  await page.keyboard.type(':q');
  await page.keyboard.press('Enter');
  await printed(page, '1\\n2\\n3');
  await expect(screen(terminal(page)).first()).not.toContainText('~');
  await run(page, 'top');
  await expect(screen(terminal(page)).first()).toContainText('load average');
  await expect(terminal(page).locator('.prompt', { hasText: 'load average' })).toHaveCount(0);
  await page.keyboard.press('q');
  await expect(terminal(page).locator('.dd-made summary')).toHaveText(/ top$/);
  await run(page, 'seq 3000');
  await printed(page, '3000');
  await expect(terminal(page).locator('.lines > div').first()).toHaveText(/^9\d\d$/);
  await expect(terminal(page).locator('.dd-made summary')).toHaveText(/ seq 3000$/);
});

test('a shell that was left is followed by another one, in a terminal and in an example', async ({ page }) => {
  await open(page, 'lifecycle/');
  await run(page, 'echo kept > note');
  await run(page, 'exit');
  await expect(terminal(page).locator('.meant')).toContainText('This shell has ended.');
  await terminal(page).locator('.meant').getByRole('button', { name: 'New terminal' }).click();
  const second = terminal(page).locator('.dd-terminal:visible');
  await expect(second.locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await second.locator('textarea').pressSequentially('cat note');
  await page.keyboard.press('Enter');
  await expect(screen(second)).toContainText('\nkept', { useInnerText: true });
  const part = page.locator('drydock-example').first();
  const label = part.locator('[data-run] span');
  await part.locator('[data-run]').click();
  await expect(label).toHaveText('Stop');
  await expect(label).toHaveText('Run again');
  await part.locator('textarea').pressSequentially('exit');
  await page.keyboard.press('Enter');
  await expect(part.locator('[data-printed]')).toBeVisible();
  await part.locator('[data-run]').click();
  await expect(label).toHaveText('Stop');
  await expect(label).toHaveText('Run again');
  await expect(screen(part)).toContainText('docker run');
});

test('has tabs, each a shell on the same machine', async ({ page }) => {
  await open(page);
  await run(page, 'echo shared > note');
  await terminal(page).getByRole('button', { name: 'New terminal' }).click();
  const second = terminal(page).locator('.dd-terminal:visible');
  await expect(terminal(page).getByRole('tab')).toHaveCount(2);
  await expect(second.locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await second.locator('textarea').pressSequentially('cat note');
  await page.keyboard.press('Enter');
  await expect(screen(second)).toContainText('\nshared', { useInnerText: true });
  await terminal(page).getByRole('tab').first().click();
  await expect(terminal(page).locator('.dd-terminal:visible [role="log"]')).toContainText('echo shared > note');
});

test('shows 256 colours, wide characters and links', async ({ page }) => {
  await open(page);
  await run(page, "printf '\\033[38;5;208morange\\033[0m 한글 http://localhost:8080/x\\n'");
  const log = screen(terminal(page)).first();
  await expect(log.locator('span[style*="rgb(255 135 0)"], span[style*="rgb(255, 135, 0)"]')).toHaveText('orange');
  await expect(log.locator('a[data-port="8080"]').last()).toHaveText('http://localhost:8080/x');
  expect(await log.locator('.w').count()).toBeGreaterThan(1);
});
