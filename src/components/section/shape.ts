/** A picture as plain data: the build writes it as markup, a page makes elements of it, a test looks at it. */
export interface Shape {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

export const shape = (tag: string, attributes: Shape['attributes'] = {}, ...children: readonly (Shape | string)[]): Shape => ({
  tag,
  attributes,
  children,
});

export const text = (x: number, y: number, words: string, more: { readonly class?: string; readonly anchor?: string } = {}): Shape =>
  shape('text', { x, y, class: more.class ?? '', 'text-anchor': more.anchor ?? 'start' }, words);

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const box = ({ x, y, width, height }: Box, className: string): Shape =>
  shape('rect', { x, y, width: Math.max(0, width), height, class: className });

/** As much of the words as fits, at that width of a character. */
export function shorten(words: string, widthPx: number, characterPx = 7.1): string {
  const room = Math.max(1, Math.floor(widthPx / characterPx));
  return words.length > room ? `${words.slice(0, Math.max(1, room - 1))}…` : words;
}

const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** As markup, for the built page. */
export function markup({ tag, attributes, children }: Shape): string {
  const listed = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${tag}${listed.join('')}>${children.map((child) => (typeof child === 'string' ? escaped(child) : markup(child))).join('')}</${tag}>`;
}
