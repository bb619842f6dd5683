/** How two worlds differ, as a table: what one has and the other has not, or has otherwise. */
import type { Difference } from '../../lab/lab.ts';
import { element } from '../page/element.ts';
import { languageOf } from '../page/words.ts';
import { foldDifferences } from './folded.ts';
import { filesWord, kindWord, timelineWord } from './words.ts';

const cell = (is: string | null, column: string): HTMLElement =>
  is === null
    ? element('td', { class: 'missing', 'data-label': column }, timelineWord('missing'))
    : element('td', { translate: 'no', 'data-label': column }, is);

export function differenceTable(differences: readonly Difference[], columns: readonly [string, string]): HTMLElement {
  if (differences.length === 0) return element('p', { class: 'quiet' }, timelineWord('alike'));
  const language = languageOf(document.documentElement.lang);
  const head = element('tr', {}, ...[timelineWord('thing'), ...columns].map((text) => element('th', { scope: 'col' }, text)));
  const rows = foldDifferences(differences, filesWord).map(({ kind, name, here, there }) => {
    const thing = element('th', { scope: 'row' }, `${kindWord(kind, language)} `, element('code', { translate: 'no' }, name));
    return element(
      'tr',
      { class: here === null ? 'added' : there === null ? 'gone' : 'changed' },
      thing,
      cell(here, columns[0]),
      cell(there, columns[1]),
    );
  });
  return element(
    'div',
    { class: 'differences', role: 'region', tabindex: '0', 'aria-label': `${timelineWord('compare')}: ${columns.join(' / ')}` },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}
