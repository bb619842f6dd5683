/** Tells the page around the frame how high this one is, whenever that changes. */
if (parent !== window) {
  const tell = (): void => parent.postMessage({ drydock: 'height', height: document.documentElement.getBoundingClientRect().height }, '*');
  new ResizeObserver(tell).observe(document.documentElement);
}
