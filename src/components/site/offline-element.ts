/** `<drydock-offline>`: registers the service worker; what it shows is fetched when the page is at rest. */
class DrydockOffline extends HTMLElement {
  connectedCallback(): void {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const start = (): void => {
      void import('./offline.ts').then(({ keepOffline }) => keepOffline(this));
    };
    if (document.readyState === 'complete') start();
    else addEventListener('load', start, { once: true });
  }
}

customElements.define('drydock-offline', DrydockOffline);
