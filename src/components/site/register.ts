/** Keeps the site for later: after the first visit every lesson opens without a network. */
const base = document.querySelector<HTMLMetaElement>('meta[name="drydock-base"]')?.content ?? '/';

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const register = (): void => {
    // A browser that refuses (a private window) still shows the page.
    navigator.serviceWorker.register(`${base}sw.js`, { scope: base }).catch(() => {});
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}
