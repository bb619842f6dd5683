/** `<drydock-offline>`: registers the service worker; what it shows is fetched when the page is at rest. */
import { atRest } from './at-rest.ts';

class DrydockOffline extends HTMLElement {
  connectedCallback(): void {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const start = (): void => {
      void import('./offline.ts').then(({ keepOffline }) => keepOffline(this));
    };
    if (document.readyState === 'complete') atRest(start);
    else addEventListener('load', () => atRest(start), { once: true });
  }
}

customElements.define('drydock-offline', DrydockOffline);
