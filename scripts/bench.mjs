// npm run bench: figures of the model and of the page, as medians. Nothing here is a test; what matters is said as a ratio or a size.
import path from 'node:path';
import { bin, checkNode, ensureInstalled, node, root, step } from './project.mjs';

checkNode();
await ensureInstalled();
const { ensureBrowser } = await import('./browser.mjs');
const browser = await ensureBrowser();
await step('Building the catalogue of images', () => node(['scripts/build-catalogue.ts', 'public/catalogue'], { quiet: true }));
await step('Building the pages', () =>
  node([bin('astro'), 'build', '--outDir', 'dist/site-test'], { quiet: true, env: { BASE: '/drydock/', ASTRO_TELEMETRY_DISABLED: '1' } }),
);
const model = await node([path.join(root, 'bench/model.ts')]);
const storage = await node([path.join(root, 'bench/storage.ts')]);
const network = await node([path.join(root, 'bench/network.ts')]);
// Two minutes: ten thousand containers are made first.
const scale = await node(['--expose-gc', path.join(root, 'bench/scale.ts')]);
const page = await node([path.join(root, 'bench/page.mjs')], { env: { DRYDOCK_CHROMIUM: browser } });
process.exit(Math.max(...[model, storage, network, scale, page].map(({ status }) => status)));
