/** What a function is, and what it may ask about who runs it. */
import type { SqlType } from '../ast.ts';
import type { Value } from '../values.ts';

export interface FunctionContext {
  readonly nowUs: number;
  /** `root@localhost`: who came. */
  readonly user: string;
  /** `root@%`: the account that was found for it. */
  readonly account: string;
  readonly database: string | null;
  readonly id: number;
  readonly version: string;
  readonly lastInsertId: bigint;
  readonly rowCount: bigint;
  readonly foundRows: bigint;
  readonly userVariables: Map<string, Value>;
  variable(name: string, scope: 'session' | 'global'): Value;
  /** A word of sql_mode. */
  isOn(mode: string): boolean;
  random(): number;
  warn(code: number, message: string, level?: 'Note' | 'Warning'): void;
  setLastInsertId(value: bigint): void;
}

export interface Called {
  readonly types: readonly SqlType[];
  readonly context: FunctionContext;
}

export interface SqlFunction {
  /** The fewest and the most arguments. */
  readonly counts: readonly [number, number];
  readonly result: SqlType | ((types: readonly SqlType[]) => SqlType);
  /** Called with nulls too; otherwise a null makes the result null. */
  readonly takesNulls?: boolean;
  /** Absent: if an argument is. */
  readonly nullable?: boolean;
  run(values: readonly Value[], called: Called): Value;
}
