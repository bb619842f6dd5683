/** How parts stand on the page: nothing is cut off on a narrow screen, columns line up, and what asks stands in the middle. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const NARROW = { width: 360, height: 800 };
const terminal = (page: Page) => page.locator('drydock-terminal').last();

async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  await terminal(page).locator('[data-terminal]').click();
  for (const line of lines) {
    await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
    await terminal(page).locator('textarea').first().fill(line);
    await page.keyboard.press('Enter');
  }
}

test('what survives which removal is read without scrolling sideways', async ({ page }) => {
  await page.setViewportSize(NARROW);
  await page.goto('volumes/');
  await type(page, 'docker run -d --name kept -v dbdata:/data --tmpfs /run alpine sleep 900');
  const table = page.locator('drydock-storage .survival');
  await expect(table.locator('tbody tr')).toHaveCount(3);
  await expect(table.locator('td').first()).toHaveAttribute('data-label', 'stop');
  const room = page.locator('drydock-storage .dd-scroll');
  expect(await room.evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0);
});

test('the status of each request stands below the one above it, at every width', async ({ page }) => {
  await page.goto('engine/');
  await type(page, 'docker run -d alpine sleep 900', 'docker volume create pond');
  const codes = page.locator('drydock-api-trace .code');
  await expect(codes.last()).toHaveText('201');
  for (const size of [{ width: 1280, height: 900 }, NARROW]) {
    await page.setViewportSize(size);
    const edges = await codes.evaluateAll((all) => new Set(all.map((code) => Math.round(code.getBoundingClientRect().right))).size);
    expect(edges).toBe(1);
  }
});

test('what asks before a shared session is run stands in the middle', async ({ page }) => {
  await page.goto('lab/#lab=bm9uZQ');
  const box = await page.locator('dialog.dd-agree').boundingBox();
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - width / 2)).toBeLessThan(2);
  expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - height / 2)).toBeLessThan(2);
});

test('a layer leads to the command that made it, and that to all it made', async ({ page }) => {
  await page.goto('layers/');
  await type(page, 'docker run -d --name w1 alpine sleep 900', "docker exec w1 sh -c 'echo hi > /etc/motd'");
  const part = page.locator('drydock-layers[data-container="w1"]');
  await part.locator('.plate.writable').click();
  await expect(part.locator('.files')).toContainText('/etc/motd');
  await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
  const maker = part.locator('.maker');
  await expect(maker).toHaveText('docker run -d --name w1 alpine sleep 900');
  await maker.click();
  await expect(maker).toHaveAttribute('aria-pressed', 'true');
  await expect(part.locator('.plate.made')).toHaveCount(1);
  await expect(terminal(page).locator('[role="log"] .made').first()).toContainText('docker run -d --name w1');
  await part.locator('.plate.image').last().click();
  await expect(maker).toHaveText(/^docker pull/);
});

for (const address of ['lab/', 'ko/lab/']) {
  test(`/${address} is accessible with a machine in it, worlds and their differences`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(address);
    await type(page, 'docker run -d --name web alpine sleep 900');
    const timeline = page.locator('drydock-timeline');
    await expect(timeline.locator('[data-steps] li')).toHaveCount(2);
    await timeline.locator('[data-fork]').click();
    await type(page, 'docker volume create pond');
    await expect(timeline.locator('[data-steps] li')).toHaveCount(3);
    await timeline.locator('[data-worlds] li button').first().click();
    await page.locator('drydock-worlds [data-all]').click();
    await expect(page.locator('.differences')).toHaveCount(2);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
}

test('each way of a packet is listed once, and begins at its bridge though its container is gone', async ({ page }) => {
  await page.goto('bridge/');
  await page.locator('drydock-example[data-name="bridge/apart"] [data-run]').click();
  const part = page.locator('drydock-network');
  await expect(part.locator('.way-steps li').first()).toContainText('a container that is gone, ping sends', { timeout: 45_000 });
  const picture = part.locator('svg.network');
  for (const bridge of ['docker0', 'aaa']) await expect(picture).toContainText(bridge);
  const keys = await part.locator('[data-key^="flow "]').evaluateAll((all) => all.map((one) => one.getAttribute('data-key')));
  expect(new Set(keys).size).toBe(keys.length);
});

test('what a line did is not what was done by another example after it', async ({ page }) => {
  await page.goto('volumes/');
  for (const name of ['volumes/without', 'volumes/named']) await page.locator(`drydock-example[data-name="${name}"] [data-run]`).click();
  const second = page.locator('drydock-example[data-name="volumes/named"]');
  await expect(second.locator('.dd-made summary')).toContainText('docker', { timeout: 45_000 });
  const first = page.locator('drydock-example[data-name="volumes/without"]');
  const made = first.locator('.dd-made');
  await made.locator('summary').click();
  await expect(made.locator('.what li, .what p').first()).toBeVisible();
  await expect(made.locator('.what')).not.toContainText('name=kept');
  await expect(made.locator('.what')).not.toContainText('volume mount dbdata');
});

test('options and names in a text are not broken behind a hyphen', async ({ page }) => {
  await page.setViewportSize(NARROW);
  for (const address of ['scale/', 'ko/start/']) {
    await page.goto(address);
    const lines = await page.locator('main .dd-whole:visible').evaluateAll((all) => all.map((one) => one.getClientRects().length));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((count) => count > 1)).toEqual([]);
  }
});

for (const width of [1080, 1120, 1280, 1600, 1920, 2560]) {
  test(`nothing lies over the legend of the first page, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('');
    const legend = await page.locator('drydock-section .legend').boundingBox();
    const bridge = await page.locator('drydock-section .wide .bridge').boundingBox();
    const isBelow = (legend?.y ?? 0) > (bridge?.y ?? 0) + (bridge?.height ?? 0);
    expect(isBelow || (legend?.x ?? 0) > (bridge?.x ?? 0) + (bridge?.width ?? 0)).toBe(true);
  });
}

for (const scheme of ['light', 'dark'] as const) {
  test(`the first page is accessible with a machine in it, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: scheme });
    await page.goto('');
    await page.locator('.openings button').first().click();
    const made = page.locator('.dd-made');
    await made.locator('summary').click({ timeout: 45_000 });
    await expect(made.locator('.what')).toContainText('POST /containers/create?name=web');
    await expect(page.locator('drydock-section svg')).toContainText('web');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
}
