/** What a database refuses, as its protocol tells it: a code, a sentence, and where in the statement. */

export interface SqlErrorDetails {
  readonly detail?: string;
  readonly hint?: string;
  /** Where in the statement, counted from 0. */
  readonly at?: number;
}

export class SqlError extends Error {
  override readonly name = 'SqlError';
  /** SQLSTATE. */
  readonly code: string;
  readonly details: SqlErrorDetails;

  constructor(code: string, message: string, details: SqlErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

const located = (at: number | undefined): SqlErrorDetails => (at === undefined ? {} : { at });

export const syntaxError = (near: string, at: number): SqlError =>
  new SqlError('42601', near === '' ? 'syntax error at end of input' : `syntax error at or near "${near}"`, { at });
export const noSuchTable = (name: string, at?: number): SqlError => new SqlError('42P01', `relation "${name}" does not exist`, located(at));
export const noSuchColumn = (name: string, at?: number): SqlError => new SqlError('42703', `column "${name}" does not exist`, located(at));
export const noSuchColumnOf = (name: string, table: string, at?: number): SqlError =>
  new SqlError('42703', `column "${name}" of relation "${table}" does not exist`, located(at));
export const noSuchType = (name: string, at?: number): SqlError => new SqlError('42704', `type "${name}" does not exist`, located(at));
export const tableExists = (name: string): SqlError => new SqlError('42P07', `relation "${name}" already exists`);
export const notNull = (column: string, table: string, row: string): SqlError =>
  new SqlError('23502', `null value in column "${column}" of relation "${table}" violates not-null constraint`, {
    detail: `Failing row contains (${row}).`,
  });
export const duplicateKey = (index: string, columns: string, values: string): SqlError =>
  new SqlError('23505', `duplicate key value violates unique constraint "${index}"`, {
    detail: `Key (${columns})=(${values}) already exists.`,
  });
export const badInput = (type: string, text: string, at?: number): SqlError =>
  new SqlError('22P02', `invalid input syntax for type ${type}: "${text}"`, located(at));
export const outOfRange = (type: string): SqlError => new SqlError('22003', `${type} out of range`);
export const divisionByZero = (): SqlError => new SqlError('22012', 'division by zero');
/** What a real server has and this model does not. */
export const notSupported = (what: string, at?: number): SqlError =>
  new SqlError('0A000', `${what} is not supported by this model of the server`, located(at));
