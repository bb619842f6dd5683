/** The machine of this page: one for all of its components, made on first use. */
import { bookSpec } from '../../engine/machine/spec.ts';
import { Lab } from '../../lab/lab.ts';
import { showState } from './lab-state.ts';
import { broughtByLink, labIsHere, remember } from './machine.ts';

let lab: Lab | null = null;

/** The address of the site's root, with a slash at its end. */
export const siteRoot = (): string =>
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
  live(lab);
  return lab;
}

function live(made: Lab): void {
  labIsHere(made);
  showState(made);
  made.onState((state) => {
    if (state !== 'running') return;
    remember();
    followPublished(made);
  });
  const brought = broughtByLink();
  if (brought !== null) void import('../timeline/share.ts').then(({ bringLink }) => bringLink(made, brought));
}

let following = false;

/** Once there is a machine, its published ports are offered. */
function followPublished(made: Lab): void {
  if (following) return;
  following = true;
  void import('../pane/ports.ts').then(({ followPorts }) => followPorts(made));
}
