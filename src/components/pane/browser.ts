/** The browser in the page: an address bar, a history, and a frame that shows what the machine's published ports serve. */
import type { Lab } from '../../lab/lab.ts';
import { element } from '../page/element.ts';
import { languageOf, pageWord } from '../page/words.ts';
import { parseAddress, portOf, shownAddress } from './address.ts';
import { createCookies } from './cookies.ts';
import { type Asked, BrowserFailure, browse, type Got, type Visitor } from './fetcher.ts';
import { frameFor } from './frame.ts';
import { documentFor, standAlone, typeOf } from './inline.ts';
import { failureWords } from './words.ts';

/** What the shim in the frame says. */
type FromFrame =
  | { readonly pane: 'ready'; readonly title: string }
  | {
      readonly pane: 'go';
      readonly url: string;
      readonly method?: string;
      readonly headers?: [string, string][];
      readonly body?: ArrayBuffer;
    }
  | {
      readonly pane: 'fetch';
      readonly id: number;
      readonly url: string;
      readonly method: string;
      readonly headers: [string, string][];
      readonly body: ArrayBuffer;
    };

export interface BrowserParts {
  readonly view: HTMLElement;
  readonly address: HTMLInputElement;
  readonly code: HTMLElement;
  readonly back: HTMLButtonElement;
  readonly forward: HTMLButtonElement;
}

/** What a frame that went away by itself shows is not from the machine. */
const READY_WITHIN_MS = 1500;

/** Who closes without a word may still be starting: a browser asks again by itself, so much later each time. */
const AGAIN_AFTER_MS = [1000, 5000] as const;
const MAY_BE_STARTING: ReadonlySet<unknown> = new Set(['ERR_EMPTY_RESPONSE', 'ERR_CONNECTION_RESET']);

const bytesOf = (body: ArrayBuffer | undefined): { body?: Uint8Array } =>
  body && body.byteLength > 0 ? { body: new Uint8Array(body) } : {};

export class PaneBrowser {
  readonly #lab: Lab;
  readonly #base: string;
  readonly #parts: BrowserParts;
  readonly #visitor: Visitor = { agent: navigator.userAgent, cookies: createCookies() };
  readonly #history: URL[] = [];
  #place = -1;
  #navigation = 0;
  #frame: HTMLIFrameElement | null = null;
  #isReady = false;
  #shown: URL | null = null;

  constructor(lab: Lab, base: string, parts: BrowserParts) {
    this.#lab = lab;
    this.#base = base;
    this.#parts = parts;
    addEventListener('message', (event) => this.#hear(event));
    this.#marks();
  }

  /** Goes to an address as it was written. */
  open(text: string): Promise<void> {
    const url = parseAddress(text);
    return url ? this.#go({ url }) : Promise.resolve();
  }

  back(): Promise<void> {
    return this.#travel(-1);
  }

  forward(): Promise<void> {
    return this.#travel(1);
  }

  reload(): Promise<void> {
    return this.#shown ? this.#load({ url: this.#shown }) : this.open(this.#parts.address.value);
  }

  #travel(steps: number): Promise<void> {
    const url = this.#history[this.#place + steps];
    if (!url) return Promise.resolve();
    this.#place += steps;
    return this.#load({ url });
  }

