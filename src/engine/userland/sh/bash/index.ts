/** bash as a program. */
import type { Program } from '../../../kernel/sys.ts';
import { shellProgram } from '../main.ts';
import { bash as dialect } from './dialect.ts';

export const bash: Program = shellProgram(dialect);
