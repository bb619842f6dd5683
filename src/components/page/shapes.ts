/** A picture that is plain data as elements of the page. */
import type { Shape } from '../section/shape.ts';
import { svg } from './element.ts';

export const shapeElement = ({ tag, attributes, children }: Shape): SVGElement =>
  svg(
    tag,
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])),
    ...children.map((child) => (typeof child === 'string' ? child : shapeElement(child))),
  );
