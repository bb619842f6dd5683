/** What is in a reader's hand stays there: a press, a text that is being typed, a file that is being edited, the order that was asked for. */
import { Buffer } from 'node:buffer';
import { expect, type Page, test } from '@playwright/test';
import { example, press, screen } from './pages.ts';

const terminal = (page: Page) => page.locator('drydock-terminal').last();

async function run(page: Page, line: string): Promise<void> {
  const open = terminal(page).locator('[data-open]');
  if (await open.isVisible()) await open.click();
  await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await terminal(page).locator('textarea').first().fill(line);
  await page.keyboard.press('Enter');
}

test('a press that lasts while the picture is drawn anew is one', async ({ page }) => {
  await page.goto('layers/');
  await run(page, 'docker run -d --name w1 nginx');
  const part = page.locator('drydock-layers').last();
  const plate = part.locator('[data-key^="plate:"]').nth(2);
  await expect(plate).toHaveAttribute('aria-pressed', 'false');
  await plate.hover();
  await page.mouse.down();
  // The part looks at a container's own layer again every two seconds.
  await page.waitForTimeout(4500);
  await page.mouse.up();
  await expect(plate).toHaveAttribute('aria-pressed', 'true');
});

test('what is typed into a form stays while the machine goes on', async ({ page }) => {
  await page.goto('first/');
  const part = page.locator('drydock-dashboard');
  await run(page, 'docker run -d --name brief alpine sleep 4');
  await part.getByRole('button', { name: 'Images' }).click();
  const field = part.locator('form.line input');
  await field.click();
  await page.keyboard.type('busbox');
  for (let left = 0; left < 3; left++) await page.keyboard.press('ArrowLeft');
  // It ends meanwhile, and the list is drawn anew.
  await page.waitForTimeout(5000);
  await expect(field).toBeFocused();
  await page.keyboard.type('y');
  await expect(field).toHaveValue('busybox');
});

test('a file keeps what was typed into it while another one is looked at; what is no file is named as that', async ({ page }) => {
  await page.goto('lab/');
  const files = page.locator('drydock-files');
  await files.locator('[data-open]').click();
  const make = async (name: string): Promise<void> => {
    await files.locator('[data-new]').fill(name);
    await page.keyboard.press('Enter');
    await expect(files.locator('[data-name]')).toContainText(name);
  };
  await make('one');
  await files.locator('textarea').fill('half a thought');
  await make('two');
  await expect(files.locator('textarea')).toHaveValue('');
  await files.locator('[data-file$="/one"]').click();
  await expect(files.locator('textarea')).toHaveValue('half a thought');
  await expect(files.locator('[data-name]')).toContainText('Not saved yet');
  await files.evaluate((part) => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], `${'긴'.repeat(300)}.txt`));
    part.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect(files.locator('[data-say]')).not.toHaveText('');
  await expect(files.locator('[data-say]')).not.toContainText('does not answer');
  await files.locator('[data-remove]').click();
  await expect(files.locator('[data-new]')).toBeFocused();
});

test('an archive is left again, and what is none says so', async ({ page }) => {
  await page.goto('layers/');
  await run(page, 'docker run -d --name w1 nginx');
  const part = page.locator('drydock-layers').last();
  await expect(part.locator('[data-key^="plate:"]').first()).toBeVisible();
  const input = part.locator('[data-archive] input');
  const broken = { name: 'broken.tar', mimeType: 'application/x-tar', buffer: Buffer.from('hello') };
  await input.setInputFiles(broken);
  await expect(part.locator('[data-error]')).toContainText('broken.tar: unexpected EOF');
  await expect(part.locator('[data-key^="plate:"]').first()).toBeVisible();
  await expect(part.locator('[data-back]')).toBeHidden();
});

test('examples that are run at once play one after the other, and each shows its own output', async ({ page }) => {
  await page.goto('cache/');
  const [order, reordered] = [example(page, 'cache/order'), example(page, 'cache/reordered')];
  await press(order, 'run');
  await expect(order.locator('[data-run] span')).toHaveText('Stop');
  await press(reordered, 'run');
  await expect(reordered.locator('[data-run] span')).toHaveText('Stop');
  for (const part of [order, reordered]) await expect(part.locator('[data-run] span')).toHaveText('Run again', { timeout: 45_000 });
  await expect(screen(order)).toContainText('[3/4] COPY . .');
  await expect(screen(reordered)).toContainText('[3/5] COPY packages.txt .');
});

test('an answer is told with the output, and not before it', async ({ page }) => {
  await page.goto('lifecycle/');
  const part = page.locator('drydock-predict').first();
  await part.getByRole('button').click();
  await expect(part.getByRole('status')).toHaveText('Choose an answer first.');
  await part.locator('input').first().check();
  await part.getByRole('button').click();
  const asked = example(page, (await part.getAttribute('data-example')) ?? '');
  await expect(asked.locator('[data-run] span')).toHaveText('Stop');
  await expect(part.locator('[data-why]')).toBeHidden();
  await expect(asked.locator('[data-run] span')).toHaveText('Run again', { timeout: 45_000 });
  await expect(part.locator('[data-why]')).toBeVisible();
});

/** Opens a lesson whose modules (those that `late` names) come only when `come` is called. */
async function withoutModules(page: Page, lesson: string, late = '**/_astro/*.js'): Promise<() => void> {
  let come: () => void = () => {};
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route(late, async (route) => {
    await coming;
    await route.continue();
  });
  await page.goto(lesson);
  return come;
}

test('what is pressed before its code is there is done when it is: a prediction, a terminal, the search', async ({ page }) => {
  const come = await withoutModules(page, 'lifecycle/');
  const predict = page.locator('drydock-predict').first();
  await predict.locator('input').first().check();
  await predict.locator('button').click();
  await page.locator('drydock-terminal').first().locator('[data-open]').click();
  await page.keyboard.press('Control+k');
  come();
  await expect(page.locator('drydock-search dialog input')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(predict.locator('[data-why]')).toBeVisible();
  await expect(page).toHaveURL(/lifecycle\/$/);
  await expect(screen(page.locator('drydock-terminal').first())).toContainText('$');
});

test('a part that asks another one waits until that is there', async ({ page }) => {
  const come = await withoutModules(page, 'lifecycle/', '**/_astro/Example.astro*.js');
  const predict = page.locator('drydock-predict').first();
  await predict.evaluate(() => customElements.whenDefined('drydock-predict'));
  await predict.locator('input').first().check();
  await predict.locator('button').click();
  come();
  await expect(predict.locator('[data-why]')).toBeVisible();
});

test('a line of the first page that is pressed before its code is there is typed when it is', async ({ page }) => {
  await page.route(/_astro\/.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await page.goto('', { waitUntil: 'commit' });
  await page.locator('.openings button').first().click();
  await expect(screen(page.locator('drydock-terminal')).first()).toContainText('docker run -d --name web -p 8080:80 nginx', {
    timeout: 45_000,
  });
});
