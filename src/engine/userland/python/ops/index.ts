/** What each instruction does, in the order of their numbers. */
import { OPS } from '../compile/code.ts';
import { BUILD } from './build.ts';
import { CALLS } from './calls.ts';
import { ERRORS } from './errors.ts';
import { FLOW } from './flow.ts';
import type { Handler } from './handler.ts';
import { IMPORTS } from './imports.ts';
import { MATCHING } from './matching.ts';
import { OPERATORS } from './operators.ts';
import { ATTRIBUTES, VARIABLES } from './variables.ts';

const ALL = { ...VARIABLES, ...ATTRIBUTES, ...OPERATORS, ...FLOW, ...CALLS, ...BUILD, ...ERRORS, ...MATCHING, ...IMPORTS };

export const HANDLERS: readonly Handler[] = OPS.map((name) => {
  const handler = ALL[name];
  if (handler === undefined) throw new Error(`Nobody does ${name}`);
  return handler;
});
