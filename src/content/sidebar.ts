/** The book's parts and lessons in order, for the sidebar, page titles and the first page. A lesson that is not finished is not listed. */
export interface Lesson {
  readonly number: number;
  readonly slug: string;
  readonly part: 'start' | 'containers';
  readonly minutes: number;
}

/** How many lessons the whole book has. */
export const lessonTotal = 28;

export const lessons: readonly Lesson[] = [
  { number: 4, slug: 'engine', part: 'start', minutes: 12 },
  { number: 5, slug: 'lifecycle', part: 'containers', minutes: 12 },
];

export const lessonBySlug = (slug: string): Lesson | undefined => lessons.find((lesson) => lesson.slug === slug);

/** The parts of the book; `label` is English, `ko` Korean. */
export const parts = [
  { id: 'start', label: 'I Start', ko: 'I 시작하기' },
  { id: 'containers', label: 'II Containers', ko: 'II 컨테이너' },
] as const;

/** Starlight's sidebar. A lesson's number is drawn from its attribute. */
export const sidebar = [
  ...parts.map(({ id, label, ko }) => ({
    label,
    translations: { ko },
    items: lessons.filter((lesson) => lesson.part === id).map(({ slug, number }) => ({ slug, attrs: { 'data-number': String(number) } })),
  })),
  { label: 'About', translations: { ko: '이 책' }, items: [{ slug: 'fidelity' }] },
];
