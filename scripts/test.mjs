// npm test: every kind of test, one closing line over all of them. `npm test -- PATTERN` runs the files whose path has PATTERN.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bin, checkNode, ensureInstalled, node, root, say, step } from './project.mjs';

checkNode();
await ensureInstalled();
const { ensureBrowser, findFirefox } = await import('./browser.mjs');
const pattern = process.argv.slice(2);
const reports = path.join(root, 'node_modules', '.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const totals = { passed: 0, failed: 0, skipped: 0 };
const add = ({ passed, failed, skipped }) => {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
};

/** A check that is one test: it passes with status 0. */
async function check(title, args) {
  const { status, text } = await node(args, { quiet: true });
  say(`${status === 0 ? 'passed' : 'FAILED'}  ${title}`);
  if (status !== 0) say(text);
  add({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });
}

const report = (file) => {
  try {
    return JSON.parse(readFileSync(path.join(reports, file), 'utf8'));
  } catch {
    return null;
  }
};

async function unit() {
  const { status } = await node([
    bin('vitest'),
    'run',
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reports}/unit.json`,
    ...pattern,
  ]);
  const result = report('unit.json');
  const failed = result ? result.numFailedTests : 1;
  add({ passed: result?.numPassedTests ?? 0, failed: status !== 0 && failed === 0 ? 1 : failed, skipped: result?.numPendingTests ?? 0 });
}

/** Whether a pattern means a test of the site: building it takes a while. */
const meansSite = () =>
  pattern.length === 0 ||
  readdirSync(path.join(root, 'tests/site')).some((file) => pattern.some((part) => `tests/site/${file}`.includes(part)));

async function site() {
  if (!meansSite()) return;
  const executable = await ensureBrowser();
  if (!findFirefox()) say('No Firefox is installed here: its test of the lab is left out. (Debian: apt-get install firefox-esr)');
  await step('Building the site under a sub-path', () =>
    node([bin('astro'), 'build', '--outDir', 'dist/site-test'], { quiet: true, env: { BASE: '/drydock/', ASTRO_TELEMETRY_DISABLED: '1' } }),
  );
  const env = { DRYDOCK_CHROMIUM: executable, PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/site.json` };
  const { status } = await node(
    [path.join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--pass-with-no-tests', '--reporter=list,json', ...pattern],
    { env },
  );
  const stats = report('site.json')?.stats;
  const failed = stats ? stats.unexpected : 1;
  add({
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: status !== 0 && failed === 0 ? 1 : failed,
    skipped: stats?.skipped ?? 0,
  });
}

await step('Building the catalogue of images', () => node(['scripts/build-catalogue.ts', 'public/catalogue'], { quiet: true }));
if (pattern.length === 0) {
  await check('types (tsc)', [bin('typescript', 'tsc'), '--noEmit']);
  await check('format and lint (biome)', [path.join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings']);
}
await unit();
await site();
say(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
process.exit(totals.failed === 0 ? 0 : 1);
