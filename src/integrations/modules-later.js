// Asks for a page's modules once it has been painted. What a hand asks of a part before its code is there is kept, and asked again then.
{
  const kept = new Map();
  const keep = (event) => {
    const part = event.target.closest(':not(:defined)');
    if (!part || (event.type === 'click' && !event.target.closest('button, [data-terminal]'))) return;
    event.preventDefault();
    kept.set(part, event);
  };
  const names = ['click', 'submit'];
  for (const name of names) addEventListener(name, keep, true);
  const again = () => {
    for (const name of names) removeEventListener(name, keep, true);
    for (const [part, { type, target, submitter }] of kept)
      if (!part.matches(':defined')) continue;
      else if (type === 'submit') target.requestSubmit(submitter);
      else target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  };
  requestAnimationFrame(() => setTimeout(() => Promise.allSettled([__MODULES__]).then(again)));
}
