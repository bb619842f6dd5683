/** The browser in the page: what a container publishes, shown without this site's origin and without a network. */
import { expect, type Page, test } from '@playwright/test';
import { complaints, screen } from './pages.ts';

test.use({ serviceWorkers: 'allow' });

async function typeLine(page: Page, line: string): Promise<void> {
  const terminal = page.locator('drydock-terminal');
  await terminal.locator('[data-terminal]').click();
  await expect(terminal.locator('.prompt').last()).toHaveText(/^\$\s*$/);
  await terminal.locator('textarea').fill(line);
  await page.keyboard.press('Enter');
}

/** A prompt may be the one of the line before: what was typed so far is done when this is printed. */
async function done(page: Page): Promise<void> {
  await typeLine(page, "echo writ''ten");
  await expect(screen(page.locator('drydock-terminal'))).toContainText('written');
}

const ready = (page: Page): Promise<unknown> => page.evaluate(() => navigator.serviceWorker.ready.then(({ scope }) => scope));

test('nobody listens, and then nginx does', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('engine/');
  await ready(page);
  const pane = page.locator('drydock-pane');
  await pane.locator('[data-open-page]').click();
  await expect(pane.getByRole('alert')).toContainText('localhost refused to connect.');
  await typeLine(page, 'docker run -d --name page -p 8080:80 nginx');
  await page.locator('drydock-terminal .dd-ports button').click();
  await expect(pane.frameLocator('iframe').locator('h1')).toHaveText('Welcome to nginx!');
  await expect(pane.locator('.bar .code')).toHaveText('200');
  await expect(pane.locator('.bar input')).toHaveValue('localhost:8080/');
  await typeLine(page, 'docker logs page');
  await expect(screen(page.locator('drydock-terminal'))).toContainText('GET / HTTP/1.1');
  await typeLine(page, 'docker rm -f page');
  await expect(page.locator('.dd-ports')).toHaveCount(0);
  await pane.getByRole('button', { name: 'Reload' }).click();
  await expect(pane.getByRole('alert')).toContainText('ERR_CONNECTION_REFUSED');
  expect(heard).toEqual([]);
});

const SITE = [
  'cd /usr/share/nginx/html',
  'echo "p { color: rgb(1, 2, 3) }" > s.css',
  `echo "fetch('/data.txt').then((r) => r.text()).then((t) => { document.title = t.trim(); p.textContent = t })" > s.js`,
  'echo fetched > data.txt',
  'echo "<link rel=stylesheet href=s.css><p id=p>two</p><a href=/>home</a> <a href=http://example.com/>out</a><script src=s.js></script>" > two.html',
].join('; ');

test('a page inside has its styles, scripts and requests, and nothing of this site', async ({ page }) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:') && /^https?:/.test(request.url())) outside.push(request.url());
  });
  await page.goto('engine/');
  await ready(page);
  const pane = page.locator('drydock-pane');
  await typeLine(page, 'docker run -d --name page -p 8080:80 nginx');
  await typeLine(page, `docker exec page sh -c '${SITE.replaceAll("'", `'"'"'`)}'`);
  await done(page);
  await pane.locator('[data-open-page]').click();
  const inside = pane.frameLocator('iframe');
  await expect(inside.locator('h1')).toBeVisible();
  await pane.locator('.bar input').fill('localhost:8080/two.html');
  await page.keyboard.press('Enter');
  await expect(inside.locator('#p')).toHaveText(/fetched/);
  await expect(inside.locator('#p')).toHaveCSS('color', 'rgb(1, 2, 3)');
  const frame = page.frames().at(-1);
  expect(await frame?.evaluate(() => self.origin)).toBe('null');
  expect(await frame?.evaluate(() => parent.document.title).catch(() => 'refused')).toBe('refused');
  await inside.getByText('home').click();
  await expect(inside.locator('h1')).toHaveText('Welcome to nginx!');
  await pane.getByRole('button', { name: 'Back' }).click();
  await expect(pane.locator('.bar input')).toHaveValue('localhost:8080/two.html');
  await inside.getByText('out').click();
  await expect(pane.getByRole('alert')).toContainText('example.com');
  expect(outside).toEqual([]);
});

test('a server that still starts is asked again', async ({ page }) => {
  await page.goto('engine/');
  await ready(page);
  const pane = page.locator('drydock-pane');
  await typeLine(page, `docker run -d -p 8080:80 busybox sh -c 'sleep 4; echo late > index.html; exec httpd -f'`);
  await page.locator('drydock-terminal .dd-ports button').click();
  await expect(pane.getByRole('alert')).toContainText('ERR_EMPTY_RESPONSE');
  await expect(pane.frameLocator('iframe').locator('body')).toHaveText('late');
  await expect(pane.getByRole('alert')).toHaveCount(0);
});

test('who goes on before a page is there sees where she went, and nothing else', async ({ page }) => {
  await page.goto('engine/');
  await ready(page);
  const pane = page.locator('drydock-pane');
  await typeLine(page, 'docker run -d --name page -p 8080:80 nginx');
  await done(page);
  await pane.locator('[data-open-page]').click();
  await expect(pane.frameLocator('iframe').locator('h1')).toBeVisible();
  // The answer of the first is there, and its frame waits for the browser; the second is refused meanwhile.
  await page.evaluate(() => {
    const { serviceWorker } = navigator;
    const find = serviceWorker.getRegistration.bind(serviceWorker);
    Object.assign(window, { release: undefined });
    serviceWorker.getRegistration = (scope) =>
      new Promise((resolve) => Object.assign(window, { release: () => void find(scope).then(resolve) }));
  });
  await pane.locator('.bar input').fill('localhost:8080/?first');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => typeof (window as { release?: unknown }).release)).toBe('function');
  await pane.locator('.bar input').fill('localhost:9999/');
  await page.keyboard.press('Enter');
  await expect(pane.getByRole('alert')).toContainText('ERR_CONNECTION_REFUSED');
  await page.evaluate(() => (window as { release?: () => void }).release?.());
  await typeLine(page, 'docker logs page');
  await expect(screen(page.locator('drydock-terminal'))).toContainText('GET /?first HTTP/1.1');
  await expect(pane.getByRole('alert')).toContainText('ERR_CONNECTION_REFUSED');
  await expect(pane.locator('iframe')).toHaveCount(0);
});

test.describe('where no service worker may be', () => {
  test.use({ serviceWorkers: 'block' });

  test('a page inside runs all the same, and still has nothing of this site', async ({ page }) => {
    await page.goto('engine/');
    const pane = page.locator('drydock-pane');
    await typeLine(page, 'docker run -d --name page -p 8080:80 nginx');
    await typeLine(page, `docker exec page sh -c '${SITE.replaceAll("'", `'"'"'`)}'`);
    await done(page);
    await pane.locator('[data-open-page]').click();
    await expect(pane.frameLocator('iframe').locator('h1')).toBeVisible();
    await pane.locator('.bar input').fill('localhost:8080/two.html');
    await page.keyboard.press('Enter');
    const inside = pane.frameLocator('iframe');
    await expect(inside.locator('#p')).toHaveText(/fetched/);
    const frame = page.frames().at(-1);
    expect(await frame?.evaluate(() => self.origin)).toBe('null');
    expect(await frame?.evaluate(() => parent.document.title).catch(() => 'refused')).toBe('refused');
    // Longer than a frame may take to show that it is of the machine.
    await page.waitForTimeout(2000);
    await inside.getByText('home').click();
    await expect(inside.locator('h1')).toHaveText('Welcome to nginx!');
    await expect(pane.getByRole('alert')).toHaveCount(0);
  });
});
