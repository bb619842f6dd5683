/** A cluster in files: for each database its definitions in `pg_class`, and each table's rows in a file of its own. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode, encode } from '../../program-io.ts';
import type { Cluster, Keeper } from './cluster.ts';
import { parseExpressionText, parseQueryText } from './parse-statement.ts';
import type { Constraint, DatabaseState, Role, Sequence, Table, View } from './state.ts';
import { inputValue, outputText, type SqlType, TEXT } from './types.ts';

const MODE = 0o600;

interface KeptColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly notNull: boolean;
  readonly fallback?: string;
  readonly identity?: 'always' | 'by default';
  readonly sequence?: string;
}
type KeptConstraint = Exclude<Constraint, { kind: 'check' }> | { readonly kind: 'check'; readonly name: string; readonly text: string };
interface KeptTable extends Omit<Table, 'columns' | 'constraints' | 'rows'> {
  readonly columns: readonly KeptColumn[];
  readonly constraints: readonly KeptConstraint[];
}
interface KeptDatabase extends Pick<DatabaseState, 'name' | 'oid' | 'owner' | 'nextOid'> {
  readonly tables: readonly KeptTable[];
  readonly views: readonly Omit<View, 'query'>[];
  readonly sequences: readonly Sequence[];
}

export class FileKeeper implements Keeper {
  readonly #sys: Sys;
  readonly #root: string;

  constructor(sys: Sys, root: string) {
    this.#sys = sys;
    this.#root = root;
  }

  #folder({ oid }: { readonly oid: number }): string {
    return `${this.#root}/base/${oid}`;
  }

  #write(path: string, value: unknown): void {
    this.#sys.path.writeFile(path, encode(`${JSON.stringify(value)}\n`), MODE);
  }

  keepDatabase(state: DatabaseState, before: DatabaseState | undefined, counters: ReadonlyMap<string, number>): void {
    const folder = this.#folder(state);
    if (!this.#sys.path.access(folder, {})) this.#sys.path.mkdir(folder, 0o700);
    const kept: KeptDatabase = {
      ...{ name: state.name, oid: state.oid, owner: state.owner, nextOid: state.nextOid },
      tables: [...state.tables.values()].map(keptTable),
      views: [...state.views.values()].map(({ query: _query, ...view }) => view),
      sequences: [...state.sequences.values()].map((one) => ({ ...one, last: counters.get(one.name) ?? one.last })),
    };
    this.#write(`${folder}/pg_class`, kept);
    for (const table of state.tables.values()) {
      const old = before?.tables.get(table.name);
      if (old?.rows === table.rows && old.oid === table.oid) continue;
      const lines = table.rows.map((row) =>
        JSON.stringify(row.map((value, i) => (value === null ? null : outputText(value, table.columns[i]?.type ?? TEXT)))),
      );
      this.#sys.path.writeFile(`${folder}/${table.oid}`, encode(lines.map((line) => `${line}\n`).join('')), MODE);
    }
    const oids = new Set([...state.tables.values()].map(({ oid }) => oid));
    for (const { oid } of before?.tables.values() ?? []) if (!oids.has(oid)) this.#sys.path.unlink(`${folder}/${oid}`);
  }

  dropDatabase(state: DatabaseState): void {
    const folder = this.#folder(state);
    for (const { name } of this.#sys.path.readdir(folder)) if (name !== '.' && name !== '..') this.#sys.path.unlink(`${folder}/${name}`);
    this.#sys.path.rmdir(folder);
  }

  keepRoles(roles: readonly Role[]): void {
    this.#write(this.#rolesFile, roles);
  }

  get #rolesFile(): string {
    return `${this.#root}/global/pg_authid`;
  }

  /** Reads everything back. Throws an Errno or a SyntaxError if the files are not there or spoilt. */
  restore(cluster: Cluster): void {
    const { path } = this.#sys;
    const base = `${this.#root}/base`;
    for (const { name } of path.readdir(base)) {
      const folder = `${base}/${name}`;
      if (name === '.' || name === '..' || !path.access(`${folder}/pg_class`, {})) continue;
      cluster.restore(this.#database(folder));
    }
    for (const role of JSON.parse(decode(path.readFile(this.#rolesFile))) as Role[]) cluster.restoreRole(role);
  }

  #database(folder: string): DatabaseState {
    const kept = JSON.parse(decode(this.#sys.path.readFile(`${folder}/pg_class`))) as KeptDatabase;
    return {
      ...kept,
      tables: new Map(kept.tables.map((table) => [table.name, this.#table(table, folder)] as const)),
      views: new Map(kept.views.map((view) => [view.name, { ...view, query: parseQueryText(view.text) }] as const)),
      sequences: new Map(kept.sequences.map((sequence) => [sequence.name, sequence] as const)),
    };
  }

  #table(kept: KeptTable, folder: string): Table {
    const columns = kept.columns.map(({ fallback, ...column }) => ({
      ...column,
      ...(fallback === undefined ? {} : { fallback: { text: fallback, expr: parseExpressionText(fallback) } }),
    }));
    const constraints = kept.constraints.map(
      (one): Constraint => (one.kind === 'check' ? { ...one, expr: parseExpressionText(one.text) } : one),
    );
    const rows = this.#lines(`${folder}/${kept.oid}`).map((line) =>
      (JSON.parse(line) as (string | null)[]).map((text, i) => (text === null ? null : inputValue(text, columns[i]?.type ?? TEXT))),
    );
    return { ...kept, columns, constraints, rows };
  }

  #lines(path: string): readonly string[] {
    try {
      return decode(this.#sys.path.readFile(path))
        .split('\n')
        .filter((line) => line !== '');
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return [];
      throw error;
    }
  }
}

function keptTable({ rows: _rows, ...table }: Table): KeptTable {
  return {
    ...table,
    columns: table.columns.map(({ fallback, ...column }) => ({
      ...column,
      ...(fallback === undefined ? {} : { fallback: fallback.text }),
    })),
    constraints: table.constraints.map((one) => (one.kind === 'check' ? { kind: one.kind, name: one.name, text: one.text } : one)),
  };
}
