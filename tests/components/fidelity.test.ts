import { expect, it } from 'vitest';
import { areaRows, total } from '../../src/components/fidelity/view-model.ts';
import { lessonMeta } from '../../src/components/site/lesson-meta.ts';

const fidelity = {
  docker: '29.7.2',
  areas: [
    { area: 'logs', steps: 3, equal: 2, differences: [] },
    { area: 'exec', steps: 200, equal: 199 },
  ],
};

it('says a hundred percent only of all', () => {
  expect(areaRows(fidelity).map(({ area, percent }) => [area, percent])).toEqual([
    ['exec', 99],
    ['logs', 66],
  ]);
  expect(total(fidelity)).toMatchObject({ steps: 203, equal: 201, percent: 99 });
});

it('claims nothing before anything was measured', () => {
  expect(total({ docker: '29.7.2', areas: [] })).toBeNull();
});

it('places a lesson in the book', () => {
  expect(lessonMeta({ number: 5, minutes: 12, total: 28, language: 'en' })).toEqual(['Lesson 5 of 28', '12 minutes']);
  expect(lessonMeta({ number: 5, minutes: 12, total: 28, language: 'ko' })).toEqual(['레슨 5/28', '12분']);
});
