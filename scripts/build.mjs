// Builds the site into dist/: the catalogue of images, then the pages. BASE and SITE put it under a sub-path of a host.
import { bin, checkNode, ensureInstalled, node, step } from './project.mjs';

checkNode();
await ensureInstalled();
await step('Building the catalogue of images', () => node(['scripts/build-catalogue.ts', 'public/catalogue'], { quiet: true }));
await step('Building the pages', () => node([bin('astro'), 'build'], { quiet: true, env: { ASTRO_TELEMETRY_DISABLED: '1' } }));
