/** What other sites show of the book: a page for each example in both languages, and the script that puts it into their pages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Raised when a page that was written for the older script would no longer work; the older file then stays as it is. */
const VERSION = 1;
const SCRIPT = new URL('../embed/embed.js', import.meta.url);
const PAGE = fileURLToPath(new URL('../embed/Page.astro', import.meta.url));

/** A map of the site without the pages that only frames show. */
export const withoutFrames = (xml: string): string => xml.replace(/<url><loc>[^<]*\/embed\/[^<]+<\/loc>.*?<\/url>/g, '');

export function embed(): AstroIntegration {
  return {
    name: 'drydock-embed',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        for (const folder of ['', '/ko']) injectRoute({ pattern: `${folder}/embed/[...example]`, entrypoint: PAGE, prerender: true });
      },
      'astro:build:done': ({ dir }) => {
        const text = readFileSync(SCRIPT, 'utf8');
        for (const name of ['embed.js', `embed-${VERSION}.js`]) writeFileSync(new URL(name, dir), text);
        const map = new URL('sitemap-0.xml', dir);
        writeFileSync(map, withoutFrames(readFileSync(map, 'utf8')));
      },
    },
  };
}
