/** A live example on somebody else's page: nothing before it is wanted, nothing of one page's styles in the other, nothing shared. */
import http from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const HOSTILE = 'button, section, pre, iframe, * { color: rgb(255, 0, 0) !important; font-size: 40px; padding: 33px; }';

/** A blog on an origin of its own that shows `body`. */
async function blog(page: Page, baseURL: string | undefined, body: string): Promise<() => void> {
  const html = `<!doctype html><html lang="en"><title>Blog</title><style>${HOSTILE}</style><body><p id="own">Own text</p>
<script async src="${baseURL}embed.js"></script>${body}</body></html>`;
  const server = http.createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await page.goto(`http://localhost:${typeof address === 'object' && address ? address.port : 0}/`);
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

test('an example runs on another site, and asks nothing before it is wanted', async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(String(baseURL))) asked.push(request.url().slice(String(baseURL).length));
  });
  const close = await blog(page, baseURL, '<drydock-lab example="lifecycle/vanish"><pre>docker run alpine</pre></drydock-lab>');
  const lab = page.locator('drydock-lab');
  const run = lab.getByRole('button', { name: 'Run this in the page' });
  await expect(run).toBeVisible();
  await expect(page.getByText('docker run alpine')).toBeVisible();
  expect(asked).toEqual(['embed.js']);
  await expect(run).toHaveCSS('color', 'rgb(16, 37, 45)');
  await expect(run).toHaveCSS('font-size', '15px');
  await run.press('Enter');
  const inside = lab.frameLocator('iframe');
  await inside.locator('[data-run]').click();
  await expect(inside.locator('[role="log"]')).toContainText('Exited (0)', { timeout: 45_000 });
  await expect.poll(() => lab.locator('iframe').evaluate((frame) => frame.clientHeight)).not.toBe(480);
  await expect(inside.getByRole('link', { name: 'Read the lesson in Drydock' })).toHaveAttribute('href', '/drydock/lifecycle/');
  await expect(page.locator('#own')).toHaveCSS('color', 'rgb(255, 0, 0)');
  close();
});

test('it speaks the language of its page, and follows the theme it is given', async ({ page, baseURL }) => {
  const close = await blog(page, baseURL, '<drydock-lab lang="ko" theme="dark" example="layers/five"></drydock-lab>');
  await page.getByRole('button', { name: '이 페이지에서 실행' }).click();
  const inside = page.locator('drydock-lab').frameLocator('iframe');
  await expect(inside.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(inside.locator('[data-run]')).toContainText('실행');
  await expect(inside.locator('html')).toHaveCSS('color-scheme', 'dark');
  close();
});

test('what a terminal printed stands in columns, in the first picture and where no font comes', async ({ page }) => {
  const widths = () =>
    page
      .locator('pre, .cmd')
      .first()
      .evaluate((text) => {
        const context = document.createElement('canvas').getContext('2d');
        if (!context) return [];
        context.font = `16px ${getComputedStyle(text).fontFamily}`;
        return ['iiii', 'MMMM'].map((word) => context.measureText(word).width);
      });
  await page.route('**/*.woff2', (route) => route.abort());
  for (const address of ['embed/volumes/named/', 'volumes/']) {
    await page.goto(address);
    const [narrow, wide] = await widths();
    expect(narrow).toBe(wide);
  }
});

test('what cannot be an example says what one looks like', async ({ page, baseURL }) => {
  const close = await blog(page, baseURL, '<drydock-lab example="../../evil"></drydock-lab><drydock-lab></drydock-lab>');
  await expect(page.getByText('An example is named by its lesson')).toHaveCount(2);
  await expect(page.getByRole('button')).toHaveCount(0);
  close();
});

for (const address of ['embed/lifecycle/vanish/', 'ko/embed/lifecycle/vanish/']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`/${address} is accessible in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width: 360, height: 700 });
      await page.goto(address);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
  }
}
