/** The picture that others show of a page. */
import titles from '../../content/cards/cards.json' with { type: 'json' };
import { plainSlug } from './ways.ts';

const DRAWN: Readonly<Record<string, string | undefined>> = titles;

/**
 * The page's own card below `cards/`, or its language's first page's if none was drawn for its present title.
 * `id` is Starlight's: `layers`, `ko/layers`, `ko`, or empty for the first page.
 */
export function cardOf(id: string, title: string): string {
  const folder = /^ko(\/|$)/.test(id) ? 'ko/' : '';
  const name = `${folder}${plainSlug(id) || 'index'}`;
  return DRAWN[name] === title ? `${name}.png` : `${folder}index.png`;
}
