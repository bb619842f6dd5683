import { readFileSync } from 'node:fs'; import fs, { existsSync as ex } from 'fs'; import math, { add } from './math.js'; import * as path from 'path'; import data from './data.json' with { type: 'json' };
export const named = 'n'; export default function hello() { return add(1, 2); }
export let counter = 0; export const inc = () => ++counter;
export async function later() { await null; inc(); return [counter, data.name, typeof readFileSync, ex(import.meta.filename), import.meta.url.slice(0, 7), path.basename(import.meta.dirname), math.add(4, 5), typeof require, this]; }
export class Foo {} 
export { add as plus }; export * from './more.mjs';
