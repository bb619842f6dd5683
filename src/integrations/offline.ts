/** Writes the service worker of the built site: which files there are, and what each holds, so that a visited lesson works without a network. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Files that no page asks for (or only one on another site), or that must never be answered from a cache. */
const LEFT_OUT =
  /pagefind-(component-ui|modular-ui|ui|highlight)\.|^sitemap|^cards\/|^embed[^/]*\.js$|(^|\/)embed\/[^/]+\/|\.map$|^sw\.js$/;
/** What a lesson needs comes first, images of the catalogue and search after it. */
const LATER = /^(catalogue|pagefind)\//;
const TEMPLATE = new URL('./service-worker.js', import.meta.url);

interface Listed {
  readonly url: string;
  readonly hash: string;
}

function list(root: string): Listed[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !LEFT_OUT.test(file))
    .sort((a, b) => Number(LATER.test(a)) - Number(LATER.test(b)) || (a < b ? -1 : 1));
  return files.map((file) => ({
    url: file.replace(/(^|\/)index\.html$/, '$1'),
    hash: createHash('sha256')
      .update(readFileSync(path.join(root, file)))
      .digest('base64url')
      .slice(0, 10),
  }));
}

export function offline(): AstroIntegration {
  let base = '/';
  return {
    name: 'drydock-offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const files = list(root);
        const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
        const config = JSON.stringify({ base, version, files: files.map(({ url, hash }) => [url, hash]) });
        writeFileSync(
          path.join(root, 'sw.js'),
          readFileSync(TEMPLATE, 'utf8').replace('__CONFIG__', () => config),
        );
        logger.info(`sw.js knows ${files.length} files, version ${version}`);
      },
    },
  };
}
