/** The name of the registry of JavaScript packages. */
export const NPM_HOST = 'registry.npmjs.org';
