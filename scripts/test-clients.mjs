// npm run test:clients: real clients against `drydock serve`, in real time. What is not installed is said, not skipped silently.
import { bin, checkNode, ensureInstalled, node, run, say, step } from './project.mjs';

checkNode();
await ensureInstalled();
const { status } = await run('docker', ['--version'], { quiet: true });
if (status !== 0) {
  say('No docker client is installed here: nothing to test. (Debian: apt-get install docker-cli)');
  process.exit(0);
}
await step('Building the catalogue of images', () => node(['scripts/build-catalogue.ts', 'public/catalogue'], { quiet: true }));
const tested = await node([bin('vitest'), 'run', '--config', 'vitest.clients.config.ts', ...process.argv.slice(2)]);
process.exit(tested.status);
