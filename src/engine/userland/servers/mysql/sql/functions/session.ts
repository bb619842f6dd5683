/** Functions that tell about the connection and the server. */

import { BIGINT, TEXT, UNSIGNED } from '../types.ts';
import { toDouble, toInteger, toText, type Value } from '../values.ts';
import type { SqlFunction } from './types.ts';

const told = (run: SqlFunction['run'], nullable = false): SqlFunction => ({ counts: [0, 0], result: TEXT, nullable, run });
const DATABASE = told((_values, { context }) => context.database, true);
const USER = told((_values, { context }) => context.user);
const CURRENT = told((_values, { context }) => context.account);

function uuid(random: () => number, nowUs: number): string {
  const ticks = (BigInt(nowUs) * 10n + 122_192_928_000_000_000n).toString(16).padStart(16, '0');
  const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${ticks.slice(8)}-${ticks.slice(4, 8)}-1${ticks.slice(1, 4)}-${digits(4)}-${digits(12)}`;
}

const LENGTH_OF_UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

export const SESSION_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  database: DATABASE,
  schema: DATABASE,
  user: USER,
  session_user: USER,
  system_user: USER,
  current_user: CURRENT,
  version: told((_values, { context }) => context.version),
  connection_id: { counts: [0, 0], result: UNSIGNED, nullable: false, run: (_values, { context }) => BigInt(context.id) },
  last_insert_id: {
    counts: [0, 1],
    result: UNSIGNED,
    run: ([value], { context }): Value => {
      if (value === undefined || value === null) return context.lastInsertId;
      context.setLastInsertId(toInteger(value));
      return toInteger(value);
    },
  },
  row_count: { counts: [0, 0], result: BIGINT, nullable: false, run: (_values, { context }) => context.rowCount },
  found_rows: { counts: [0, 0], result: BIGINT, nullable: false, run: (_values, { context }) => context.foundRows },
  uuid: told((_values, { context }) => uuid(() => context.random(), context.nowUs)),
  is_uuid: { counts: [1, 1], result: BIGINT, run: ([value]) => (LENGTH_OF_UUID.test(toText(value ?? '')) ? 1n : 0n) },
  charset: { counts: [1, 1], result: TEXT, run: () => 'utf8mb4' },
  collation: { counts: [1, 1], result: TEXT, run: () => 'utf8mb4_0900_ai_ci' },
  /** The waiting is done by whoever runs the statement. */
  sleep: { counts: [1, 1], result: BIGINT, run: ([seconds]) => (toDouble(seconds ?? 0n) < 0 ? null : 0n) },
  benchmark: { counts: [2, 2], result: BIGINT, run: () => 0n },
};
