/** Two worlds are fetched with the first press of their buttons: a page brings nothing of them before. */
for (const host of document.querySelectorAll('drydock-worlds')) {
  const begin = async (event: Event): Promise<void> => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-next], [data-all]') : null;
    if (!button) return;
    host.removeEventListener('click', begin);
    await import('./worlds-element.ts');
    button.click();
  };
  host.addEventListener('click', begin);
}
