/**
 * The frame that shows a page of the machine, without ever sharing this site's origin: the service worker answers its navigation with
 * the text that this window hands over, under `Content-Security-Policy: sandbox`. Where no service worker is (a private window, the
 * first moments of the first visit), a sandboxed frame is handed the same text.
 */

/** What the service worker asks of the pages of the site; the one whose token it is answers. */
interface PaneRequest {
  readonly kind: 'drydock-pane';
  readonly token: string;
  readonly visit: string;
}

const token = crypto.randomUUID();
const documents = new Map<string, string>();
let nextVisit = 1;
/** Pages whose frames may not have asked yet: one that is called off must not take the next one's away. */
const MOST_WAITING = 4;
let isListening = false;

const isPaneRequest = (data: unknown): data is PaneRequest =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'drydock-pane' && 'token' in data && data.token === token;

function listen(): void {
  if (isListening) return;
  isListening = true;
  navigator.serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
    if (isPaneRequest(data)) ports[0]?.postMessage(documents.get(data.visit) ?? null);
  });
  navigator.serviceWorker.startMessages();
}

/** The site's service worker, if it takes navigations already. */
async function worker(base: string): Promise<ServiceWorker | null> {
  if (!('serviceWorker' in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration(base);
  return registration?.active ?? null;
}

/** Gives the empty frame its page; only the load of that page is one for whoever listens. */
function handOver(frame: HTMLIFrameElement, html: string, event: Event): void {
  event.stopImmediatePropagation();
  frame.contentWindow?.postMessage({ page: html }, '*');
}

/** A frame that shows `html`. Each page has a frame of its own, so that it leaves no trace in this page's history. */
export async function frameFor(
  html: string,
  { base, port, title }: { base: string; port: number; title: string },
): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.referrerPolicy = 'no-referrer';
  if (await worker(base)) {
    listen();
    const visit = String(nextVisit++);
    documents.delete(String(nextVisit - MOST_WAITING));
    documents.set(visit, html);
    frame.src = `${base}pane/${token}/${port}/${visit}`;
  } else {
    // Not `srcdoc`, which would be under the policy of this page and run none of the scripts of that one.
    frame.setAttribute('sandbox', 'allow-scripts allow-forms');
    frame.src = `${base}pane/frame.html`;
    frame.addEventListener('load', (event) => handOver(frame, html, event), { once: true });
  }
  return frame;
}