  #go(asked: Asked): Promise<void> {
    this.#history.splice(this.#place + 1);
    this.#history.push(asked.url);
    this.#place = this.#history.length - 1;
    return this.#load(asked);
  }

  async #load(asked: Asked, failures = 0): Promise<void> {
    const navigation = ++this.#navigation;
    this.#shown = asked.url;
    this.#parts.address.value = shownAddress(asked.url);
    this.#say(`${pageWord('loading')} …`);
    this.#marks();
    try {
      const got = await browse(this.#lab, this.#visitor, asked);
      const isPage = /html/.test(typeOf(got));
      const html = isPage ? await standAlone(got, (url) => browse(this.#lab, this.#visitor, { url })) : documentFor(got);
      if (navigation !== this.#navigation) return;
      this.#shown = got.url;
      this.#history[this.#place] = got.url;
      this.#parts.address.value = shownAddress(got.url);
      if (html === null) this.#offer(got);
      else if (!(await this.#show(html, got.url))) return;
      this.#say(String(got.status), got.status >= 400);
    } catch (error) {
      if (navigation !== this.#navigation) return;
      this.#fail(error, asked.url);
      this.#again(error, asked, failures);
    }
  }

  #again(error: unknown, asked: Asked, failures: number): void {
    const { method = 'GET' } = asked;
    const delayMs = AGAIN_AFTER_MS[failures];
    if (delayMs === undefined || method !== 'GET' || !(error instanceof BrowserFailure && MAY_BE_STARTING.has(error.code))) return;
    const navigation = this.#navigation;
    setTimeout(() => {
      if (navigation === this.#navigation) void this.#load(asked, failures + 1);
    }, delayMs);
  }

  /** False if the reader went on to somewhere else meanwhile: that is shown, and not this. */
  async #show(html: string, url: URL): Promise<boolean> {
    const navigation = this.#navigation;
    const frame = await frameFor(html, { base: this.#base, port: portOf(url) ?? 0, title: shownAddress(url) });
    if (navigation !== this.#navigation) return false;
    this.#frame = frame;
    this.#isReady = false;
    frame.addEventListener('load', () => setTimeout(() => this.#check(frame, url), READY_WITHIN_MS));
    this.#parts.view.replaceChildren(frame);
    return true;
  }

  /** A frame without our shim shows something else than what was put into it. */
  #check(frame: HTMLIFrameElement, url: URL): void {
    if (frame !== this.#frame) return;
    if (!this.#isReady) this.#fail(new BrowserFailure('ERR_BLOCKED'), url);
    this.#isReady = false;
  }

  /** What a browser would save. */
  #offer(got: Got): void {
    this.#frame = null;
    const name = got.url.pathname.split('/').at(-1) || 'download';
    const href = URL.createObjectURL(new Blob([got.bytes], { type: 'application/octet-stream' }));
    const link = element('a', { href, download: name, class: 'dd-btn small' }, `${pageWord('save')} ${name}`);
    this.#parts.view.replaceChildren(element('p', { class: 'quiet' }, `${typeOf(got)}, ${got.bytes.length} B `, link));
  }

  #fail(error: unknown, url: URL): void {
    const code = error instanceof BrowserFailure ? error.code : 'ERR_EMPTY_RESPONSE';
    this.#frame = null;
    const words = failureWords(code, url.hostname, languageOf(document.documentElement.lang));
    const lines = [element('b', {}, pageWord('cannotReach')), element('p', {}, words), element('code', {}, code)];
    this.#parts.view.replaceChildren(element('div', { class: 'failure', role: 'alert' }, ...lines));
    this.#say('');
  }

  #say(text: string, isBad = false): void {
    this.#parts.code.textContent = text;
    this.#parts.code.toggleAttribute('data-bad', isBad);
  }

  #marks(): void {
    this.#parts.back.disabled = this.#place <= 0;
    this.#parts.forward.disabled = this.#place >= this.#history.length - 1;
  }

  #hear({ source, data }: MessageEvent<FromFrame | undefined>): void {
    const frame = this.#frame;
    if (!frame || source === null || source !== frame.contentWindow || typeof data !== 'object') return;
    if (data.pane === 'ready') this.#isReady = true;
    const url = 'url' in data ? URL.parse(data.url, this.#shown ?? undefined) : null;
    if (!url || data.pane === 'ready') return;
    const { method = 'GET', headers = [], body } = data;
    const asked: Asked = { url, method, headers, ...bytesOf(body) };
    if (data.pane === 'go') void this.#go(asked);
    else void this.#answer(frame, data.id, asked);
  }

  /** Answers a `fetch` of the framed page. Another origin must allow it, as in every browser. */
  async #answer(frame: HTMLIFrameElement, id: number, asked: Asked): Promise<void> {
    const origin = this.#shown?.origin ?? 'null';
    const isForeign = asked.url.origin !== origin;
    const headers = isForeign ? [...(asked.headers ?? []), ['origin', origin] as const] : asked.headers;
    const answer = await browse(this.#lab, this.#visitor, { ...asked, ...(headers ? { headers } : {}) }).catch(() => null);
    const allowed = answer?.headers.get('access-control-allow-origin');
    const isRefused = !answer || (isForeign && allowed !== '*' && allowed !== origin);
    const {
      status,
      headers: given,
      bytes,
      url,
    } = answer ?? { status: 0, headers: new Map<string, string>(), bytes: new Uint8Array(), url: asked.url };
    const message = isRefused ? { error: true } : { status, headers: [...given], body: bytes.buffer, url: url.href };
    frame.contentWindow?.postMessage({ pane: 'answer', id, ...message }, '*');
  }
}
