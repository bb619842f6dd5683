/** The parts that look inside, each by mouse and by keyboard: the same is asked with either hand, and the same is shown. */
import { expect, type Locator, type Page, test } from '@playwright/test';

type Hand = (part: Locator) => Promise<void>;

const HANDS: Readonly<Record<string, Hand>> = {
  mouse: (part) => part.click(),
  keyboard: async (part) => {
    await expect(part).toHaveJSProperty('tabIndex', 0);
    await part.focus();
    await part.press('Enter');
  },
};

const terminal = (page: Page): Locator => page.locator('drydock-terminal').last();

/** Types lines at the page's last terminal; the machine has answered all of them when this is done. */
async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  await terminal(page).locator('[data-terminal]').click();
  for (const line of [...lines, 'echo all$((1))']) {
    await expect(terminal(page).locator('.prompt').last()).toHaveText(/^\$\s*$/);
    await terminal(page).locator('textarea').first().fill(line);
    await page.keyboard.press('Enter');
  }
  await expect(terminal(page).locator('[role="log"]')).toContainText('all1');
}

for (const [name, press] of Object.entries(HANDS)) {
  test(`storage shows the files of a place, by ${name}`, async ({ page }) => {
    await page.goto('volumes/');
    await type(page, "docker run -d --name kept -v dbdata:/data alpine sh -c 'echo 42 > /data/n; echo 7 > /own; sleep 900'");
    const part = page.locator('drydock-storage');
    const button = part.getByRole('button', { name: 'volume dbdata' });
    await press(button);
    await expect(part.getByRole('region', { name: 'Files: volume dbdata' })).toContainText('/n  3B');
    await expect(button).toHaveAttribute('aria-expanded', 'true');
    await press(part.getByRole('button', { name: 'writable layer (kept)' }));
    await expect(part.locator('.held')).toContainText('A /own');
    await type(page, 'docker rm -f kept');
    await expect(part.locator('.held')).toHaveCount(0);
    await press(button);
    await expect(part.locator('.held')).toContainText('/n  3B');
  });

  test(`layers are chosen, looked into and compared, by ${name}`, async ({ page }) => {
    await page.goto('layers/');
    await type(page, 'docker run -d --name w1 alpine sleep 900', "docker exec w1 sh -c 'echo hi >> /etc/motd'");
    const part = page.locator('drydock-layers[data-container="w1"]');
    await press(part.locator('.plate.writable'));
    await expect(part.locator('.plate.writable')).toHaveAttribute('aria-pressed', 'true');
    await press(part.locator('.files .file', { hasText: '/etc/motd' }));
    await expect(part.locator('.lines').last()).toContainText('hi');
    await press(part.locator('[data-key="back"]'));
    await expect(part.locator('.files')).toContainText('/etc/motd');
  });

  test(`a request is sent through the network, and stops where nobody listens, by ${name}`, async ({ page }) => {
    await page.goto('bridge/');
    await type(page, 'docker run -d --name web -p 8080:80 nginx:1.29-alpine', 'docker inspect -f ready web');
    const part = page.locator('drydock-network');
    const ask = async (target: string): Promise<void> => {
      await part.locator('[data-key="to"]').fill(target);
      await press(part.locator('[data-key="send"]'));
    };
    await ask('localhost:80');
    await expect(part.locator('.printed')).toContainText('nginx');
    await ask('localhost:8080');
    await expect(part.locator('.printed')).toContainText('Connection refused');
    await expect(part.locator('.way-steps').first()).toContainText('nobody listens there');
    await press(part.locator('.ways button').last());
    await expect(part.locator('.ways button').last()).toHaveAttribute('aria-pressed', 'true');
  });

  test(`a step says what a change of it would cost, and its build is chosen, by ${name}`, async ({ page }) => {
    await page.goto('cache/');
    const example = page.locator('drydock-example').first();
    await example.locator('[data-run]').click();
    const part = page.locator('drydock-build-cache');
    await expect(part.locator('[data-key^="build:"]')).toHaveCount(3);
    await expect(example.locator('.prompt').last()).toHaveText(/^\$\s*$/);
    const step = part.locator('[data-key^="step:"]').last();
    await press(step);
    await expect(step).toHaveAttribute('aria-pressed', 'true');
    await press(part.locator('[data-key="reset"]'));
    await expect(step).toHaveAttribute('aria-pressed', 'false');
    const build = part.locator('[data-key^="build:"]').last();
    await press(build);
    await expect(build).toHaveAttribute('aria-pressed', 'true');
  });

  test(`the cost model is measured and its assumptions opened, by ${name}`, async ({ page }) => {
    await page.goto('vm/');
    const part = page.locator('drydock-cost-model');
    // A hand that reaches for it brings its code.
    await part.locator('summary').last().focus();
    await press(part.locator('[data-key="assumptions"] summary'));
    await press(part.locator('[data-key="measure"]'));
    await expect(part.locator('.measure [role="status"]')).not.toBeEmpty();
  });

  test(`the dashboard runs, opens and stops a container, by ${name}`, async ({ page }) => {
    await page.goto('first/');
    await type(page, 'docker pull -q alpine');
    const part = page.locator('drydock-dashboard');
    await press(part.locator('[data-key="run"]'));
    await part.locator('[data-key="run:image"]').fill('alpine');
    await part.locator('[data-key="run:name"]').fill('boat');
    await part.locator('[data-key="run:command"]').fill('sleep 900');
    await press(part.locator('[data-key="run:go"]'));
    const open = part.locator('[data-key^="look:"]', { hasText: 'boat' });
    await press(open);
    await expect(part.getByRole('tabpanel')).toBeVisible();
    await press(part.locator('[data-key="close"]'));
    await expect(part.getByRole('tabpanel')).toHaveCount(0);
    await press(part.getByRole('button', { name: 'stop boat' }));
    await expect(part.getByRole('row', { name: /boat/ })).toContainText('Exited');
  });

  test(`the trace shows a request whole, and as curl, by ${name}`, async ({ page }) => {
    await page.goto('engine/');
    await type(page, 'docker volume create pond');
    const part = page.locator('drydock-api-trace');
    await press(part.locator('summary', { hasText: '/volumes/create' }));
    await expect(part.locator('details[open] .curl')).toContainText('curl');
  });
}
