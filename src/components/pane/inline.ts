/**
 * Makes a page of the machine stand alone: the frame that shows it has no origin and no network, so its style sheets, scripts and
 * images are put into it. What it fetches later goes through the shim.
 */
import { selfContained } from './css-urls.ts';
import type { Got } from './fetcher.ts';
import shim from './shim.js?raw';

/** No request of the framed page reaches any network: everything is inline, or asked for by the shim. */
export const PANE_POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; " +
  "media-src data: blob:; connect-src data: blob:; form-action 'none'; frame-src 'none'";
const MOST_FILES = 300;
const DEEPEST_IMPORT = 5;

/** Gets a file of the page's own host; null for anything else, and for what is not there. */
export type GetFile = (url: URL) => Promise<Got | null>;

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};

export const typeOf = ({ headers }: Got): string => (headers.get('content-type') ?? 'application/octet-stream').toLowerCase();
export const dataUrl = (got: Got): string => `data:${typeOf(got).replaceAll(' ', '')};base64,${base64(got.bytes)}`;

export function textOf(got: Got): string {
  const charset = /charset=["']?([\w-]+)/.exec(typeOf(got))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(got.bytes);
  } catch {
    return new TextDecoder().decode(got.bytes);
  }
}

class Inliner {
  readonly #page: DocumentFragment;
  readonly #get: GetFile;
  readonly #files = new Map<string, Promise<Got | null>>();

  constructor(page: DocumentFragment, get: GetFile) {
    this.#page = page;
    this.#get = get;
  }

  async run(base: URL): Promise<void> {
    await this.#styles(base);
    await this.#scripts(base);
    await this.#media(base);
    for (const frame of this.#page.querySelectorAll('iframe, frame, object, embed')) frame.removeAttribute('src');
    for (const meta of this.#page.querySelectorAll('meta[http-equiv="content-security-policy" i]')) meta.remove();
  }

  #file(address: string, base: URL): Promise<Got | null> {
    const url = URL.parse(address, base);
    if (!url || url.origin !== base.origin) return Promise.resolve(null);
    url.hash = '';
    const known = this.#files.get(url.href);
    if (known) return known;
    const got = this.#files.size < MOST_FILES ? this.#get(url).catch(() => null) : Promise.resolve(null);
    this.#files.set(url.href, got);
    return got;
  }

  async #data(address: string, base: URL): Promise<string | null> {
    const got = await this.#file(address, base);
    return got && got.status < 400 ? dataUrl(got) : null;
  }

  async #sheet(address: string, base: URL, depth: number): Promise<string | null> {
    const got = await this.#file(address, base);
    if (!got || got.status >= 400 || depth > DEEPEST_IMPORT) return null;
    return this.#css(textOf(got), got.url, depth);
  }

  #css(css: string, base: URL, depth: number): Promise<string> {
    return selfContained(css, {
      sheet: (address) => this.#sheet(address, base, depth + 1),
      data: (address) => this.#data(address, base),
    });
  }

  async #styles(base: URL): Promise<void> {
    for (const style of this.#page.querySelectorAll('style')) style.textContent = await this.#css(style.textContent, base, 0);
    for (const element of this.#page.querySelectorAll<HTMLElement>('[style*="url("]'))
      element.setAttribute('style', await this.#css(element.getAttribute('style') ?? '', base, 0));
    for (const link of this.#page.querySelectorAll('link')) {
      const css = link.relList.contains('stylesheet') ? await this.#sheet(link.getAttribute('href') ?? '', base, 0) : null;
      const style = document.createElement('style');
      if (link.media) style.media = link.media;
      style.textContent = css ?? '';
      if (css === null) link.remove();
      else link.replaceWith(style);
    }
  }

  async #scripts(base: URL): Promise<void> {
    for (const script of this.#page.querySelectorAll('script[src]')) {
      const got = await this.#file(script.getAttribute('src') ?? '', base);
      script.removeAttribute('src');
      if (!got || got.status >= 400) continue;
      script.textContent = textOf(got).replaceAll(/<\/(script)/gi, '<\\/$1');
      // Without an address it would run at once; one that is to wait for the page goes to its end.
      if (script.hasAttribute('defer') && script.getAttribute('type') !== 'module') this.#page.append(script);
    }
  }

  async #media(base: URL): Promise<void> {
    for (const source of this.#page.querySelectorAll('[srcset]')) source.removeAttribute('srcset');
    for (const name of ['src', 'poster', 'href', 'xlink:href'] as const) {
      const all = this.#page.querySelectorAll(name.endsWith('href') ? 'image' : 'img, input[type="image"], video, audio, source, track');
      for (const element of all) {
        const address = element.getAttribute(name);
        if (address === null || address.startsWith('data:')) continue;
        const data = await this.#data(address, base);
        // A picture that cannot be had stays one that cannot be had.
        element.setAttribute(name, data ?? 'data:,');
      }
    }
  }
}

const markupText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** What stands first in every framed page: its policy, what its relative addresses mean, and the shim. */
const preface = (url: URL): string =>
  `<meta http-equiv="Content-Security-Policy" content="${PANE_POLICY}"><base href="${markupText(url.href)}"><script>${shim}</script>`;

/**
 * A page is worked on as the content of a template, part of no document: its styles and its base take effect in the frame alone, and
 * the policy of this page has nothing to say about them. A template takes no `<html>`, `<head>` and `<body>`, so these go by other
 * names meanwhile.
 */
const APART = 'x-pane-';
const apart = (html: string): string => html.replace(/<(\/?)(html|head|body)(?=[\s/>])/gi, `<$1${APART}$2`);
const whole = (html: string): string => html.replaceAll(APART, '');

/** With the preface before everything that the page says itself. */
function withPreface(html: string, first: string): string {
  const head = /^\s*(?:<html\b[^>]*>\s*)?(?:<head\b[^>]*>)?/.exec(html)?.[0] ?? '';
  return head + first + html.slice(head.length);
}

/** The text of a document that shows this page and needs nothing else. */
export async function standAlone(got: Got, get: GetFile): Promise<string> {
  const text = textOf(got);
  const template = document.createElement('template');
  template.innerHTML = apart(text);
  const bases = template.content.querySelectorAll('base');
  const written = [...bases].find((element) => element.hasAttribute('href'))?.getAttribute('href');
  const base = (written && URL.parse(written, got.url)) || got.url;
  for (const element of bases) element.remove();
  await new Inliner(template.content, get).run(base);
  const doctype = /^\s*(?:<!--[\s\S]*?-->\s*)*<!doctype\b/i.test(text) ? '<!doctype html>' : '';
  return doctype + withPreface(whole(template.innerHTML), preface(base));
}

/** A document for what is no page: text as it came, a picture on its own. Null for what a browser would save. */
export function documentFor(got: Got): string | null {
  const type = typeOf(got);
  const head = preface(got.url);
  if (type.startsWith('image/'))
    return `<!doctype html>${head}<body style="margin:0"><img alt="" style="max-width:100%" src="${dataUrl(got)}">`;
  if (!/^(text\/|application\/([\w.-]+\+)?(json|xml|javascript))/.test(type)) return null;
  return `<!doctype html>${head}<body><pre style="white-space:pre-wrap;overflow-wrap:anywhere">${markupText(textOf(got))}</pre>`;
}
