/** mysqldump: databases as the statements that make them again. */
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import type { Options } from '../../options.ts';
import { Output } from '../../program-io.ts';
import { MysqlConnection, type ResultColumn } from './client.ts';
import { clientOptions, specWith, targetOf } from './client-options.ts';
import { longVersion, versionOf } from './data-directory.ts';
import { MysqlError } from './sql/errors.ts';
import { isNumericCode } from './sql/types.ts';

const SPEC = specWith({
  short: 'ABdnteERKcQw:r:',
  long: {
    'all-databases': 'A',
    databases: 'B',
    'no-data': 'd',
    'no-create-db': 'n',
    'no-create-info': 't',
    'complete-insert': 'c',
    'extended-insert': 'e',
    'skip-extended-insert': '--skip-extended-insert',
    events: 'E',
    routines: 'R',
    triggers: '--triggers',
    'skip-triggers': '--skip-triggers',
    'single-transaction': '--single-transaction',
    'lock-tables': 'l',
    'skip-lock-tables': '--skip-lock-tables',
    'lock-all-tables': '--lock-all-tables',
    quick: 'q',
    opt: '--opt',
    'add-drop-table': '--add-drop-table',
    'skip-add-drop-table': '--skip-add-drop-table',
    'add-drop-database': '--add-drop-database',
    'add-locks': '--add-locks',
    'skip-add-locks': '--skip-add-locks',
    comments: 'i',
    'skip-comments': '--skip-comments',
    'skip-dump-date': '--skip-dump-date',
    compact: '--compact',
    'no-tablespaces': 'y',
    where: 'w:',
    'result-file': 'r:',
    'set-gtid-purged': '--set-gtid-purged:',
    'column-statistics': '--column-statistics:',
    'skip-column-statistics': '--skip-column-statistics',
    'hex-blob': '--hex-blob',
    'ignore-table': '--ignore-table:',
    'source-data': '--source-data::',
    'flush-logs': 'F',
    'flush-privileges': '--flush-privileges',
    tables: '--tables',
  },
});
const [FAILED, WRONG_CALL] = [2, 1];
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const SYSTEM = ['information_schema', 'performance_schema', 'sys', 'mysql'];

export const mysqldump: Program = async (sys) => {
  const options = await clientOptions(sys, 'mysqldump', SPEC);
  if (typeof options === 'number') return options;
  if (options.has('V')) return print(sys, `mysqldump  Ver ${longVersion(sys)}\n`).then(() => 0);
  if (options.operands.length === 0 && !options.has('A')) {
    await print(
      sys,
      'Usage: mysqldump [OPTIONS] database [tables]\nOR     mysqldump [OPTIONS] --databases [OPTIONS] DB1 [DB2 DB3...]\nOR     mysqldump [OPTIONS] --all-databases [OPTIONS]\nFor more options, use mysqldump --help\n',
    );
    return WRONG_CALL;
  }
  let connection: MysqlConnection;
  try {
    connection = await MysqlConnection.open(sys, await targetOf(sys, options));
  } catch (error) {
    if (!(error instanceof MysqlError)) throw error;
    return leave(sys, `mysqldump: Got error: ${error.code}: ${error.message} when trying to connect\n`, FAILED);
  }
  const file = options.value('r');
  const fd = file === undefined ? 1 : await sys.open(file, { write: true, create: true, truncate: true }, 0o666);
  const dump = new Dump(sys, connection, options, new Output(sys, fd));
  try {
    await dump.run();
    return 0;
  } catch (error) {
    if (!(error instanceof MysqlError)) throw error;
    await dump.flush();
    return leave(sys, `mysqldump: ${dump.failure(error)}\n`, FAILED);
  }
};

class Dump {
  readonly #sys: Sys;
  readonly #connection: MysqlConnection;
  readonly #options: Options;
  readonly #out: Output;
  #doing = 'connecting';

  constructor(sys: Sys, connection: MysqlConnection, options: Options, out: Output) {
    this.#sys = sys;
    this.#connection = connection;
    this.#options = options;
    this.#out = out;
  }

