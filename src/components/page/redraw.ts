/** Draws a part anew without taking anything out of a reader's hand: the focus stays where it was, what was opened stays open. */

/** Elements with a `data-key` are the same before and after. */
export function redraw(target: Element | null, ...children: readonly (Node | string)[]): void {
  if (!target) return;
  const active = document.activeElement;
  const key = active && target.contains(active) ? active.closest('[data-key]')?.getAttribute('data-key') : null;
  const open = new Set([...target.querySelectorAll('details[open][data-key]')].map((details) => details.getAttribute('data-key')));
  const scrolled = new Map([...target.querySelectorAll('[data-scroll]')].map((part) => [part.getAttribute('data-scroll'), part.scrollTop]));
  target.replaceChildren(...children);
  for (const details of target.querySelectorAll('details[data-key]'))
    if (open.has(details.getAttribute('data-key'))) details.setAttribute('open', '');
  // Setting what it is already would have the browser lay out the page at once, and not with the next frame.
  for (const part of target.querySelectorAll('[data-scroll]')) {
    const top = scrolled.get(part.getAttribute('data-scroll')) ?? 0;
    if (top > 0) part.scrollTop = top;
  }
  if (key) target.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
