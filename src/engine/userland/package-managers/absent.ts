/** Programs that packages and images bring and this model has not: they say so. */
import type { Program } from '../../kernel/sys.ts';
import { leave } from '../net/text.ts';

const WORDS: Readonly<Record<string, string>> = {
  mysqlsh: 'this model has no MySQL Shell; `mysql` is the client',
  gitlab: 'the image is here to be looked at; this model has no GitLab server',
  'dockerfile-frontend': 'only a builder runs this, and the one here understands Dockerfiles by itself',
  yarn: 'this model has npm alone to install packages of JavaScript',
  gcc: 'the package is installed, but this model does not compile',
  'g++': 'the package is installed, but this model does not compile',
  ld: 'the package is installed, but this model does not link',
  make: 'the package is installed, but this model does not run makefiles',
  git: 'the package is installed, but this model has no repositories to talk to',
  nano: 'the package is installed, but this model has vi in place of it',
};

const STATUS = 1;

export const absent =
  (name: string): Program =>
  (sys) =>
    leave(sys, `${name}: ${WORDS[name] ?? 'the package is installed, but this model does not have the program itself'}\n`, STATUS);
