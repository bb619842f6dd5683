import { describe, expect, it } from 'vitest';
import { type First, firstIn, nameOf } from '../../src/lab/first.ts';

describe("a worker's name", () => {
  it('tells what machine will be wanted', () => {
    const first: First = { start: 'images', images: ['nginx', 'alpine:3.22'], catalogue: 'https://drydock.example/book/catalogue/' };
    expect(firstIn(nameOf(first))).toEqual(first);
  });

  it.each(['', 'worlds'])('tells of none: %j', (name) => {
    expect(firstIn(name)).toBeNull();
  });
});
