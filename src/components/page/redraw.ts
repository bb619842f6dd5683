/**
 * Draws a part anew without taking anything out of a reader's hand: the focus stays where it was, with what was typed there; what was
 * opened stays open; and while something in it is pressed, or a syllable composed, the drawing waits.
 */
type Content = readonly (Node | string)[];

/** What is pressed or composed just now. */
let held: Node | null = null;
let isWatching = false;
const late = new Map<Element, Content>();

function letGo(): void {
  held = null;
  const waiting = [...late];
  late.clear();
  for (const [target, children] of waiting) put(target, children);
}

function watchHand(): void {
  isWatching = true;
  const hold = ({ target }: Event): void => {
    if (target instanceof Node) held = target;
  };
  const clicked = (): void => {
    held = null;
  };
  // After the click that a press ends in.
  const soonFree = (): void => void setTimeout(letGo);
  for (const name of ['pointerdown', 'compositionstart']) document.addEventListener(name, hold, true);
  for (const name of ['pointerup', 'pointercancel', 'dragend', 'compositionend']) document.addEventListener(name, soonFree, true);
  // The press has ended in a click: what that draws is drawn at once, and may be focused.
  document.addEventListener('click', clicked, true);
  // A press may end where nobody is told of it, as in a list of the system's.
  document.addEventListener('pointermove', ({ buttons }) => held && buttons === 0 && soonFree(), { capture: true, passive: true });
}

/** Elements with a `data-key` are the same before and after. */
export function redraw(target: Element | null, ...children: Content): void {
  if (!target) return;
  if (!isWatching) watchHand();
  if (held && target.contains(held)) return void late.set(target, children);
  late.delete(target);
  put(target, children);
}

/** Focuses what stands for what was focused; a field has the text and the cursor that it had. */
function keepFocus(target: Element, active: Element, key: string | null | undefined): void {
  const again = active.isConnected ? active : key ? target.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  if (!(again instanceof HTMLElement)) return;
  again.focus({ preventScroll: true });
  if (again === active || !(active instanceof HTMLInputElement && again instanceof HTMLInputElement)) return;
  again.value = active.value;
  if (active.selectionStart !== null) again.setSelectionRange(active.selectionStart, active.selectionEnd);
}

function put(target: Element, children: Content): void {
  const active = document.activeElement && target.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.closest('[data-key]')?.getAttribute('data-key');
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
  if (active) keepFocus(target, active, key);
}
