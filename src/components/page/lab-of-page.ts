/** The machine of this page: one for all of its components, made on first use. */
import { bookSpec } from '../../engine/machine/spec.ts';
import { Lab } from '../../lab/lab.ts';
import { showState } from './lab-state.ts';

let lab: Lab | null = null;

/** The address of the site's root, with a slash at its end. */
export const siteRoot = (): string =>
  new URL(
    document.documentElement.dataset.base ?? document.querySelector<HTMLMetaElement>('meta[name="drydock-base"]')?.content ?? '/',
    location.href,
  ).href;

const visitKey = (name: string): string => `drydock:used:${name}`;

/** Storage can be refused (a private window); then a machine comes back with its first use. */
function remembered(name: string): boolean {
  try {
    return localStorage.getItem(visitKey(name)) !== null;
  } catch {
    return false;
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(visitKey(name), '1');
  } catch {
    // Nothing depends on it.
  }
}

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

/** A machine that was used here before goes on by itself, once the page stands; one that was not waits for the reader. */
function live(made: Lab): void {
  showState(made);
  made.onState((state) => {
    if (state !== 'running') return;
    remember(made.name);
    followPublished(made);
  });
  const brought = /^#lab=[\w-]+$/.test(location.hash) ? location.hash.slice('#lab='.length) : null;
  if (brought !== null) void import('../timeline/share.ts').then(({ bringLink }) => bringLink(made, brought));
  if (remembered(made.name)) setTimeout(() => made.start());
}

let following = false;

/** Once there is a machine, its published ports are offered. */
function followPublished(made: Lab): void {
  if (following) return;
  following = true;
  void import('../pane/ports.ts').then(({ followPorts }) => followPorts(made));
}
