/** What was opened by a hand is closed by Escape, or by a press beside it, as a browser's own popovers are. */

/** Closes a menu; its own button has the focus again. */
export function closeMenu(menu: Element): boolean {
  if (!menu.hasAttribute('open')) return false;
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
  return true;
}

/** Calls `close` when Escape is pressed inside; it says whether something was open. What an input method or a program takes is theirs. */
export function closeByEscape(inside: HTMLElement, close: () => boolean): void {
  inside.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (close()) event.preventDefault();
  });
}

/** A press beside an open menu closes it, and does what it does there. */
export function closeBeside(menu: Element): void {
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.removeAttribute('open');
  });
}
