/** What a style sheet refers to: `url(…)` and `@import`, found without a parser of CSS. Comments go first: nothing in them is fetched. */

const COMMENT = /\/\*[\s\S]*?\*\//g;
const IMPORT = /@import\s+(?:url\(\s*)?(["']?)([^"')\s;]+)\1\s*\)?\s*([^;]*);/gi;
const REFERENCE = /url\(\s*(["']?)([^"')]+)\1\s*\)/gi;

/** Replaces each match by what `make` resolves to, one after the other. */
async function replaceEach(text: string, pattern: RegExp, make: (match: RegExpMatchArray) => Promise<string>): Promise<string> {
  let made = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    made += text.slice(from, match.index) + (await make(match));
    from = match.index + match[0].length;
  }
  return made + text.slice(from);
}

export interface CssLoader {
  /** The style sheet at that address, with all that it refers to; null if there is none. */
  sheet(address: string): Promise<string | null>;
  /** The bytes at that address as a `data:` URL; null if there are none. */
  data(address: string): Promise<string | null>;
}

/** The same style sheet, which needs nothing else: imported ones stand in it, and other files as data. */
export async function selfContained(css: string, loader: CssLoader): Promise<string> {
  const imported = await replaceEach(css.replace(COMMENT, ''), IMPORT, async ([, , address = '', media = '']) => {
    const sheet = (await loader.sheet(address)) ?? '';
    return media.trim() === '' ? sheet : `@media ${media}{${sheet}}`;
  });
  return replaceEach(imported, REFERENCE, async ([whole, , address = '']) => {
    if (/^(data:|#)/i.test(address)) return whole;
    const data = await loader.data(address);
    return data === null ? whole : `url("${data}")`;
  });
}
