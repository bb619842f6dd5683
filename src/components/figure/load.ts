/** Finds a committed diagram while the site is built. */
import type { Language } from '../page/words.ts';

const pictures: Readonly<Record<string, string>> = import.meta.glob('../../content/diagrams/*.svg', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The drawing and its description (Mermaid's accDescr). Throws an error that says how to draw it. */
export function loadDiagram(id: string, language: Language): { readonly svg: string; readonly words: string } {
  const svg = pictures[`../../content/diagrams/${id}.${language}.svg`];
  if (svg === undefined)
    throw new Error(
      `<Figure id="${id}">: src/content/diagrams/${id}.${language}.svg is missing. Write ${id}.${language}.mmd and run: node scripts/diagrams.mjs`,
    );
  return { svg: svg.replace(/<!--[\s\S]*?-->/g, ''), words: /<desc[^>]*>([\s\S]*?)<\/desc>/.exec(svg)?.[1] ?? '' };
}
