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
  /** `--format raw`, and the same with `--quiet`. */
  readonly raw?: string;
  readonly rawQuiet?: string;
  readonly heads: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, Column<Row>>>;
  /** Columns that are something else in JSON. */
  readonly inJson?: Readonly<Record<string, Column<Row>>>;
  readonly methods?: Readonly<Record<string, (row: Row, argument: unknown) => unknown>>;
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

/** What `--format` stands for, with `--quiet` or without. */
export function sourceOf<Row>(list: ListFormat<Row>, { format, quiet }: { readonly format: string; readonly quiet: boolean }): string {
  if (format === '' || format === 'table') return quiet ? list.quiet : format;
  if (format === 'raw' && list.raw !== undefined) return quiet ? (list.rawQuiet ?? list.quiet) : list.raw;
  return format;
}

/** Prints rows in `format`: '' or `table` for the usual table. */
export function formatList<Row>(list: ListFormat<Row>, format: string, rows: readonly Row[]): string {
  const isTable = format === '' || format.startsWith('table');
  const own = isTable ? format.slice('table'.length).trim() : format === 'json' ? '{{json .}}' : format.replace(/^ +| +$/g, '');
  const source = (isTable && own === '' ? list.table : own).replaceAll('\\t', '\t').replaceAll('\\n', '\n');
  const parsed = parse(source);
  const body = rows.map((row) => run(() => `${parsed.run(rowStruct(list, row))}\n`)).join('');
  if (!isTable) return body;
  const head = run(() => parsed.run(headStruct(list), { functions: HEAD_FUNCTIONS }));
  return alignTabs(`${head}\n${body}`);
}

/** Runs a template on a row that is empty, as `docker ps` does before it asks for anything. Throws CliError. */
export function tryTemplate<Row>(list: ListFormat<Row>, format: string, empty: Row): void {
  const parsed = parse(format, 'failed to parse template');
  run(() => parsed.run(rowStruct(list, empty)), 'failed to execute template');
}

/** A row as templates see it. */
export function rowStruct<Row>(list: ListFormat<Row>, row: Row): Struct {
  const columns = Object.entries(list.columns).map(([name, column]) => [name, () => column(row)] as const);
  const methods = Object.entries(list.methods ?? {}).map(([name, method]) => [name, (argument: unknown) => method(row, argument)] as const);
  const json = () => {
    const names = Object.keys(list.columns).sort();
    return escapeForHtml(
      `{${names.map((name) => `${JSON.stringify(name)}:${toJson((list.inJson?.[name] ?? list.columns[name])?.(row))}`).join(',')}}`,
    );
  };
  return struct(list.type, new Map<string, unknown>([...columns, ...methods]), json);
}

function headStruct<Row>(list: ListFormat<Row>) {
  const label = (name: unknown) => String(name).split('.').at(-1)?.replace(/[-_]/g, ' ') ?? '';
  const methods = Object.keys(list.methods ?? {}).map((name) => [name, label] as const);
  const plain = Object.keys(list.columns).map((name) => [name, list.heads[name]] as const);
  return struct('formatter.SubHeaderContext', new Map<string, unknown>([...plain, ...methods]));
}

function parse(source: string, problem = 'template parsing error') {
  try {
    return template(source);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`${problem}: ${error.message}`);
    throw error;
  }
}

function run(body: () => string, problem = 'template parsing error'): string {
  try {
    return body();
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`${problem}: ${error.message}`);
    throw error;
  }
}