  flush(): Promise<void> {
    return this.#out.flush();
  }

  failure({ code, message }: MysqlError): string {
    return this.#doing.startsWith('Couldn') ? this.#doing : `Got error: ${code}: ${message} when ${this.#doing}`;
  }

  get #hasComments(): boolean {
    return !this.#options.has('--skip-comments', '--compact');
  }

  async run(): Promise<void> {
    const { operands } = this.#options;
    const isMany = this.#options.has('A', 'B');
    const databases = this.#options.has('A') ? await this.#allDatabases() : isMany ? operands : operands.slice(0, 1);
    if (!this.#options.has('y')) await this.#tablespaces();
    await this.#head(isMany ? (this.#options.has('A') ? '' : (databases[0] ?? '')) : (databases[0] ?? ''));
    for (const database of databases) {
      this.#doing = 'selecting the database';
      await this.#connection.use(database);
      if (isMany) await this.#database(database);
      await this.#tables(database, isMany ? [] : operands.slice(1));
    }
    await this.#foot();
    await this.#out.flush();
  }

  /** Tables that share a tablespace would be told of here; InnoDB gives each its own. */
  async #tablespaces(): Promise<void> {
    try {
      await this.#connection.query('select distinct tablespace_name from information_schema.files where logfile_group_name is not null');
    } catch (error) {
      if (!(error instanceof MysqlError)) throw error;
      await leave(this.#sys, `mysqldump: Error: '${error.message}' when trying to dump tablespaces\n`);
    }
  }

  async #allDatabases(): Promise<readonly string[]> {
    return (await this.#connection.rows('show databases')).map(([name]) => name ?? '').filter((name) => !SYSTEM.includes(name));
  }

  async #head(database: string): Promise<void> {
    if (this.#hasComments)
      await this.#out.write(
        `-- MySQL dump 10.13  Distrib ${versionOf(this.#sys)}, for Linux (${this.#sys.uname.machine})\n--\n-- Host: ${this.#connection.target.host}    Database: ${database}\n-- ------------------------------------------------------\n-- Server version\t${this.#connection.version}\n\n`,
      );
    if (this.#options.has('--compact')) return;
    await this.#out.write(
      "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;\n/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;\n/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;\n/*!50503 SET NAMES utf8mb4 */;\n/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;\n/*!40103 SET TIME_ZONE='+00:00' */;\n/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;\n/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;\n/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;\n/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;\n",
    );
  }

  async #foot(): Promise<void> {
    if (!this.#options.has('--compact'))
      await this.#out.write(
        '/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;\n\n/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;\n/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;\n/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;\n/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;\n/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;\n/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;\n/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;\n\n',
      );
    if (!this.#hasComments) return;
    const now = new Date(Number(this.#sys.clock.nowNs() / 1_000_000n)).toISOString();
    const time = `${now.slice(0, 10)} ${now.slice(11, 19).replace(/^0/, ' ')}`;
    await this.#out.write(`-- Dump completed${this.#options.has('--skip-dump-date') ? '' : ` on ${time}`}\n`);
  }

  async #comment(text: string): Promise<void> {
    if (this.#hasComments) await this.#out.write(`\n--\n-- ${text}\n--\n\n`);
  }

  async #database(name: string): Promise<void> {
    await this.#comment(`Current Database: ${quoted(name)}`);
    if (this.#options.has('--add-drop-database')) await this.#out.write(`/*!40000 DROP DATABASE IF EXISTS ${quoted(name)}*/;\n\n`);
    if (!this.#options.has('n')) {
      const [[, text = ''] = []] = await this.#connection.rows(`show create database ${quoted(name)}`);
      await this.#out.write(`${text?.replace(/^CREATE DATABASE /, 'CREATE DATABASE /*!32312 IF NOT EXISTS*/ ')};\n\n`);
    }
    await this.#out.write(`USE ${quoted(name)};\n`);
  }

  async #tables(database: string, wanted: readonly string[]): Promise<void> {
    const rows = await this.#connection.rows('show full tables');
    const ignored = this.#options.values('--ignore-table');
    const named = rows
      .map(([name, kind]) => ({ name: name ?? '', isView: kind === 'VIEW' }))
      .filter(({ name }) => !ignored.includes(`${database}.${name}`));
    for (const name of wanted)
      if (!named.some((one) => one.name === name)) {
        this.#doing = `Couldn't find table: "${name}"`;
        throw new MysqlError(1146, '42S02', this.#doing);
      }
    const chosen = wanted.length === 0 ? named : named.filter(({ name }) => wanted.includes(name));
    for (const { name } of chosen.filter(({ isView }) => !isView)) await this.#table(name);
    for (const { name } of chosen.filter(({ isView }) => isView)) await this.#view(name);
  }

  async #table(name: string): Promise<void> {
    this.#doing = 'reading a table';
    const isCompact = this.#options.has('--compact');
    if (!this.#options.has('t')) {
      await this.#comment(`Table structure for table ${quoted(name)}`);
      if (!isCompact && !this.#options.has('--skip-add-drop-table')) await this.#out.write(`DROP TABLE IF EXISTS ${quoted(name)};\n`);
      const [[, text = ''] = []] = await this.#connection.rows(`show create table ${quoted(name)}`);
      await this.#out.write(
        `/*!40101 SET @saved_cs_client     = @@character_set_client */;\n/*!50503 SET character_set_client = utf8mb4 */;\n${text};\n/*!40101 SET character_set_client = @saved_cs_client */;\n`,
      );
    }
    if (this.#options.has('d')) return;
    await this.#comment(`Dumping data for table ${quoted(name)}`);
    const hasLocks = !isCompact && !this.#options.has('--skip-add-locks');
    if (hasLocks) await this.#out.write(`LOCK TABLES ${quoted(name)} WRITE;\n/*!40000 ALTER TABLE ${quoted(name)} DISABLE KEYS */;\n`);
    await this.#rows(name);
    if (hasLocks) await this.#out.write(`/*!40000 ALTER TABLE ${quoted(name)} ENABLE KEYS */;\nUNLOCK TABLES;\n`);
  }

  async #rows(name: string): Promise<void> {
    const where = this.#options.value('w');
    const result = await this.#connection.query(`select * from ${quoted(name)}${where === undefined ? '' : ` where ${where}`}`);
    if (result.kind !== 'rows' || result.rows.length === 0) return;
    const columns = this.#options.has('c') ? ` (${result.columns.map((column) => quoted(column.name)).join(', ')})` : '';
    const tuples = result.rows.map((row) => `(${row.map((value, i) => literal(value, result.columns[i])).join(',')})`);
    const insert = `INSERT INTO ${quoted(name)}${columns} VALUES `;
    await this.#out.write(
      this.#options.has('--skip-extended-insert')
        ? tuples.map((tuple) => `${insert}${tuple};\n`).join('')
        : `${insert}${tuples.join(',')};\n`,
    );
  }

  async #view(name: string): Promise<void> {
    const [[, text = ''] = []] = await this.#connection.rows(`show create view ${quoted(name)}`);
    await this.#comment(`Final view structure for view ${quoted(name)}`);
    await this.#out.write(`/*!50001 DROP VIEW IF EXISTS ${quoted(name)}*/;\n/*!50001 ${text} */;\n`);
  }
}

/** A value as SQL writes it. */
function literal(value: string | null, column: ResultColumn | undefined): string {
  if (value === null) return 'NULL';
  if (column !== undefined && isNumericCode(column.code)) return value;
  const escapes: Readonly<Record<string, string>> = {
    '\n': '\\n',
    '\r': '\\r',
    '\0': '\\0',
    '\u001a': '\\Z',
    "'": "\\'",
    '"': '\\"',
    '\\': '\\\\',
  };
  return `'${[...value].map((char) => escapes[char] ?? char).join('')}'`;
}
