/** Which machine a page begins with: known before anything of the lab is there. */
import type { First } from '../../lab/first.ts';

/** The address of the site's root, with a slash at its end. */
export const siteRoot = (): string =>
  new URL(
    document.documentElement.dataset.base ?? document.querySelector<HTMLMetaElement>('meta[name="drydock-base"]')?.content ?? '/',
    location.href,
  ).href;

/** It starts from what the page's first example starts from. */
export function firstMachine(): First {
  const { start = 'empty', images = '' } = document.querySelector<HTMLElement>('[data-start]')?.dataset ?? {};
  return { start, images: images.split(' ').filter((name) => name !== ''), catalogue: new URL('catalogue/', siteRoot()).href };
}
