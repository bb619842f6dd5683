/** Finds the text of an example while the site is built. */
import { type ConsoleExample, parseConsole } from '../../engine/machine/console.ts';

const texts: Readonly<Record<string, string>> = import.meta.glob('../../content/examples/**/*.console', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The example `src` (`lifecycle/vanish`). Throws an error that names what there is. */
export function loadExample(src: string): ConsoleExample {
  const text = texts[`../../content/examples/${src}.console`];
  if (text !== undefined) return parseConsole(text);
  const known = Object.keys(texts).map((path) => path.replace('../../content/examples/', '').replace('.console', ''));
  throw new Error(`<Example src="${src}">: there is no src/content/examples/${src}.console. There are: ${known.join(', ')}`);
}
