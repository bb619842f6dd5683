/** Draws steps on a spine: a disc with a check for a hit, a yellow diamond for the first miss, empty ones for what ran because of it. */
import { element, svg } from '../page/element.ts';
import { type Build, type Step, stagesOf, waveOf } from './view-model.ts';
import type { BuildCacheWords } from './words.ts';

export interface BuildScene {
  readonly build: Build;
  /** The steps in the order that is looked at: the build's, or another. */
  readonly steps: readonly Step[];
  readonly chosen: string | null;
  readonly words: BuildCacheWords;
  readonly choose: (digest: string) => void;
  readonly move: (digest: string, by: number) => void;
  readonly drop: (digest: string, onto: string) => void;
  readonly reset: () => void;
}

const FIRST_MISS = new Set(['line', 'files', 'gone']);

function node({ why }: Step, isInWave: boolean): SVGElement {
  const frame = { viewBox: '0 0 24 24', class: 'node', 'aria-hidden': 'true' };
  if (isInWave) return svg('svg', frame, svg('path', { d: 'M12 3l9 9-9 9-9-9z', class: 'again' }));
  if (why === 'hit')
    return svg(
      'svg',
      frame,
      svg('circle', { cx: '12', cy: '12', r: '7', class: 'hit' }),
      svg('path', { d: 'M8.5 12.3l2.3 2.3 4.5-5', class: 'check' }),
    );
  if (why === 'failed') return svg('svg', frame, svg('path', { d: 'M6 6l12 12M18 6L6 18', class: 'cross' }));
  if (FIRST_MISS.has(why))
    return svg(
      'svg',
      frame,
      svg('path', { d: 'M12 2l10 10-10 10L2 12z', class: 'miss' }),
      svg('path', { d: 'M12 7v6M12 15.5v2', class: 'mark' }),
    );
  return svg('svg', frame, svg('path', { d: 'M12 4l8 8-8 8-8-8z', class: 'ran' }));
}

function mover({ digest, instruction }: Step, { words, move }: BuildScene): HTMLElement {
  const button = (label: string, by: number, sign: string): HTMLElement =>
    element(
      'button',
      {
        type: 'button',
        class: 'dd-btn small',
        'data-key': `move:${by}:${digest}`,
        'aria-label': `${label}: ${instruction}`,
        title: label,
        click: () => move(digest, by),
      },
      sign,
    );
  return element('span', { class: 'move' }, button(words.up, -1, '↑'), button(words.down, 1, '↓'));
}

function stepRow(step: Step, scene: BuildScene, wave: ReadonlySet<string>): HTMLElement {
  const { words, chosen, choose, drop } = scene;
  const isChosen = chosen === step.digest;
  const isInWave = wave.has(step.digest);
  const canMove = !step.instruction.startsWith('FROM ');
  const why = words.why[step.why];
  return element(
    'li',
    {
      class: `${isInWave ? 'wave' : step.why} ${isChosen ? 'chosen' : ''}`,
      draggable: String(canMove),
      dragstart: (event) => (event as DragEvent).dataTransfer?.setData('text/plain', step.digest),
      dragover: (event) => event.preventDefault(),
      drop: (event) => {
        event.preventDefault();
        drop((event as DragEvent).dataTransfer?.getData('text/plain') ?? '', step.digest);
      },
    },
    node(step, isInWave),
    element(
      'button',
      {
        type: 'button',
        class: 'instruction',
        'aria-pressed': String(isChosen),
        'data-key': `step:${step.digest}`,
        click: () => choose(step.digest),
      },
      element('code', { translate: 'no' }, step.instruction),
    ),
    element('span', { class: 'result', translate: 'no' }, isInWave ? words.wave : step.result),
    ...(why === '' || wave.size > 0 ? [] : [element('span', { class: 'why' }, why)]),
    ...(isChosen && canMove ? [mover(step, scene)] : []),
  );
}

export function drawBuild(scene: BuildScene): HTMLElement {
  const { build, steps, chosen, words } = scene;
  const wave = chosen === null ? new Set<string>() : waveOf(steps, chosen);
  const stages = stagesOf(build).map((stage) =>
    element(
      'section',
      { class: 'stage', 'aria-label': words.stage(stage || '1') },
      ...(stage === '' ? [] : [element('b', { class: 'dd-mono' }, stage)]),
      element('ol', { class: 'steps' }, ...steps.filter((step) => step.stage === stage).map((step) => stepRow(step, scene, wave))),
    ),
  );
  const isMoved = steps !== build.steps;
  const reset = element('button', { type: 'button', class: 'dd-btn small', 'data-key': 'reset', click: scene.reset }, words.asItWas);
  const told = chosen === null ? words.choose : `${words.again(wave.size)}${isMoved ? ` ${words.moved}` : ''}`;
  return element(
    'div',
    { class: 'build' },
    element('div', { class: 'stages' }, ...stages),
    element('p', { class: 'what-if' }, element('span', { role: 'status' }, told), ...(isMoved || chosen !== null ? [reset] : [])),
  );
}
