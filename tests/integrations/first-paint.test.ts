import { describe, expect, it } from 'vitest';
import { commonStart, modulesLater, sheetsOf, withSheet } from '../../src/integrations/first-paint.ts';

const sheet = (name: string): string => `<link rel="stylesheet" href="/_astro/${name}.css">`;

describe('what a page needs before its first picture', () => {
  it('asks for modules after the first frame, in their order, and leaves what is written into the page', () => {
    const page =
      '<body><script type="module" src="/a.js"></script><p>1</p><script type="module">inline()</script><script type="module" src="/b.js"></script></body>';
    const later = modulesLater(page);
    expect(later).toMatch(/^<body><p>1<\/p><script type="module">inline\(\)<\/script><script type="module">.*<\/script><\/body>$/s);
    expect(later).toContain('requestAnimationFrame(() => setTimeout(() => Promise.allSettled([import("/a.js"),import("/b.js")])');
    expect(modulesLater('<body><p>no module</p></body>')).toBe('<body><p>no module</p></body>');
  });

  it('finds the sheets for all media, and what all pages begin with', () => {
    expect(sheetsOf(`${sheet('a')}<link rel="stylesheet" href="/_astro/print.css" media="print">${sheet('b')}`)).toEqual([
      '/_astro/a.css',
      '/_astro/b.css',
    ]);
    expect(
      commonStart([
        ['a', 'b', 'c'],
        ['a', 'b'],
        ['a', 'b', 'd'],
      ]),
    ).toEqual(['a', 'b']);
    expect(commonStart([['a'], ['b']])).toEqual([]);
    expect(commonStart([])).toEqual([]);
  });

  it('puts the joined sheet in their place, and leaves a page alone that begins otherwise', () => {
    const page = `${sheet('a')}${sheet('b')}${sheet('c')}`;
    expect(withSheet(page, ['/_astro/a.css', '/_astro/b.css'], '/_astro/ab.css')).toBe(`${sheet('ab')}${sheet('c')}`);
    expect(withSheet(sheet('c'), ['/_astro/a.css', '/_astro/b.css'], '/_astro/ab.css')).toBe(sheet('c'));
  });
});
