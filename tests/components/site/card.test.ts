/** A page shows the card of its own title, never one of another title; both languages have a general one. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cardOf } from '../../../src/components/site/card.ts';
import titles from '../../../src/content/cards/cards.json' with { type: 'json' };

const drawn = Object.entries(titles);
const folder = path.join(import.meta.dirname, '../../../public/cards');

it.each(drawn)('%s has the card that is listed', (name) => {
  expect(existsSync(path.join(folder, `${name}.png`))).toBe(true);
});

it('is the page’s own', () => {
  expect(cardOf('layers', titles.layers)).toBe('layers.png');
  expect(cardOf('ko/layers', titles['ko/layers'])).toBe('ko/layers.png');
  expect(cardOf('', titles.index)).toBe('index.png');
  expect(cardOf('ko', titles['ko/index'])).toBe('ko/index.png');
});

it('is the general one in the page’s language when the title has changed, or the page is new', () => {
  expect(cardOf('layers', 'Another title')).toBe('index.png');
  expect(cardOf('ko/nosuch', '없음')).toBe('ko/index.png');
});
