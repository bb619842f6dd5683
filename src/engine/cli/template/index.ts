/**
 * Go's text/template, which `--format` speaks: pipelines, variables, conditions, loops, named templates, and the functions that
 * Docker adds. Parse errors and execution errors are Go's own sentences, because readers meet them and search for them.
 */
import { execTemplate } from './exec.ts';
import { DOCKER_FUNCTIONS, type Functions, GO_FUNCTIONS } from './functions.ts';
import type { Parsed } from './nodes.ts';
import { parseTemplate } from './parse.ts';

export { TemplateError } from './errors.ts';
export { type Functions, GO_FUNCTIONS } from './functions.ts';
export { escapeForHtml, print, toJson } from './print.ts';
export {
  isList,
  isMap,
  isStruct,
  JsonNumber,
  type MapType,
  type Method,
  NamedText,
  NIL_LIST,
  NIL_MAP,
  NilPointer,
  type Struct,
  struct,
  typedList,
  typedMap,
} from './value.ts';

export interface Template {
  run(data: unknown, options?: { missingKey?: 'default' | 'error'; functions?: Functions }): string;
}

/** Parses a template. Throws TemplateError; so does `run`. */
export const template = (source: string, name = ''): Template => compiled(source, name, { ...GO_FUNCTIONS, ...DOCKER_FUNCTIONS });

/** With Go's own functions alone. */
export const plainTemplate = (source: string, name: string): Template => compiled(source, name, GO_FUNCTIONS);

function compiled(source: string, name: string, functions: Functions): Template {
  const parsed: Parsed = parseTemplate(source, { name, functions: new Set([...Object.keys(functions), 'and', 'or']) });
  return {
    run: (data, options = {}) =>
      execTemplate(parsed, data, { functions: { ...functions, ...options.functions }, missingKey: options.missingKey ?? 'default' }),
  };
}
