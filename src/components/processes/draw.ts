/** Draws one container: its state among the states, its buttons, and the tree of its processes inside the chain line. */
import { element, svg } from '../page/element.ts';
import { languageOf } from '../page/words.ts';
import { type Action, ALL_ACTIONS, type ContainerView, type ProcessNode, STATIONS } from './view-model.ts';
import { processesWords } from './words.ts';

/** The shape of a state: it carries the meaning, its colour confirms it. */
export function stateShape(shape: string): SVGElement {
  const frame = { viewBox: '0 0 10 10', 'aria-hidden': 'true' };
  const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.6' };
  switch (shape) {
    case 'running':
      return svg('svg', frame, svg('circle', { cx: '5', cy: '5', r: '4.5', fill: 'currentColor' }));
    case 'paused':
      return svg('svg', frame, svg('path', { d: 'M2 1h2v8H2zM6 1h2v8H6z', fill: 'currentColor' }));
    case 'exited':
      return svg('svg', frame, svg('path', { d: 'M1 1h8v8H1z', ...line }));
    case 'failed':
    case 'dead':
      return svg('svg', frame, svg('path', { d: 'M1 1l8 8M9 1l-8 8', ...line }));
    case 'restarting':
      return svg('svg', frame, svg('path', { d: 'M8.5 3A4 4 0 1 0 9 5M9 0v3.2H5.8', ...line }));
    default:
      return svg('svg', frame, svg('circle', { cx: '5', cy: '5', r: '4', ...line }));
  }
}

const state = (view: ContainerView): HTMLElement =>
  element(
    'span',
    { class: 'dd-state', 'data-state': view.shape },
    stateShape(view.shape),
    view.exitCode === null ? view.state : `${view.state} (${view.exitCode})`,
  );

function rail(view: ContainerView): HTMLElement {
  const stations = STATIONS.map((station) => {
    const now = view.state === station;
    const shape = now ? view.shape : station;
    return element(
      'li',
      now ? { class: 'now', 'aria-current': 'step' } : {},
      element('span', { class: 'dd-state', 'data-state': now ? shape : '' }, stateShape(shape), station),
    );
  });
  return element('ol', { class: 'rail' }, ...stations);
}

function buttons(view: ContainerView, act: (action: Action) => void): HTMLElement {
  const all = ALL_ACTIONS.map((action) => {
    const legal = view.actions.includes(action);
    return element(
      'button',
      {
        type: 'button',
        class: 'dd-btn small',
        'data-key': `${view.id}:${action}`,
        'aria-disabled': String(!legal),
        click: () => legal && act(action),
      },
      action,
    );
  });
  return element('span', { class: 'dd-acts' }, ...all);
}

function processRow(node: ProcessNode, depth: number): readonly HTMLElement[] {
  const first = node.insidePid === 1;
  const circle = element(
    'span',
    { class: first ? 'pid first' : 'pid', 'aria-hidden': 'true' },
    node.insidePid === null ? '' : String(node.insidePid),
  );
  const command = element('code', {}, node.command);
  const host = element('span', { class: 'host-pid' }, String(node.hostPid));
  const row = element('li', { style: `--depth:${depth}`, translate: 'no' }, circle, command, host);
  return [row, ...node.children.flatMap((child) => processRow(child, depth + 1))];
}

/** Whose number is whose. */
function heads(): HTMLElement {
  const words = processesWords[languageOf(document.documentElement.lang)];
  return element(
    'li',
    { class: 'heads', style: '--depth:0' },
    element('span', {}, words.inside),
    element('span', {}),
    element('span', {}, words.onHost),
  );
}

export interface Surrounding {
  readonly act: (action: Action) => void;
  /** What stands over and under the tree. */
  readonly above: readonly HTMLElement[];
  readonly below: readonly HTMLElement[];
}

export function drawContainer(view: ContainerView, { act, above, below }: Surrounding): HTMLElement {
  const head = element(
    'div',
    { class: 'head' },
    element('b', { translate: 'no' }, view.name),
    element('span', { class: 'dd-subject' }, view.image),
    state(view),
    buttons(view, act),
  );
  const tree = view.tree.flatMap((node) => processRow(node, 0));
  const inside = element('ul', { class: 'tree' }, heads(), ...tree);
  return element(
    'section',
    { class: 'container', 'aria-label': view.name },
    head,
    rail(view),
    ...(tree.length > 0 ? [...above, inside] : []),
    ...below,
  );
}
