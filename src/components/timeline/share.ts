/** Sessions out of the page and into it: a link, a file, a reproduction; and the question before anything that was brought is run. */
import {
  commandsOf,
  FILE_LIMITS,
  fromLink,
  JournalError,
  type JournalFault,
  type JournalFile,
  pack,
  unpack,
} from '../../lab/journal-file.ts';
import type { Lab } from '../../lab/lab.ts';
import { element } from '../page/element.ts';
import { type TimelineWord, timelineWord } from './words.ts';

const FAULTS: Readonly<Record<JournalFault, TimelineWord>> = {
  'too-big': 'tooBig',
  'too-long': 'tooMuch',
  newer: 'newer',
  'not-a-journal': 'notAJournal',
};
const MOST_LISTED = 200;

function download(content: Uint8Array | string, name: string): void {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Puts a link to the session into the clipboard; resolves to what is said about it. */
export async function copyLink(lab: Lab): Promise<string> {
  const { content, isWhole } = await lab.export('link');
  if (typeof content !== 'string') return timelineWord('tooLong');
  const address = `${location.origin}${location.pathname}#lab=${content}`;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    return `${timelineWord('byHand')} ${address}`;
  }
  return timelineWord(isWhole ? 'copied' : 'partly');
}

const nameOf = (lab: Lab): string => lab.name.replaceAll(/^\/|\/$/g, '').replaceAll('/', '-') || 'lab';

export async function saveFile(lab: Lab): Promise<void> {
  const { content } = await lab.export('file');
  if (content) download(content, `${nameOf(lab)}.drydock`);
}

export async function saveReproduction(lab: Lab): Promise<void> {
  const { content } = await lab.export('console');
  if (content) download(content, `${nameOf(lab)}.console`);
}

const listed = (word: TimelineWord, lines: readonly string[]): readonly HTMLElement[] =>
  lines.length === 0
    ? []
    : [
        element('h3', {}, timelineWord(word)),
        element(
          'ol',
          { translate: 'no', tabindex: '0', 'aria-label': timelineWord(word) },
          ...lines.slice(0, MOST_LISTED).map((line) => element('li', {}, element('code', {}, line))),
        ),
        ...(lines.length > MOST_LISTED ? [element('p', {}, `+ ${lines.length - MOST_LISTED}`)] : []),
      ];

function show(children: readonly (Node | string)[], actions: readonly HTMLElement[]): HTMLDialogElement {
  const title = element('h2', { id: 'dd-agree' }, timelineWord('agreeTitle'));
  const dialog = document.createElement('dialog');
  dialog.className = 'dd-agree not-content';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.append(title, ...children, element('p', { class: 'acts' }, ...actions));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before it is run; shows what it would do, in its inputs' own words. */
function ask(file: JournalFile): Promise<boolean> {
  return new Promise((resolve) => {
    const { images = [], files = [], engineVersion } = file.spec;
    const run = element('button', { type: 'button', class: 'dd-btn go', click: () => dialog.close('run') }, timelineWord('runIt'));
    const cancel = element(
      'button',
      { type: 'button', class: 'dd-btn', click: () => dialog.close(), autofocus: true },
      timelineWord('cancel'),
    );
    const dialog = show(
      [
        element('p', {}, timelineWord('agree')),
        ...listed('commands', commandsOf(file)),
        ...listed('images', images),
        ...listed(
          'files',
          files.map(({ path }) => path),
        ),
        element('p', { class: 'quiet' }, `${timelineWord('version')} ${engineVersion}`),
      ],
      [run, cancel],
    );
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'run'));
  });
}

async function bring(lab: Lab, read: () => JournalFile, isLink: boolean): Promise<void> {
  try {
    const file = read();
    if (await ask(file)) lab.visit({ packed: pack(file), isLink });
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const close = element('button', { type: 'button', class: 'dd-btn', click: () => dialog.close() }, 'OK');
    const dialog = show([element('p', { title: error.message }, timelineWord(FAULTS[error.fault]))], [close]);
  }
}

/** The page was opened by a link with a session in it. The address is the page's own again, whatever the reader answers. */
export async function bringLink(lab: Lab, text: string): Promise<void> {
  history.replaceState(null, '', location.pathname + location.search);
  await bring(lab, () => fromLink(text), true);
}

export async function bringFile(lab: Lab, file: File): Promise<void> {
  const tooBig = file.size > FILE_LIMITS.packedBytes;
  const bytes = tooBig ? new Uint8Array(FILE_LIMITS.packedBytes + 1) : new Uint8Array(await file.arrayBuffer());
  await bring(lab, () => unpack(bytes, FILE_LIMITS), false);
}
