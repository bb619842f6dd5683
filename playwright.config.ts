import { defineConfig, devices } from '@playwright/test';
import { findFirefox, findSystemBrowser } from './scripts/browser.mjs';

const port = Number(process.env.DRYDOCK_TEST_PORT ?? 4107);
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export default defineConfig({
  testDir: './tests/site',
  // `npm test` says so.
  testIgnore: findFirefox() ? [] : ['**/firefox/**'],
  outputDir: './node_modules/.cache/site',
  workers: 2,
  // The tests of one file are shared out as well: some files are long.
  fullyParallel: true,
  // A loaded machine can be slower than a browser's patience; what passed only the second time is listed as flaky.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://127.0.0.1:${port}/drydock/`,
    launchOptions: { executablePath: process.env.DRYDOCK_CHROMIUM ?? findSystemBrowser() ?? '', args },
    trace: 'off',
    // It would save the whole book in each test's browser; the tests that are about it let it work.
    serviceWorkers: 'block',
  },
  webServer: { command: `node scripts/serve-test.mjs ${port}`, url: `http://127.0.0.1:${port}/drydock/`, reuseExistingServer: false },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'] }, grepInvert: /@nojs/ },
    { name: 'no-javascript', use: { ...devices['Desktop Chrome'], javaScriptEnabled: false }, grep: /@nojs/ },
  ],
});
