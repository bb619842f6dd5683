/** The machine of this page: one for all of its components, made on first use. */
import { bookSpec } from '../../engine/machine/spec.ts';
import { Lab } from '../../lab/lab.ts';

let lab: Lab | null = null;

/** The address of the site's root, with a slash at its end. */
const siteRoot = (): string =>
  new URL(
    document.documentElement.dataset.base ?? document.querySelector<HTMLMetaElement>('meta[name="drydock-base"]')?.content ?? '/',
    location.href,
  ).href;

/** The lab that this page's components share. It starts from what the page's first example starts from. */
export function labOfPage(): Lab {
  if (lab) return lab;
  const first = document.querySelector<HTMLElement>('[data-start]');
  const start = first?.dataset.start ?? 'empty';
  const images = (first?.dataset.images ?? '').split(' ').filter((name) => name !== '');
  lab = new Lab({ name: location.pathname, spec: bookSpec({ start, images }), catalogue: new URL('catalogue/', siteRoot()).href });
  return lab;
}
