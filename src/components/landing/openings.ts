/** The first page's suggestions: a press types the line into the terminal. */
for (const button of document.querySelectorAll<HTMLButtonElement>('.landing [data-type]')) {
  button.addEventListener('click', () => {
    const terminal = document.querySelector('.landing drydock-terminal');
    terminal?.dispatchEvent(new CustomEvent('drydock-type', { detail: button.dataset.type }));
  });
}
