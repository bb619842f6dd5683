/** JSON as MySQL keeps and shows it: a space behind colons and commas, shorter keys first. */

function order(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

export function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => order(a, b));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}: ${jsonText(one)}`).join(', ')}}`;
}

/** The parsed text; undefined if it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The text in its usual form; null if it is no JSON. */
export function normalJson(text: string): string | null {
  const value = parsedJson(text);
  return value === undefined ? null : jsonText(value);
}

/** `$.a.b[0]`: what stands there; undefined if nothing does. */
export function memberAt(value: unknown, path: string): unknown {
  let here = value;
  for (const [, quoted, plain, index] of path.slice(1).matchAll(/\.(?:"([^"]*)"|(\w+))|\[(\d+)\]/g)) {
    if (typeof here !== 'object' || here === null) return index === '0' ? here : undefined;
    const key = quoted ?? plain ?? Number(index);
    if (!Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}
