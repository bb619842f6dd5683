/** The book's parts and lessons in order, for the sidebar, page titles and the first page. */
export interface Lesson {
  readonly number: number;
  readonly slug: string;
  readonly part: 'start' | 'containers' | 'images' | 'build' | 'storage' | 'network' | 'together';
  readonly minutes: number;
}

export const lessons: readonly Lesson[] = [
  { number: 1, slug: 'why', part: 'start', minutes: 10 },
  { number: 2, slug: 'first', part: 'start', minutes: 10 },
  { number: 3, slug: 'vm', part: 'start', minutes: 11 },
  { number: 4, slug: 'engine', part: 'start', minutes: 12 },
  { number: 5, slug: 'lifecycle', part: 'containers', minutes: 12 },
  { number: 6, slug: 'background', part: 'containers', minutes: 12 },
  { number: 7, slug: 'isolation', part: 'containers', minutes: 12 },
  { number: 8, slug: 'pid1', part: 'containers', minutes: 13 },
  { number: 9, slug: 'limits', part: 'containers', minutes: 12 },
  { number: 10, slug: 'own', part: 'containers', minutes: 11 },
  { number: 11, slug: 'image', part: 'images', minutes: 12 },
  { number: 12, slug: 'layers', part: 'images', minutes: 13 },
  { number: 13, slug: 'sizes', part: 'images', minutes: 12 },
  { number: 14, slug: 'registries', part: 'images', minutes: 13 },
  { number: 15, slug: 'dockerfile', part: 'build', minutes: 12 },
  { number: 16, slug: 'start', part: 'build', minutes: 13 },
  { number: 17, slug: 'cache', part: 'build', minutes: 11 },
  { number: 18, slug: 'slim', part: 'build', minutes: 14 },
  { number: 19, slug: 'volumes', part: 'storage', minutes: 12 },
  { number: 20, slug: 'mounts', part: 'storage', minutes: 13 },
  { number: 21, slug: 'share', part: 'storage', minutes: 12 },
  { number: 22, slug: 'bridge', part: 'network', minutes: 13 },
  { number: 23, slug: 'publish', part: 'network', minutes: 13 },
  { number: 24, slug: 'names', part: 'network', minutes: 11 },
  { number: 25, slug: 'drivers', part: 'network', minutes: 12 },
  { number: 26, slug: 'compose', part: 'together', minutes: 14 },
  { number: 27, slug: 'scale', part: 'together', minutes: 13 },
  { number: 28, slug: 'swarm', part: 'together', minutes: 14 },
];

export const lessonTotal = lessons.length;

export const lessonBySlug = (slug: string): Lesson | undefined => lessons.find((lesson) => lesson.slug === slug);

/** The parts of the book; `label` is English, `ko` Korean. */
export const parts = [
  { id: 'start', label: 'I Start', ko: 'I 시작하기' },
  { id: 'containers', label: 'II Containers', ko: 'II 컨테이너' },
  { id: 'images', label: 'III Images', ko: 'III 이미지' },
  { id: 'build', label: 'IV Build', ko: 'IV 빌드' },
  { id: 'storage', label: 'V Storage', ko: 'V 저장소' },
  { id: 'network', label: 'VI Network', ko: 'VI 네트워크' },
  { id: 'together', label: 'VII Together', ko: 'VII 함께' },
] as const;

/** Starlight's sidebar. A lesson's number is drawn from its attribute. */
export const sidebar = [
  ...parts.map(({ id, label, ko }) => ({
    label,
    translations: { ko },
    items: lessons.filter((lesson) => lesson.part === id).map(({ slug, number }) => ({ slug, attrs: { 'data-number': String(number) } })),
  })),
  { label: 'About', translations: { ko: '이 책' }, items: [{ slug: 'lab' }, { slug: 'fidelity' }, { slug: 'embed' }] },
];
