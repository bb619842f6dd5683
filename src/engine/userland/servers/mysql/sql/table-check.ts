/** ANALYZE, CHECK, OPTIMIZE and REPAIR TABLE. */
import type { Statement } from './ast.ts';
import type { World } from './constraints.ts';
import type { Shown } from './show.ts';
import { TEXT } from './types.ts';
import type { Row } from './values.ts';

type TableCheck = Extract<Statement, { kind: 'table-check' }>;

const COLUMNS = ['Table', 'Op', 'Msg_type', 'Msg_text'].map((name) => ({ name, type: TEXT, nullable: true }));

export function checkTables({ verb, tables }: TableCheck, world: World, database: string | null): Shown {
  const rows = tables.flatMap(({ schema = database ?? '', name }): Row[] => {
    const whole = `${schema}.${name}`;
    const row = (kind: string, text: string): Row => [whole, verb, kind, text];
    if (world.get(schema)?.tables.has(name) !== true)
      return [row('Error', `Table '${whole}' doesn't exist`), row('status', 'Operation failed')];
    if (verb === 'repair') return [row('note', "The storage engine for the table doesn't support repair")];
    const isRebuilt = verb === 'optimize';
    return [...(isRebuilt ? [row('note', 'Table does not support optimize, doing recreate + analyze instead')] : []), row('status', 'OK')];
  });
  return { columns: COLUMNS, rows };
}
