/** What holds while a lesson is being written, and not in the build. */
import type { AstroIntegration } from 'astro';

/**
 * The images of the catalogue are files without an ending, and with `trailingSlash: 'always'` Astro's server answers 404 to every address
 * that has neither an ending nor a slash. A static host does not mind; so, as there, either address is answered.
 */
export function dev(): AstroIntegration {
  return {
    name: 'drydock-dev',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command === 'dev') updateConfig({ trailingSlash: 'ignore' });
      },
    },
  };
}
