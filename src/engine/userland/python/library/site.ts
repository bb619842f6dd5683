/** What `site` puts beside the builtins, for whoever sits at the prompt: `exit`, `help`, `copyright`. */

import { getAttribute } from '../protocol/attributes.ts';
import { exceptionType, Raised } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { call } from '../runtime/thread.ts';
import { builtinType, PyException, PyInstance, PyTuple, type Value } from '../runtime/values.ts';
import { methodSteps, methods } from './define.ts';
import { importModule } from './importing.ts';
import { PRINT } from './output.ts';

const QUITTER = builtinType('Quitter');
const PRINTER = builtinType('_Printer');
const HELPER = builtinType('_Helper');

const hostOf = (self: Value | undefined): string => String((self as PyInstance).host);

methods(QUITTER, {
  '__repr__(self)': ([self]) => `Use ${hostOf(self)}() or Ctrl-D (i.e. EOF) to exit`,
  '__call__(self, code=None)': ([, code]) => {
    throw new Raised(new PyException(exceptionType('SystemExit'), [code ?? null]));
  },
});
methods(PRINTER, { '__repr__(self)': ([self]) => hostOf(self) });
methodSteps(PRINTER, {
  *'__call__(self)'([self]) {
    return yield* call(PRINT, hostOf(self));
  },
});
methods(HELPER, { '__repr__(self)': () => 'Type help() for interactive help, or help(object) for help about object.' });
methodSteps(HELPER, {
  *'__call__(self, *args)'([, args], thread) {
    const given = args instanceof PyTuple ? args.items : [];
    return yield* call(yield* getAttribute(thread, yield* importModule(thread, 'pydoc'), 'help'), ...given);
  },
});

const COPYRIGHT = `Copyright (c) 2001-%d Python Software Foundation.
All Rights Reserved.

Copyright (c) 2000 BeOpen.com.
All Rights Reserved.

Copyright (c) 1995-2001 Corporation for National Research Initiatives.
All Rights Reserved.

Copyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.
All Rights Reserved.`;
const CREDITS = `    Thanks to CWI, CNRI, BeOpen.com, Zope Corporation and a cast of thousands
    for supporting Python development.  See www.python.org for more information.`;
const LICENSE = 'See https://www.python.org/psf/license/';
const YEAR = '2025';

/** Adds them to the builtins of a process. */
export function furnishSite({ builtins, options }: Interpreter): void {
  if (options.flags.has('S')) return;
  const made = (type: typeof QUITTER, host: string): PyInstance => {
    const one = new PyInstance(type, { attrs: null });
    one.host = host;
    return one;
  };
  builtins.set('exit', made(QUITTER, 'exit'));
  builtins.set('quit', made(QUITTER, 'quit'));
  builtins.set('copyright', made(PRINTER, COPYRIGHT.replace('%d', YEAR)));
  builtins.set('credits', made(PRINTER, CREDITS));
  builtins.set('license', made(PRINTER, LICENSE));
  builtins.set('help', made(HELPER, ''));
}
