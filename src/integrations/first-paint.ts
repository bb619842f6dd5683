/**
 * What a page needs before its first picture, and what it does not. Its style sheets come in one file where all pages share them, and
 * its modules are asked for once it has been painted: what they bring to life is whole without them.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const MODULE = /<script type="module" src="([^"]+)"><\/script>/g;
const SHEET = /<link rel="stylesheet" href="([^"]+\.css)"\s*\/?>/g;
/** Pages that are written for a sandbox, and those that only frames on other sites show. */
const SANDBOX = /^pane\//;
const FRAME = /^(ko\/)?embed\/[^/]+\//;

/** Without its comments and indentation, as it goes into every page. */
const LOADER = readFileSync(new URL('./modules-later.js', import.meta.url), 'utf8').replace(/^\s*(\/\/.*\n)?/gm, '');

/** The same page, its modules asked for after the first frame, in their order. A page with none stays as it is. */
export function modulesLater(html: string): string {
  const modules = [...html.matchAll(MODULE)].map(([, src = '']) => src);
  if (modules.length === 0) return html;
  const imports = modules.map((src) => `import(${JSON.stringify(src)})`).join();
  const loader = LOADER.replace('__MODULES__', () => imports);
  return html.replace(MODULE, '').replace('</body>', () => `<script type="module">${loader}</script></body>`);
}

/** The addresses of a page's style sheets for all media, in order. */
export const sheetsOf = (html: string): readonly string[] => [...html.matchAll(SHEET)].map(([, href = '']) => href);

/** What all of the lists begin with. */
export function commonStart(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  const end = first.findIndex((item, at) => others.some((list) => list[at] !== item));
  return end < 0 ? first : first.slice(0, end);
}

/** The same page with `joined` in the place of the style sheets that it begins with. */
export function withSheet(html: string, sheets: readonly string[], joined: string): string {
  const isShared = sheets.every((href, at) => sheetsOf(html)[at] === href);
  if (!isShared) return html;
  return html.replace(SHEET, (link, href: string) =>
    href === sheets[0] ? `<link rel="stylesheet" href="${joined}">` : sheets.includes(href) ? '' : link,
  );
}

/** Writes the style sheets that all pages of the book begin with into one file, and the pages so that they ask for that. */
function joinSheets(root: string, base: string, pages: Map<string, string>): void {
  const book = [...pages].filter(([file]) => !FRAME.test(file));
  const sheets = commonStart(book.map(([, html]) => sheetsOf(html)).filter((list) => list.length > 0));
  if (sheets.length < 2) return;
  const fileOf = (href: string): string => path.join(root, href.slice(base.length));
  const text = sheets.map((href) => readFileSync(fileOf(href), 'utf8')).join('\n');
  const joined = `_astro/page.${createHash('sha256').update(text).digest('base64url').slice(0, 8)}.css`;
  writeFileSync(path.join(root, joined), text);
  for (const [file, html] of book) pages.set(file, withSheet(html, sheets, `${base}${joined}`));
  const wanted = new Set([...pages.values()].flatMap(sheetsOf));
  for (const href of sheets) if (!wanted.has(href)) rmSync(fileOf(href));
}

export function firstPaint(): AstroIntegration {
  let base = '/';
  return {
    name: 'drydock-first-paint',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
        const pages = new Map(
          files
            .filter((file) => file.endsWith('.html') && !SANDBOX.test(file))
            .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
        );
        joinSheets(root, base, pages);
        for (const [file, html] of pages) writeFileSync(path.join(root, file), modulesLater(html));
      },
    },
  };
}
