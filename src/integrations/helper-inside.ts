/**
 * The bundler puts the one function that it needs itself into a file of its own, which each file that uses it asks for. A worker's largest
 * file would be there, and would wait for that: so each has the function inside.
 */

interface Chunk {
  readonly type: 'chunk' | 'asset';
  readonly name?: string;
  readonly imports?: readonly string[];
  code?: string;
}

const HELPER = 'rolldown-runtime';
const EXPORTS = /export\{([^}]*)\};?\s*$/;

/** `a as b` → `b:a`, as an object has it; imports have it the other way round. */
const named = (names: string, isImport: boolean): string =>
  names
    .split(',')
    .map((name) => {
      const [from = '', to = from] = name.trim().split(' as ');
      return isImport ? `${from}:${to}` : `${to}:${from}`;
    })
    .join(',');

/** A plugin for the bundler. */
export const helperInside = () => ({
  name: 'drydock-helper-inside',
  generateBundle(_options: unknown, bundle: Record<string, Chunk>) {
    const [file, helper] = Object.entries(bundle).find(([, { name }]) => name === HELPER) ?? [];
    if (file === undefined || helper?.code === undefined) return;
    const body = helper.code.replace(EXPORTS, (_, names: string) => `return{${named(names, false)}}`);
    const wanted = new RegExp(`import\\{([^}]*)\\}from"\\./${file.slice(file.lastIndexOf('/') + 1)}";`);
    for (const chunk of Object.values(bundle))
      if (chunk.imports?.includes(file))
        chunk.code = chunk.code?.replace(wanted, (_, names: string) => `const{${named(names, true)}}=(()=>{${body}})();`);
    delete bundle[file];
  },
});
