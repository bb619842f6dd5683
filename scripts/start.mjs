// npm start: installs if that has not been done, builds, serves the site on 127.0.0.1 and prints the address.
// npm run dev: the same for authors, with hot reload.
import { createServer } from 'node:net';
import path from 'node:path';
import { bin, checkNode, ensureInstalled, node, root, say, step, stop } from './project.mjs';
import { serve } from './serve.mjs';

const DEFAULT_PORT = 4321;
const port = Number(process.env.PORT ?? DEFAULT_PORT);
const taken = `Port ${port} is taken by another program. End that one, or choose another port: PORT=${port + 1} npm start`;

function portIsFree() {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)));
    probe.listen(port, '127.0.0.1');
  });
}

checkNode();
if (!Number.isInteger(port) || port < 0 || port > 65535) stop(`PORT=${process.env.PORT} is no port. Give a number from 1 to 65535.`);
if (!(await portIsFree())) stop(taken);
await ensureInstalled();
await step('Building the catalogue of images', () => node(['scripts/build-catalogue.ts', 'public/catalogue'], { quiet: true }));
if (process.argv.includes('--dev')) {
  const { status } = await node([bin('astro'), 'dev', '--host', '127.0.0.1', '--port', String(port)], {
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  });
  process.exit(status);
}
const base = (process.env.BASE ?? '/').replace(/\/?$/, '/');
await step('Building the pages', () => node([bin('astro'), 'build'], { quiet: true, env: { ASTRO_TELEMETRY_DISABLED: '1' } }));
const served = await serve({ dir: path.join(root, 'dist'), base, port }).catch(() => stop(taken));
say(`\nDrydock is at http://127.0.0.1:${served.port}${base}   (Ctrl+C ends it)`);
