/**
 * Lists in any form: as the usual table, as a table of one's own, as JSON, or through a template. A list is described once, by its
 * columns and their heads. Upstream: docker/cli/cli/command/formatter.
 */
import { CliError } from '../errors.ts';
import { escapeForHtml, type Functions, type Struct, struct, TemplateError, template, toJson } from '../template/index.ts';
import { alignTabs } from './tabs.ts';

/** A column's value; a function of more than the row is a method (`{{.Label "x"}}`). */
export type Column<Row> = (row: Row) => unknown;
export interface ListFormat<Row> {
  /** Go's name of the rows' type, as errors show it. */
  readonly type: string;
  /** The usual table, as a template without `table `. */
  readonly table: string;
  readonly quiet: string;
  readonly heads: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, Column<Row>>>;
  readonly methods?: Readonly<Record<string, (row: Row, argument: unknown) => unknown>>;
  /** What is said before the reason why a template fails on a row; most say that it cannot be parsed. */
  readonly failure?: string;
}

const identity = (value: unknown): unknown => value;
const HEAD_FUNCTIONS: Functions = {
  json: identity,
  title: identity,
  lower: identity,
  upper: identity,
  truncate: (value, _length) => value,
  pad: (value, _before, _after) => value,
  split: (value, _separator) => value,
  join: (value, _separator) => value,
};

/** Prints rows in `format`: '' or `table` for the usual table. */
export function formatList<Row>(list: ListFormat<Row>, format: string, rows: readonly Row[]): string {
  const trimmed = format.replace(/^ +| +$/g, '');
  const isTable = trimmed === '' || trimmed.startsWith('table');
  const own = isTable ? trimmed.slice('table'.length).trim() : trimmed === 'json' ? '{{json .}}' : trimmed;
  const source = (own === '' ? list.table : own).replaceAll('\\t', '\t').replaceAll('\\n', '\n');
  const parsed = parse(source);
  const body = rows.map((row) => run(list, () => `${parsed.run(rowStruct(list, row))}\n`)).join('');
  if (!isTable) return body;
  const head = run(list, () => parsed.run(headStruct(list), { functions: HEAD_FUNCTIONS }));
  return alignTabs(`${head}\n${body}`);
}

/** A row as templates see it. */
export function rowStruct<Row>(list: ListFormat<Row>, row: Row): Struct {
  const columns = Object.entries(list.columns).map(([name, column]) => [name, () => column(row)] as const);
  const methods = Object.entries(list.methods ?? {}).map(([name, method]) => [name, (argument: unknown) => method(row, argument)] as const);
  const json = () => {
    const names = Object.keys(list.columns).sort();
    return escapeForHtml(`{${names.map((name) => `${JSON.stringify(name)}:${toJson(list.columns[name]?.(row))}`).join(',')}}`);
  };
  return struct(list.type, new Map<string, unknown>([...columns, ...methods]), json);
}

function headStruct<Row>(list: ListFormat<Row>) {
  const label = (name: unknown) => String(name).split('.').at(-1)?.replace(/[-_]/g, ' ') ?? '';
  const methods = Object.keys(list.methods ?? {}).map((name) => [name, label] as const);
  const plain = Object.keys(list.columns).map((name) => [name, list.heads[name]] as const);
  return struct('formatter.SubHeaderContext', new Map<string, unknown>([...plain, ...methods]));
}

function parse(source: string) {
  try {
    return template(source);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`);
    throw error;
  }
}

function run({ failure = 'template parsing error' }: { readonly failure?: string }, body: () => string): string {
  try {
    return body();
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`${failure}: ${error.message}`);
    throw error;
  }
}
