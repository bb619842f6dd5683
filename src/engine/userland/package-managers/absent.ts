/** Programs that packages bring and this model has not: they say so. */
import type { Program } from '../../kernel/sys.ts';
import { leave } from '../net/text.ts';

const WORDS: Readonly<Record<string, string>> = {
  gcc: 'the package is installed, but this model does not compile',
  'g++': 'the package is installed, but this model does not compile',
  ld: 'the package is installed, but this model does not link',
  make: 'the package is installed, but this model does not run makefiles',
  git: 'the package is installed, but this model has no repositories to talk to',
  vim: 'the package is installed, but this model has no full-screen editor; try sed or a here-document',
  nano: 'the package is installed, but this model has no full-screen editor; try sed or a here-document',
};

const STATUS = 1;

export const absent =
  (name: string): Program =>
  (sys) =>
    leave(sys, `${name}: ${WORDS[name] ?? 'the package is installed, but this model does not have the program itself'}\n`, STATUS);
