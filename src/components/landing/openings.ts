/** The first page's suggestions: a press types the line into the terminal. */
const group = document.querySelector<HTMLElement>('.landing [data-openings]');
if (group) group.hidden = false;
for (const button of document.querySelectorAll<HTMLButtonElement>('.landing [data-type]')) {
  button.addEventListener('click', () => {
    const terminal = document.querySelector('.landing drydock-terminal');
    terminal?.dispatchEvent(new CustomEvent('drydock-type', { detail: button.dataset.type }));
  });
}
