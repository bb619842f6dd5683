/** The page's side of the service worker: what is kept, keeping more, and a newer version that waits for the reader. */
import './update.css';
import { element } from '../page/element.ts';
import { languageOf } from '../page/words.ts';
import { atRest } from './at-rest.ts';
import { type Keeping, offlineSentence, offlineWords, stateOf } from './offline-words.ts';

const language = languageOf(document.documentElement.lang);
const words = offlineWords(language);

/** Asks the worker; it may answer several times. */
function ask(
  worker: ServiceWorker,
  question: { readonly ask: string; readonly urls?: readonly string[] },
  told: (keeping: Keeping) => void,
): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Keeping>) => told(data);
  worker.postMessage({ kind: 'drydock-offline', ...question }, [port2]);
}

/** The page is read for so long before the rest of the book is fetched. */
const READING_MS = 4000;

/** This page and what it loaded, as the worker knows them. */
const loaded = (): readonly string[] => [
  location.origin + location.pathname,
  ...performance.getEntriesByType('resource').map(({ name }) => name.replace(/[?#].*$/, '')),
];

/** A reader who counts bytes is asked first. */
const isSparing = (): boolean => 'connection' in navigator && (navigator.connection as { readonly saveData?: boolean }).saveData === true;

/** Says once that a newer version waits. Going over to it reloads the page, which the reader decides. */
function offerUpdate(worker: ServiceWorker): void {
  if (document.querySelector('.dd-update')) return;
  const now = element('button', { type: 'button', class: 'dd-btn small go' }, words.reload);
  const later = element('button', { type: 'button', class: 'dd-btn small' }, words.later);
  const bar = element('div', { class: 'dd-update', role: 'status' }, element('p', {}, words.update), now, later);
  later.addEventListener('click', () => bar.remove());
  now.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage({ kind: 'drydock-offline', ask: 'update' });
  });
  document.body.append(bar);
}

function watchUpdates(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && registration.active) offerUpdate(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active) offerUpdate(worker);
    });
  });
}

/** Registers the worker, keeps this page, and shows in `part` what is kept. Where it may not be (a private window) nothing is shown. */
export async function keepOffline(part: HTMLElement): Promise<void> {
  const base = document.querySelector<HTMLMetaElement>('meta[name="drydock-base"]')?.content ?? '/';
  const registration = await navigator.serviceWorker.register(`${base}sw.js`, { scope: base }).catch(() => null);
  if (!registration) return;
  watchUpdates(registration);
  const worker = (await navigator.serviceWorker.ready).active;
  const sentence = part.querySelector('[data-state]');
  const said = part.querySelector('[data-said]');
  const button = part.querySelector<HTMLButtonElement>('[data-everything]');
  if (!worker || !sentence || !button) return;
  let last: Keeping | null = null;
  const show = (keeping: Keeping): void => {
    last = keeping;
    const state = stateOf(keeping);
    const text = offlineSentence(keeping, language);
    if (sentence.textContent !== text) sentence.textContent = text;
    part.dataset.offline = state;
    part.hidden = false;
    button.hidden = state === 'all' || state === 'keeping';
  };
  button.addEventListener('click', () => {
    // Kept even when the device runs out of room, if the browser agrees.
    void navigator.storage?.persist?.();
    // The button goes; whoever pressed it stays where it was.
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
    // What was asked for is seen to begin, before the first file is there.
    if (last) show({ ...last, isKeeping: true });
    ask(worker, { ask: 'everything' }, (keeping) => {
      show(keeping);
      // Who asked hears how it ended; nobody hears each step.
      if (said && !keeping.isKeeping) said.textContent = sentence.textContent;
    });
  });
  ask(worker, { ask: 'page', urls: loaded() }, (keeping) => {
    show(keeping);
    if (stateOf(keeping) === 'part' && !keeping.isKeeping && !isSparing() && navigator.onLine && part.dataset.asked === undefined) {
      part.dataset.asked = '';
      setTimeout(() => atRest(() => ask(worker, { ask: 'rest' }, show)), READING_MS);
    }
  });
}
