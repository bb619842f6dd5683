/** The machine of this page: one for all of its components, made on first use. */
import { bookSpec } from '../../engine/machine/spec.ts';
import { Lab } from '../../lab/lab.ts';
import { firstMachine } from './first-machine.ts';
import { showState } from './lab-state.ts';
import { broughtByLink, labIsHere, remember } from './machine.ts';

let lab: Lab | null = null;

/** The lab that this page's components share. */
export function labOfPage(): Lab {
  if (lab) return lab;
  const { start, images, catalogue } = firstMachine();
  lab = new Lab({ name: location.pathname, spec: bookSpec({ start, images }), catalogue });
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
