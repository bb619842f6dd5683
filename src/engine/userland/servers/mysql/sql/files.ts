/** A server's data in files: the dictionary in `mysql.ibd`, a directory for each database, a file for each table. */
import { isErrno } from '../../../../kernel/errno.ts';
import type { Sys } from '../../../../kernel/sys.ts';
import { decode, encode } from '../../../program-io.ts';
import type { AccountRecord } from './accounts.ts';
import { type Cluster, type Keeper, tableKey } from './cluster.ts';
import type { World } from './constraints.ts';
import { parseExpressionText, parseQueryText } from './parse/statement.ts';
import type { Check, Column, Schema, Table, View } from './state.ts';
import { restored } from './store.ts';
import { toText } from './values.ts';

const MODE = 0o640;
const FOLDER_MODE = 0o750;
const DICTIONARY = 'mysql.ibd';

interface KeptTable extends Omit<Table, 'columns' | 'checks' | 'rows'> {
  readonly columns: readonly (Omit<Column, 'fallback'> & { readonly fallback?: string })[];
  readonly checks: readonly Omit<Check, 'expr'>[];
  readonly next: string | null;
}
interface KeptSchema extends Pick<Schema, 'name' | 'charset' | 'collation'> {
  readonly tables: readonly string[];
  readonly views: readonly Omit<View, 'query'>[];
}
interface Dictionary {
  readonly version: string;
  readonly isClean: boolean;
  readonly schemas: readonly KeptSchema[];
  readonly accounts: readonly AccountRecord[];
}

/** Letters that a file's name cannot have are written by their numbers. */
const fileName = (name: string): string =>
  name.replace(/[^\w$]/gu, (char) => `@${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

export class FileKeeper implements Keeper {
  readonly #sys: Sys;
  readonly #root: string;
  readonly #version: string;
  #schemas: readonly KeptSchema[] = [];
  #accounts: readonly AccountRecord[] = [];

  constructor(sys: Sys, root: string, version: string) {
    this.#sys = sys;
    this.#root = root;
    this.#version = version;
  }

  #folder(schema: string): string {
    return `${this.#root}/${fileName(schema)}`;
  }

  #writeDictionary(isClean = false): void {
    const dictionary: Dictionary = { version: this.#version, isClean, schemas: this.#schemas, accounts: this.#accounts };
    this.#sys.path.writeFile(`${this.#root}/${DICTIONARY}`, encode(`${JSON.stringify(dictionary)}\n`), MODE);
  }

  /** Marks how the server ended. */
  keepEnding(isClean: boolean): void {
    this.#writeDictionary(isClean);
  }

  keepAccounts(accounts: readonly AccountRecord[]): void {
    this.#accounts = accounts;
    this.#writeDictionary();
  }

  keep(world: World, before: World, numbers: ReadonlyMap<string, bigint>): void {
    for (const name of before.keys()) if (!world.has(name)) this.#dropFolder(name);
    for (const schema of world.values()) {
      const old = before.get(schema.name);
      if (old === schema) continue;
      if (old === undefined) this.#sys.path.mkdir(this.#folder(schema.name), FOLDER_MODE);
      for (const name of old?.tables.keys() ?? []) if (!schema.tables.has(name)) this.#sys.path.unlink(this.#tableFile(schema.name, name));
      for (const table of schema.tables.values())
        if (old?.tables.get(table.name) !== table) this.#writeTable(schema.name, table, numbers.get(tableKey(schema.name, table.name)));
    }
    this.#schemas = [...world.values()].map(({ name, charset, collation, tables, views }) => ({
      ...{ name, charset, collation, tables: [...tables.keys()] },
      views: [...views.values()].map(({ query: _query, ...view }) => view),
    }));
    this.#writeDictionary();
  }

  #tableFile(schema: string, table: string): string {
    return `${this.#folder(schema)}/${fileName(table)}.ibd`;
  }

  #dropFolder(schema: string): void {
    const folder = this.#folder(schema);
    for (const { name } of this.#sys.path.readdir(folder)) if (name !== '.' && name !== '..') this.#sys.path.unlink(`${folder}/${name}`);
    this.#sys.path.rmdir(folder);
  }

  #writeTable(schema: string, table: Table, next: bigint | undefined): void {
    const { rows, columns, checks, ...rest } = table;
    const kept: KeptTable = {
      ...rest,
      columns: columns.map(({ fallback, ...column }) => ({ ...column, ...(fallback === undefined ? {} : { fallback: fallback.text }) })),
      checks: checks.map(({ name, text }) => ({ name, text })),
      next: next === undefined ? null : String(next),
    };
    const lines = [kept, ...rows.map((row) => row.map((value) => (value === null ? null : toText(value))))].map(
      (one) => `${JSON.stringify(one)}\n`,
    );
    this.#sys.path.writeFile(this.#tableFile(schema, table.name), encode(lines.join('')), MODE);
  }

  /** Reads everything back; tells whether the last run ended in order. Throws an Errno or a SyntaxError if files are not there or spoilt. */
  restore(cluster: Cluster): { readonly isClean: boolean; readonly version: string } {
    const { version, isClean, schemas, accounts } = JSON.parse(
      decode(this.#sys.path.readFile(`${this.#root}/${DICTIONARY}`)),
    ) as Dictionary;
    this.#schemas = schemas;
    this.#accounts = accounts;
    const numbers = new Map<string, bigint>();
    const world = new Map(
      schemas.map(({ name, charset, collation, tables, views }): [string, Schema] => [
        name,
        {
          ...{ name, charset, collation },
          tables: new Map(tables.flatMap((table) => this.#table(name, table, numbers))),
          views: new Map(views.map((view) => [view.name, { ...view, query: parseQueryText(view.text) }] as const)),
        },
      ]),
    );
    cluster.restore(world, accounts, numbers);
    return { isClean, version };
  }

  #table(schema: string, name: string, numbers: Map<string, bigint>): readonly (readonly [string, Table])[] {
    const text = this.#textOf(this.#tableFile(schema, name));
    if (text === undefined) return [];
    const [head = '', ...lines] = text.split('\n').filter((line) => line !== '');
    const { next, ...kept } = JSON.parse(head) as KeptTable;
    const columns = kept.columns.map(
      ({ fallback, ...column }): Column => ({
        ...column,
        ...(fallback === undefined ? {} : { fallback: { text: fallback, expr: parseExpressionText(fallback) } }),
      }),
    );
    const checks = kept.checks.map((one) => ({ ...one, expr: parseExpressionText(one.text) }));
    const rows = lines.map((line) =>
      (JSON.parse(line) as (string | null)[]).map((value, i) => restored(value, columns[i]?.type ?? { base: 'longtext', args: [] })),
    );
    if (next !== null) numbers.set(tableKey(schema, name), BigInt(next));
    return [[name, { ...kept, columns, checks, rows }]];
  }

  #textOf(path: string): string | undefined {
    try {
      return decode(this.#sys.path.readFile(path));
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined;
      throw error;
    }
  }
}
