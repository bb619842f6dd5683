/** The book's parts and lessons in order, for the sidebar and the landing page. A lesson that is not finished is not listed. */
export interface Lesson {
  readonly number: number;
  readonly slug: string;
  readonly part: 'start' | 'containers';
  readonly minutes: number;
}

export const lessons: readonly Lesson[] = [
  { number: 4, slug: 'engine', part: 'start', minutes: 12 },
  { number: 5, slug: 'lifecycle', part: 'containers', minutes: 12 },
];

const parts = [
  { id: 'start', label: 'I Start', ko: 'I 시작하기' },
  { id: 'containers', label: 'II Containers', ko: 'II 컨테이너' },
] as const;

export const sidebar = [
  ...parts.map(({ id, label, ko }) => ({
    label,
    translations: { ko },
    items: lessons.filter((lesson) => lesson.part === id).map((lesson) => ({ slug: lesson.slug })),
  })),
  { label: 'About', translations: { ko: '이 책' }, items: [{ slug: 'fidelity' }] },
];
