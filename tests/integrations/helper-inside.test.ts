import { describe, expect, it } from 'vitest';
import { helperInside } from '../../src/integrations/helper-inside.ts';

const HELPER = 'var a=Object.keys,t=(e)=>a(e).length;export{t,a as keys};';

describe("the bundler's own function", () => {
  it('stands in each file that uses it, by the names that they have for it, and is no file any more', () => {
    const bundle = {
      'out/rolldown-runtime-AbC1_-x.js': { type: 'chunk' as const, name: 'rolldown-runtime', code: HELPER, imports: [] },
      'out/machine-x.js': {
        type: 'chunk' as const,
        name: 'machine',
        code: 'import{keys as k,t as n}from"./rolldown-runtime-AbC1_-x.js";globalThis.seen=[n({b:1}),k({c:2})];',
        imports: ['out/rolldown-runtime-AbC1_-x.js'],
      },
      'out/other-x.js': { type: 'chunk' as const, name: 'other', code: 'import"./machine-x.js";', imports: ['out/machine-x.js'] },
    };
    helperInside().generateBundle({}, bundle);
    expect(Object.keys(bundle)).toEqual(['out/machine-x.js', 'out/other-x.js']);
    expect(bundle['out/other-x.js'].code).toBe('import"./machine-x.js";');
    const { code } = bundle['out/machine-x.js'];
    expect(code).not.toContain('import');
    expect(new Function(code.replace('globalThis.seen=', 'return '))()).toEqual([1, ['c']]);
  });
});
