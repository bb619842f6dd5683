// Finds a Chromium to drive, or installs one: a variable, Playwright's own download, a system browser, Debian's package. And a Firefox, if there is one.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { node, root, run, say, stop } from './project.mjs';

const SYSTEM = {
  linux: [
    // It draws no windows: half the work for the same engine.
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [`${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`],
};

/** The path of a browser that is here, or null. */
export async function findBrowser() {
  const named = process.env.DRYDOCK_CHROMIUM;
  if (named) return existsSync(named) ? named : stop(`DRYDOCK_CHROMIUM names ${named}, and there is no such file.`);
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return existsSync(own) ? own : findSystemBrowser();
}

/** The path of a Chromium that the system has, or null. */
export const findSystemBrowser = () => (SYSTEM[process.platform] ?? []).find((file) => existsSync(file)) ?? null;

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** The path of a Firefox that is here, or null. */
export const findFirefox = () => FIREFOX.find((file) => existsSync(file)) ?? null;

const isDebianRoot = () => existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;

/** The path of a browser; installs one where that can be done, else ends with a sentence that says what to do. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  say('No Chromium here; installing one …');
  if (isDebianRoot()) {
    await run('apt-get', ['update', '-qq'], { quiet: true });
    for (const name of ['chromium-headless-shell', 'chromium'])
      if (!findSystemBrowser())
        await run('apt-get', ['install', '-y', '-qq', name, 'fonts-noto-cjk'], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  } else {
    await node([path.join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium'], { quiet: true });
  }
  return (
    (await findBrowser()) ??
    stop(
      'No Chromium could be found or installed. Do one of these, then try again:\n  npx playwright install chromium\n  sudo apt-get install chromium        (Debian, Ubuntu)\n  DRYDOCK_CHROMIUM=/path/to/chrome npm test',
    )
  );
}
