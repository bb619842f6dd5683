/** Draws what stands under a container's tree: its namespaces, its meters, signals to send. */
import type { DrydockProcess } from '../../engine/api-types/index.ts';
import { element } from '../page/element.ts';
import { type Meter, type NamespaceRow, type Sender, SIGNALS } from './inside.ts';
import { processesWords } from './words.ts';

type Language = 'en' | 'ko';

const sharingText = ({ sharing }: NamespaceRow, language: Language): string => {
  const words = processesWords[language];
  if (sharing === 'own') return words.own;
  return sharing === 'host' ? words.withHost : words.with(sharing.join(', '));
};

export const namespaceList = (rows: readonly NamespaceRow[], language: Language): HTMLElement =>
  element(
    'dl',
    { class: 'namespaces', 'aria-label': processesWords[language].namespaces },
    ...rows.map((row) =>
      element(
        'div',
        { class: row.sharing === 'own' ? 'own' : 'shared' },
        element('dt', { translate: 'no' }, row.kind),
        element('dd', {}, element('code', {}, String(row.inode)), element('span', {}, sharingText(row, language))),
      ),
    ),
  );

const program = (command: string): string => (command.split(' ')[0] ?? '').split('/').at(-1) ?? '';

/** The line of processes on the host that leads to a container's first. */
export const starterLine = (starters: readonly DrydockProcess[], language: Language): HTMLElement =>
  element(
    'ol',
    { class: 'starters', 'aria-label': processesWords[language].starters, translate: 'no' },
    ...starters.map(({ Pid, Command }) =>
      element('li', {}, element('code', {}, program(Command)), element('span', { class: 'host-pid' }, String(Pid))),
    ),
  );

export const meterList = (meters: readonly Meter[], language: Language): HTMLElement =>
  element(
    'dl',
    { class: 'meters', 'aria-label': processesWords[language].use },
    ...meters.flatMap(({ name, text, percent }) => [
      element('dt', { translate: 'no' }, name),
      element(
        'dd',
        {},
        element('i', { class: percent !== null && percent > 90 ? 'full' : '', style: `--share:${percent ?? 0}%`, 'aria-hidden': 'true' }),
        element('span', { class: 'figure' }, text),
      ),
    ]),
  );

export interface SignalHands {
  readonly id: string;
  /** What became of the last one. */
  readonly told: { readonly from: Sender; readonly text: string; readonly isNew: boolean } | null;
  readonly send: (signal: string, from: Sender) => void;
}

/** Rows of buttons on both sides of the wall; the last signal's way and what it did. */
export function signalRow({ id, told, send }: SignalHands, language: Language): HTMLElement {
  const words = processesWords[language];
  const side = (from: Sender, label: string): HTMLElement =>
    element(
      'div',
      { class: 'sender', role: 'group', 'aria-label': label },
      element('span', { class: 'label' }, label),
      ...SIGNALS.map((signal) =>
        element(
          'button',
          { type: 'button', class: 'dd-btn small', 'data-key': `${id}:${from}:${signal}`, click: () => send(signal, from) },
          signal.slice(3),
        ),
      ),
    );
  const flight = told
    ? [
        element(
          'p',
          { class: `told ${told.from}${told.isNew ? ' flies' : ''}`, role: 'status' },
          element('span', { class: 'packet', 'aria-hidden': 'true' }),
          told.text,
        ),
      ]
    : [];
  return element('div', { class: 'signals' }, side('inside', words.fromInside), side('host', words.fromHost), ...flight);
}
