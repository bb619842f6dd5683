import { describe, expect, it } from 'vitest';
import { type Key, sequenceOf } from '../../src/components/terminal/keys.ts';

const key = (name: string, more: Partial<Key> = {}): string | null =>
  sequenceOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('a terminal gets', () => {
  it.each([
    ['Enter', '\r'],
    ['Backspace', '\x7f'],
    ['Tab', '\t'],
    ['ArrowUp', '\x1b[A'],
    ['Home', '\x1b[H'],
    ['Delete', '\x1b[3~'],
  ])('%s', (name, sequence) => {
    expect(key(name)).toBe(sequence);
  });

  it('control characters', () => {
    expect([key('c', { ctrlKey: true }), key('d', { ctrlKey: true }), key('\\', { ctrlKey: true }), key('C', { ctrlKey: true })]).toEqual([
      '\x03',
      '\x04',
      '\x1c',
      '\x03',
    ]);
  });

  it('Alt as Escape before the key', () => {
    expect(key('b', { altKey: true })).toBe('\x1bb');
  });
});

describe('the browser keeps', () => {
  it('text, which comes through the field, with any input method', () => {
    expect([key('a'), key('ㅎ'), key('Process')]).toEqual([null, null, null]);
  });

  it('the way out of the terminal, and its own shortcuts', () => {
    expect([key('Tab', { shiftKey: true }), key('c', { metaKey: true }), key('1', { ctrlKey: true }), key('F5')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
