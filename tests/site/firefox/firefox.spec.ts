/** The lab in the other engine: run an example, type, reload, and find everything again. */
import { expect, test } from '@playwright/test';
import { findFirefox } from '../../../scripts/browser.mjs';
import { Firefox } from './bidi.ts';

const EXAMPLE = 'drydock-example[data-name="lifecycle/vanish"]';

test('an example runs, a command is typed, and both are there after a reload', async ({ baseURL }) => {
  test.setTimeout(180_000);
  const firefox = await Firefox.start(findFirefox() ?? '');
  try {
    await firefox.goto(`${baseURL}lifecycle/`);
    await firefox.click(`${EXAMPLE} [data-run]`);
    await firefox.shows(`${EXAMPLE} [role="log"]`, /\ndone/);
    await firefox.shows(`${EXAMPLE} [data-run]`, 'Run again');
    await firefox.click('drydock-terminal [data-open]');
    await firefox.shows('drydock-terminal [role="log"]', '$ ');
    await firefox.type('docker run --name typed alpine echo 한글 in Firefox');
    await firefox.shows('drydock-terminal [role="log"]', /\n한글 in Firefox/);
    await firefox.shows('drydock-processes', 'typed');
    const before = await firefox.text(`${EXAMPLE} [role="log"]`);
    // What is typed is on the disk a moment after it took effect.
    await new Promise((resolve) => setTimeout(resolve, 800));
    await firefox.reload();
    await firefox.shows('drydock-terminal [role="log"]', /\n한글 in Firefox/);
    await firefox.shows('drydock-processes', 'typed');
    expect(await firefox.text(`${EXAMPLE} [role="log"]`)).toBe(before);
  } finally {
    await firefox.close();
  }
});
