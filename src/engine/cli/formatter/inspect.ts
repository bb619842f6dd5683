/**
 * `inspect` of any kind: documents as the daemon wrote them, or a template over them. A template runs on the typed document first
 * and, if that fails, on the raw one, whose errors are those that are shown. Upstream: docker/cli/cli/command/inspect.
 */

import { CliError, notAnObject } from '../errors.ts';
import type { Output } from '../output.ts';
import {
  type Functions,
  GO_FUNCTIONS,
  isList,
  isMap,
  JsonNumber,
  type Template,
  TemplateError,
  template,
  typedList,
} from '../template/index.ts';
import { decodeText } from '../text.ts';
import { indentJson } from './json.ts';
import { type Kind, typed } from './typed.ts';

interface Options {
  readonly names: readonly string[];
  readonly format: string;
  readonly out: Output;
  readonly err: Output;
  readonly kind: Kind;
}
export interface Inspected {
  readonly raw: string;
  readonly kind: Kind;
}

export const TEMPLATE_PARSE_STATUS = 64;

/** Inspects all of one kind. */
export const inspectAll = (options: Options, load: (name: string) => Promise<Uint8Array>): Promise<void> =>
  inspectEach(options, async (name) => ({ raw: decodeText(await load(name)), kind: options.kind }));

/** What is found is printed, then come the errors of what is not. */
export async function inspectEach(options: Omit<Options, 'kind'>, load: (name: string) => Promise<Inspected>): Promise<void> {
  const parsed = options.format === '' || options.format === 'json' ? null : parse(options.format);
  const found: Inspected[] = [];
  const errors: string[] = [];
  for (const name of options.names) {
    try {
      found.push(anObject(await load(name)));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      errors.push(error.message);
    }
  }
  await options.out.text(render(parsed, options.format, found, errors));
  if (errors.length > 0) throw new CliError(errors.join('\n'));
}

/** The name `.` leads to a list. */
const GO_TYPES: { readonly [K in Kind]?: string } = {
  container: 'container.InspectResponse',
  image: 'client.ImageInspectResult',
  network: 'network.Inspect',
};

function anObject(one: Inspected): Inspected {
  const type = GO_TYPES[one.kind];
  if (type !== undefined && one.raw.startsWith('[')) throw notAnObject(type);
  return one;
}

function render(parsed: Template | null, format: string, found: readonly Inspected[], errors: string[]): string {
  if (format === 'json') return `[${found.map(({ raw }) => raw.trim()).join(',')}]\n`;
  if (parsed === null) return found.length === 0 ? '[]\n' : `${indentJson(`[${found.map(({ raw }) => raw.trim()).join(',')}]`, 4)}\n`;
  const lines: string[] = [];
  for (const one of found) {
    try {
      lines.push(`${runTemplate(parsed, one)}\n`);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      errors.splice(0, errors.length, `template parsing error: ${error.message}`);
      break;
    }
  }
  return lines.length === 0 ? '\n' : lines.join('');
}

/** What the raw document's maps have not is nil, whatever else is in them. */
const RAW_FUNCTIONS: Functions = {
  index: (of, ...keys) =>
    keys.reduce((inner, key) => {
      const found = GO_FUNCTIONS.index?.(inner, key);
      return isMap(inner) && !Object.hasOwn(inner, String(key)) ? undefined : found;
    }, of),
};

const rawDocument = (raw: string): unknown =>
  JSON.parse(raw, (_key, value: unknown) =>
    typeof value === 'number' ? new JsonNumber(String(value)) : isList(value) ? typedList(value, { name: '[]interface {}' }) : value,
  );

function runTemplate(parsed: Template, { raw, kind }: Inspected): string {
  const document: unknown = JSON.parse(raw);
  try {
    return parsed.run(typed(document, kind));
  } catch (error) {
    // A context has no raw document to fall back to.
    if (!(error instanceof TemplateError) || kind === 'context') throw error;
    return parsed.run(rawDocument(raw), { missingKey: 'error', functions: RAW_FUNCTIONS });
  }
}

function parse(format: string): Template {
  try {
    return template(format);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`, TEMPLATE_PARSE_STATUS);
    throw error;
  }
}
