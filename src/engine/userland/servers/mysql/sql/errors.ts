/** What MySQL refuses: its number, the SQLSTATE and the sentence. */

export class MysqlError extends Error {
  override readonly name = 'MysqlError';
  readonly code: number;
  readonly state: string;

  constructor(code: number, state: string, message: string) {
    super(message);
    this.code = code;
    this.state = state;
  }
}

const error = (code: number, state: string, message: string): MysqlError => new MysqlError(code, state, message);

const NEAR_MOST = 80;
/** `rest` is the statement from the word on that was not understood. */
export const syntaxError = (rest: string, line: number): MysqlError =>
  error(
    1064,
    '42000',
    `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${rest.slice(0, NEAR_MOST)}' at line ${line}`,
  );
/** What a real server has and this model does not. */
export const notSupported = (what: string): MysqlError => error(1235, '42000', `This model of the server doesn't support '${what}'`);
export const noDatabase = (): MysqlError => error(1046, '3D000', 'No database selected');
export const unknownDatabase = (name: string): MysqlError => error(1049, '42000', `Unknown database '${name}'`);
export const noSuchTable = (schema: string, name: string): MysqlError => error(1146, '42S02', `Table '${schema}.${name}' doesn't exist`);
export const tableExists = (name: string): MysqlError => error(1050, '42S01', `Table '${name}' already exists`);
export const unknownTable = (name: string): MysqlError => error(1051, '42S02', `Unknown table '${name}'`);
export const unknownColumn = (name: string, clause: string): MysqlError => error(1054, '42S22', `Unknown column '${name}' in '${clause}'`);
export const ambiguous = (name: string, clause: string): MysqlError => error(1052, '23000', `Column '${name}' in ${clause} is ambiguous`);
export const notNull = (column: string): MysqlError => error(1048, '23000', `Column '${column}' cannot be null`);
export const duplicateEntry = (values: string, key: string): MysqlError =>
  error(1062, '23000', `Duplicate entry '${values}' for key '${key}'`);
export const noDefault = (column: string): MysqlError => error(1364, 'HY000', `Field '${column}' doesn't have a default value`);
export const outOfRange = (column: string, row: number): MysqlError =>
  error(1264, '22003', `Out of range value for column '${column}' at row ${row}`);
export const tooLong = (column: string, row: number): MysqlError =>
  error(1406, '22001', `Data too long for column '${column}' at row ${row}`);
export const truncated = (column: string, row: number): MysqlError =>
  error(1265, '01000', `Data truncated for column '${column}' at row ${row}`);
export const badValue = (kind: string, value: string, { column, row }: { column: string; row: number }): MysqlError =>
  error(1366, 'HY000', `Incorrect ${kind} value: '${value}' for column '${column}' at row ${row}`);
export const badMoment = (kind: string, value: string, { column, row }: { column: string; row: number }): MysqlError =>
  error(1292, '22007', `Incorrect ${kind} value: '${value}' for column '${column}' at row ${row}`);
export const duplicateColumn = (name: string): MysqlError => error(1060, '42S21', `Duplicate column name '${name}'`);
export const duplicateKey = (name: string): MysqlError => error(1061, '42000', `Duplicate key name '${name}'`);
export const manyPrimaryKeys = (): MysqlError => error(1068, '42000', 'Multiple primary key defined');
export const noKeyColumn = (name: string): MysqlError => error(1072, '42000', `Key column '${name}' doesn't exist in table`);
export const cannotDrop = (name: string): MysqlError => error(1091, '42000', `Can't DROP '${name}'; check that column/key exists`);
export const badDefault = (name: string): MysqlError => error(1067, '42000', `Invalid default value for '${name}'`);
export const autoColumn = (): MysqlError =>
  error(1075, '42000', 'Incorrect table definition; there can be only one auto column and it must be defined as a key');
export const columnCount = (row: number): MysqlError => error(1136, '21S01', `Column count doesn't match value count at row ${row}`);
export const unknownVariable = (name: string): MysqlError => error(1193, 'HY000', `Unknown system variable '${name}'`);
export const operandColumns = (): MysqlError => error(1241, '21000', 'Operand should contain 1 column(s)');
export const manyRows = (): MysqlError => error(1242, '21000', 'Subquery returns more than 1 row');
export const noFunction = (name: string): MysqlError => error(1305, '42000', `FUNCTION ${name} does not exist`);
export const parameterCount = (name: string): MysqlError =>
  error(1582, '42000', `Incorrect parameter count in the call to native function '${name}'`);
export const groupFunction = (): MysqlError => error(1111, 'HY000', 'Invalid use of group function');
export const accessDenied = (account: string, password: string | undefined): MysqlError =>
  error(1045, '28000', `Access denied for user ${account} (using password: ${password === undefined ? 'NO' : 'YES'})`);
export const deniedDatabase = (account: string, name: string): MysqlError =>
  error(1044, '42000', `Access denied for user ${account} to database '${name}'`);
export const deniedTable = (verb: string, account: string, table: string): MysqlError =>
  error(1142, '42000', `${verb} command denied to user ${account} for table '${table}'`);
export const needsPrivilege = (names: string): MysqlError =>
  error(1227, '42000', `Access denied; you need (at least one of) the ${names} privilege(s) for this operation`);
export const failedOperation = (what: string, account: string): MysqlError =>
  error(1396, 'HY000', `Operation ${what} failed for ${account}`);
export const lockTimeout = (): MysqlError => error(1205, 'HY000', 'Lock wait timeout exceeded; try restarting transaction');
export const checkViolated = (name: string): MysqlError => error(3819, 'HY000', `Check constraint '${name}' is violated.`);
export const plain = error;
