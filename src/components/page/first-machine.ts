/** Which machine a page begins with: known before anything of the lab is there. */
import { bookSpec } from '../../engine/machine/spec.ts';
import type { First } from '../../lab/protocol.ts';

/** The address of the site's root, with a slash at its end. */
export const siteRoot = (): string =>
  new URL(
    document.documentElement.dataset.base ?? document.querySelector<HTMLMetaElement>('meta[name="drydock-base"]')?.content ?? '/',
    location.href,
  ).href;

/** It starts from what the page's first example starts from. */
export function firstMachine(): First {
  const first = document.querySelector<HTMLElement>('[data-start]');
  const start = first?.dataset.start ?? 'empty';
  const images = (first?.dataset.images ?? '').split(' ').filter((name) => name !== '');
  return { spec: bookSpec({ start, images }), catalogue: new URL('catalogue/', siteRoot()).href };
}
