/** Errors of the runtime that are no `runtime error:` but say their own words. */
import { newNamed, STRING } from '../types/types.ts';
import { Boxed } from './values.ts';

export const PLAIN_ERROR = { ...newNamed({ name: 'plainError', path: 'runtime', package: 'runtime' }), underlying: STRING };
export const plainError = (text: string): Boxed => new Boxed(PLAIN_ERROR, text);
export const ASSERTION_ERROR = { ...newNamed({ name: 'TypeAssertionError', path: 'runtime', package: 'runtime' }), underlying: STRING };
