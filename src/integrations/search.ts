/** Puts the book's own settings of the search in the place of Starlight's, whose configuration takes no functions. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const SETTINGS = 'virtual:starlight/pagefind-config';
const OURS = fileURLToPath(new URL('../components/site/search-config.ts', import.meta.url));

export function search(): AstroIntegration {
  return {
    name: 'drydock-search',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        const plugin = {
          name: 'drydock-search',
          enforce: 'pre' as const,
          resolveId: (id: string) => (id === SETTINGS ? OURS : undefined),
        };
        updateConfig({ vite: { plugins: [plugin] } });
      },
    },
  };
}
