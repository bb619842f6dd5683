/** Draws one container: its state, its buttons, and the tree of its processes inside the chain line. */
import { element } from '../page/element.ts';
import { shapeElement } from '../page/shapes.ts';
import { languageOf } from '../page/words.ts';
import { glyph } from './shapes.ts';
import type { Action, ContainerView, ProcessNode } from './view-model.ts';
import { processesWords } from './words.ts';

export const stateShape = (shape: string): SVGElement => shapeElement(glyph(shape));

const state = (view: ContainerView): HTMLElement =>
  element(
    'span',
    { class: 'dd-state', 'data-state': view.shape },
    stateShape(view.shape),
    view.exitCode === null ? view.state : `${view.state} (${view.exitCode})`,
  );

/** What can be done now; what cannot, is not there. */
function buttons(view: ContainerView, act: (action: Action) => void): HTMLElement {
  const legal = view.actions.map((action) =>
    element('button', { type: 'button', class: 'dd-btn small', 'data-key': `${view.id}:${action}`, click: () => act(action) }, action),
  );
  return element('span', { class: 'dd-acts' }, ...legal);
}

function processRow(node: ProcessNode, depth: number): readonly HTMLElement[] {
  const first = node.insidePid === 1;
  const circle = element('span', { class: first ? 'pid first' : 'pid' }, node.insidePid === null ? '' : String(node.insidePid));
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
  /** Shows it on the board above; null if there is no other to choose. */
  readonly choose: (() => void) | null;
  readonly isChosen: boolean;
  /** What stands over and under the tree. */
  readonly above: readonly HTMLElement[];
  readonly below: readonly HTMLElement[];
}

export function drawContainer(view: ContainerView, { act, choose, isChosen, above, below }: Surrounding): HTMLElement {
  const head = element(
    'div',
    { class: 'head' },
    choose
      ? element(
          'button',
          {
            type: 'button',
            class: 'dd-btn small name',
            translate: 'no',
            'data-key': view.id,
            'aria-pressed': String(isChosen),
            click: choose,
          },
          view.name,
        )
      : element('b', { translate: 'no' }, view.name),
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
    ...(tree.length > 0 ? [...above, inside] : []),
    ...below,
  );
}
