// Asks for a page's modules once it has been painted. What a hand asks of a part before all of them are there (they ask each other) is
// kept, and asked again then: a press, an answer, the key of the search.
{
  const kept = new Map();
  const isAsking = ({ type, target, ctrlKey, metaKey, key }) =>
    type === 'keydown' ? (ctrlKey || metaKey) && key.toLowerCase() === 'k' : type === 'submit' || target.closest('button, [data-terminal]');
  const partOf = ({ type, target }) => {
    let part = target;
    // A line to press stands beside the terminal that it is for.
    while (part && !part.localName.startsWith('drydock-') && !part.dataset?.type) part = part.parentElement;
    return type === 'keydown' ? document.documentElement : part;
  };
  const keep = (event) => {
    const part = partOf(event);
    if (!part || !isAsking(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    kept.set(part, event);
  };
  const names = ['click', 'submit', 'keydown'];
  for (const name of names) addEventListener(name, keep, true);
  const again = () => {
    for (const name of names) removeEventListener(name, keep, true);
    for (const [part, event] of kept) {
      const { type, target, submitter } = event;
      if (type === 'submit') target.requestSubmit(submitter);
      else if (type === 'keydown') part.dispatchEvent(new KeyboardEvent(type, event));
      else target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    }
  };
  requestAnimationFrame(() => setTimeout(() => Promise.allSettled([__MODULES__]).then(again)));
}
