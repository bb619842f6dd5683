// npm run test:clients: real clients against `drydock serve`, in real time. What is not installed is said, not skipped silently.
import { bin, checkNode, ensureInstalled, node, run, say, step } from './project.mjs';

checkNode();
await ensureInstalled();
const isThere = async (name) => (await run(name, ['--version'], { quiet: true })).status === 0;
const [docker, skopeo] = [await isThere('docker'), await isThere('skopeo')];
const buildx = docker && (await run('docker', ['buildx', 'version'], { quiet: true })).status === 0;
if (!docker) say('No docker client is installed here: its tests are left out. (Debian: apt-get install docker-cli)');
if (!buildx)
  say('No Buildx plugin of the docker client is installed here: its tests are left out. (Debian: apt-get install docker-buildx)');
if (!skopeo) say('No skopeo is installed here: its tests are left out. (Debian: apt-get install skopeo umoci)');
const left = [...(docker ? [] : ['--exclude', '**/docker.client.ts']), ...(buildx ? [] : ['--exclude', '**/buildx.client.ts'])];
await step('Building the catalogue of images', () => node(['scripts/build-catalogue.ts', 'public/catalogue'], { quiet: true }));
const tested = await node([bin('vitest'), 'run', '--config', 'vitest.clients.config.ts', ...left, ...process.argv.slice(2)]);
process.exit(tested.status);
