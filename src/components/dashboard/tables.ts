/** Draws a view of the dashboard: a table of Docker's columns; on a narrow page each row is a block of its own. */
import { element } from '../page/element.ts';
import { stateShape } from '../processes/draw.ts';
import { type Act, COLUMNS, type Row, type View } from './view-model.ts';
import type { DashboardWords } from './words.ts';

export interface TableHands {
  act(row: Row, act: Act): void;
  open(row: Row): void;
  run(row: Row): void;
}

interface Table {
  readonly view: View;
  readonly rows: readonly Row[];
  readonly opened: string | null;
  readonly words: DashboardWords;
  readonly hands: TableHands;
  /** What stands under the opened row. */
  readonly detail: HTMLElement | null;
}

function title({ view, words, hands, opened }: Table, row: Row): HTMLElement {
  const below = row.below === '' ? [] : [element('span', { class: 'dd-subject' }, row.below)];
  if (view !== 'containers') return element('th', { scope: 'row' }, element('span', { translate: 'no' }, row.title), ...below);
  const isOpen = opened === row.key;
  const look = element(
    'button',
    {
      ...{ type: 'button', class: 'dd-look', 'data-key': `look:${row.key}`, 'aria-expanded': String(isOpen), title: words.open(row.title) },
      click: () => hands.open(row),
    },
    row.title,
  );
  return element('th', { scope: 'row', translate: 'no' }, look, ...below);
}

const cell = (row: Row, text: string, index: number, label: string): HTMLElement =>
  element(
    'td',
    { 'data-label': label, translate: 'no', class: text === '' ? 'nothing' : '' },
    ...(row.shape !== null && index === 0
      ? [element('span', { class: 'dd-state', 'data-state': row.shape }, stateShape(row.shape), text)]
      : [text]),
  );

function buttons({ view, words, hands }: Table, row: Row): HTMLElement {
  const button = (verb: string, click: () => void): HTMLElement =>
    element(
      'button',
      { type: 'button', class: 'dd-btn small', 'data-key': `${verb}:${row.key}`, 'aria-label': words.actionOn(verb, row.title), click },
      verb,
    );
  const run = view === 'images' ? [button(words.run, () => hands.run(row))] : [];
  return element('td', { class: 'acts' }, ...run, ...row.acts.map((act) => button(act.verb, () => hands.act(row, act))));
}

/** `<table>` with a row for each thing. */
export function drawTable(table: Table): HTMLElement {
  const { view, rows, opened, words, detail } = table;
  if (rows.length === 0) return element('p', { class: 'dd-quiet' }, words.none[view]);
  const columns = COLUMNS[view];
  const head = element(
    'tr',
    {},
    ...columns.map((column) => element('th', { scope: 'col', translate: 'no' }, column)),
    element('th', { scope: 'col' }, element('span', { class: 'dd-visually-hidden' }, words.actions)),
  );
  const body = rows.flatMap((row) => {
    const line = element(
      'tr',
      { class: opened === row.key ? 'opened' : '' },
      title(table, row),
      ...columns.slice(1).map((column, index) => cell(row, row.cells[index] ?? '', index, column)),
      buttons(table, row),
    );
    const under =
      opened === row.key && detail
        ? [element('tr', { class: 'under' }, element('td', { colspan: String(columns.length + 1) }, detail))]
        : [];
    return [line, ...under];
  });
  return element('table', { class: 'dd-table dashboard-table' }, element('thead', {}, head), element('tbody', {}, ...body));
}
