/** The links at the head of every page, and how a page's address is made. */
import { lessons } from '../../content/sidebar.ts';
import type { Language, Word } from '../page/words.ts';

export interface Way {
  readonly name: Word;
  readonly slug: string;
  /** The page that is open belongs to it. */
  readonly current: boolean;
  /** Only shown where there is room; the sidebar has it too. */
  readonly wide: boolean;
}

/** The site's root, with a slash at its end. */
export const base = import.meta.env.BASE_URL.replace(/\/?$/, '/');

/** The address of a page in a language; the first page has no slug. */
export const address = (slug: string, language: Language): string =>
  `${base}${language === 'ko' ? 'ko/' : ''}${slug === '' ? '' : `${slug}/`}`;

/** A page's slug without its language. */
export const plainSlug = (slug: string): string => slug.replace(/^ko(\/|$)/, '').replace(/^index$/, '');

export function ways(here: string): readonly Way[] {
  const slug = plainSlug(here);
  return [
    { name: 'lessons', slug: lessons[0]?.slug ?? '', current: lessons.some((lesson) => lesson.slug === slug), wide: false },
    { name: 'lab', slug: 'lab', current: slug === 'lab', wide: true },
    { name: 'fidelity', slug: 'fidelity', current: slug === 'fidelity', wide: true },
  ];
}
