/** A line of the screen as elements: styled text, wide characters two columns wide, and links. */
import type { Run } from './screen.ts';

const LINK = /https?:\/\/[^\s"'<>()[\]{}`]*[^\s"'<>()[\]{}`.,;:!?]/g;
/** A page of a published port is opened in the machine's own browser. */
const OWN_HOST = /^https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::(\d+))?(?:\/|$)/;

function span(text: string, { classes, style, wide }: Run): HTMLElement | Text {
  if (classes === '' && style === '' && !wide) return document.createTextNode(text);
  const element = document.createElement('span');
  element.className = `${classes}${wide ? ' w' : ''}`.trim();
  if (style !== '') element.style.cssText = style;
  element.textContent = text;
  return element;
}

function link(address: string): HTMLAnchorElement {
  const made = document.createElement('a');
  made.href = address;
  made.textContent = address;
  const port = OWN_HOST.exec(address);
  if (port) made.dataset.port = port[1] ?? '80';
  made.target = '_blank';
  made.rel = 'noreferrer noopener';
  return made;
}

/** The pieces of a run: its links are links. */
function pieces(run: Run): (HTMLElement | Text)[] {
  const made: (HTMLElement | Text)[] = [];
  let at = 0;
  for (const { 0: address, index } of run.text.matchAll(LINK)) {
    if (index > at) made.push(span(run.text.slice(at, index), run));
    made.push(link(address));
    at = index + address.length;
  }
  if (at < run.text.length) made.push(span(run.text.slice(at), run));
  return made;
}

export const paint = (runs: readonly Run[]): readonly (HTMLElement | Text)[] => runs.flatMap(pieces);

/** The first sign of a prompt's line stands out. */
export function signPrompt(line: HTMLElement): void {
  const first = line.firstChild;
  if (!(first instanceof Text) || first.data === '') return;
  first.splitText(1);
  const sign = document.createElement('span');
  sign.className = 'ps';
  sign.textContent = first.data;
  first.replaceWith(sign);
}

export function cursorAt(column: number): HTMLElement {
  const cursor = document.createElement('i');
  cursor.className = 'cursor';
  cursor.style.insetInlineStart = `${column}ch`;
  cursor.setAttribute('aria-hidden', 'true');
  return cursor;
}

/** Columns of a text, roughly: Hangul and its like take two. */
export const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, sign) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(sign) ? 2 : 1),
    0,
  );
