/**
 * The content security policy of every built page, as a `<meta>`: the host may set no headers. What is written into a page is allowed
 * by its hash, so nothing that gets in later runs; nothing at all may come from another origin.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const INLINE = /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/g;
const CHARSET = /<meta charset="utf-8"\s*\/?>/i;

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
/** In a drawing (SVG) the text of `<style>` is markup, so what counts is what it means. */
const meaning = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('base64')}'`;

/** The hash of each text between tags that a browser would run or apply, each once. */
function hashes(html: string, tag: 'script' | 'style'): readonly string[] {
  const texts = [...html.matchAll(INLINE)]
    .filter(([, name, attributes = '', text]) => name === tag && text !== '' && !/\ssrc=|type="[\w/+.-]*json"/.test(attributes))
    .map(([, , , text = '']) => text);
  return [...new Set(texts.flatMap((text) => (tag === 'style' ? [text, meaning(text)] : [text])).map(hash))];
}

/** The policy that a page's HTML needs. Style attributes are allowed: highlighted code and drawings carry their measures in them. */
export function policyOf(html: string): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    // Search is a WebAssembly module of this site's.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...hashes(html, 'script')],
    'style-src': ["'self'", ...hashes(html, 'style')],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
    'frame-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** The same page with its policy, before anything that the policy is about. A page that says no charset is not one of the book's. */
export const withPolicy = (html: string): string =>
  html.replace(CHARSET, (charset) => `${charset}<meta http-equiv="content-security-policy" content="${policyOf(html)}">`);

/** Pages that are written for a sandbox, where other rules hold. */
const LEFT_OUT = /^pane\//;

/** Writes the policy into every page of the build. */
export function policy(): AstroIntegration {
  return {
    name: 'drydock-policy',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
        for (const page of pages.filter((file) => !LEFT_OUT.test(file.replaceAll('\\', '/')))) {
          const file = path.join(root, page);
          writeFileSync(file, withPolicy(readFileSync(file, 'utf8')));
        }
      },
    },
  };
}
