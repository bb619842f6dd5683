/** Makes an element of the page. Text is always text: nothing that a machine printed becomes markup. */
type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

const SVG = 'http://www.w3.org/2000/svg';

function fill<E extends Element>(made: E, attributes: Attributes, children: readonly (Node | string)[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export const element = (name: string, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElement =>
  fill(document.createElement(name), attributes, children);

export const svg = (name: string, attributes: Attributes = {}, ...children: readonly (Node | string)[]): SVGElement =>
  fill(document.createElementNS(SVG, name), attributes, children);
