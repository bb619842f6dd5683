/** Which examples have a page of their own, for other sites to show: all of them. */
const files = Object.keys(import.meta.glob('../content/examples/*/*.console'));

/** `layers/five`, and so on. */
export const examples: readonly string[] = files.map((file) => file.replace('../content/examples/', '').replace('.console', '')).sort();
