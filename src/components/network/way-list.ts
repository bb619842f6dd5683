/** Draws a way as a ladder: each step, what the packet says there, the rule in full where one stopped it. */
import { element } from '../page/element.ts';
import type { Step, Way } from './ways.ts';
import type { NetworkWords } from './words.ts';

function says({ says: text, rewritten }: Step): readonly HTMLElement[] {
  if (text === '') return [];
  const [source = '', destination = ''] = text.split(' → ');
  const end = (words: string, isNew: boolean): HTMLElement => element(isNew ? 'mark' : 'span', {}, words);
  return [element('span', { class: 'says' }, end(source, rewritten === 'source'), ' → ', end(destination, rewritten === 'destination'))];
}

/** The command that a rule was made by; undefined if it is not known. */
export type MadeBy = (span: number) => string | undefined;

const madeBy = (one: Step, by: MadeBy, words: NetworkWords): readonly HTMLElement[] => {
  const command = one.rule === '' ? undefined : by(one.span);
  return command === undefined ? [] : [element('span', { class: 'by', translate: 'no' }, words.madeBy(command))];
};

const step = (one: Step, index: number, { stoppedAt, by, words }: { stoppedAt: number; by: MadeBy; words: NetworkWords }): HTMLElement =>
  element(
    'li',
    { class: `${one.isBad ? 'bad' : ''}${stoppedAt > 0 && index + 1 > stoppedAt ? ' beyond' : ''}` },
    element('span', { class: 'number', 'aria-hidden': 'true' }, one.isBad ? '✕' : String(index + 1)),
    element('span', { class: 'what' }, one.text),
    ...says(one),
    ...(one.rule === '' ? [] : [element('code', { class: 'rule' }, one.rule)]),
    ...madeBy(one, by, words),
  );

export const drawWay = ({ steps, stoppedAt }: Way, words: NetworkWords, by: MadeBy): HTMLElement =>
  element('ol', { class: 'way-steps', translate: 'no' }, ...steps.map((one, index) => step(one, index, { stoppedAt, by, words })));

export const verdict = ({ stoppedAt, protocol }: Way, words: NetworkWords): HTMLElement =>
  element(
    'span',
    { class: `dd-chip ${stoppedAt > 0 ? 'bad' : 'good'}` },
    stoppedAt === 0 ? words.arrived : protocol === 'dns' ? words.unnamed : `✕ ${words.stopped(stoppedAt)}`,
  );

/** The last ways as buttons. */
export const drawWays = (
  ways: readonly Way[],
  { chosen, words, choose }: { readonly chosen: string | null; readonly words: NetworkWords; readonly choose: (key: string) => void },
): HTMLElement =>
  element(
    'ul',
    { class: 'ways', 'aria-label': words.ways },
    ...ways.map((way) =>
      element(
        'li',
        {},
        element(
          'button',
          {
            type: 'button',
            class: 'dd-btn small',
            'aria-pressed': String(way.key === chosen),
            'data-key': way.key,
            click: () => choose(way.key),
          },
          element('span', { translate: 'no' }, way.title),
          verdict(way, words),
        ),
      ),
    ),
  );
