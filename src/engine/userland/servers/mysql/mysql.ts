/** mysql: statements of the call, a script, or a conversation with the server. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { print } from '../../net/text.ts';
import type { Options } from '../../options.ts';
import { LineReader, say, toText } from '../../program-io.ts';
import { startedCommand } from '../postgres/shell-command.ts';
import { isGone, MysqlConnection, type QueryResult, type Target } from './client.ts';
import { clientOptions, errorText, specWith, targetOf } from './client-options.ts';
import { longVersion } from './data-directory.ts';
import { CLEAR_HELP, COPYRIGHT, SERVER_HELP, WELCOME } from './mysql-help.ts';
import { type Piece, ScriptReader } from './script.ts';
import { MysqlError } from './sql/errors.ts';
import { statusText } from './status-text.ts';
import { boxText, htmlText, tabText, uprightText } from './table-text.ts';

const SPEC = specWith({
  short: 'D:e:NBtEHrnAbiqwLUG',
  long: {
    database: 'D:',
    execute: 'e:',
    'skip-column-names': 'N',
    'column-names': '--column-names',
    batch: 'B',
    table: 't',
    vertical: 'E',
    html: 'H',
    raw: 'r',
    unbuffered: 'n',
    'no-auto-rehash': 'A',
    'skip-auto-rehash': 'A',
    'no-beep': 'b',
    'ignore-spaces': 'i',
    quick: 'q',
    wait: 'w',
    'skip-line-numbers': 'L',
    'safe-updates': 'U',
    'i-am-a-dummy': 'U',
    'named-commands': 'G',
    comments: '--comments',
    'skip-comments': '--skip-comments',
    'init-command': '--init-command:',
    prompt: '--prompt:',
    'show-warnings': '--show-warnings',
    'binary-as-hex': '--binary-as-hex',
    'skip-binary-as-hex': '--skip-binary-as-hex',
    'local-infile': '--local-infile::',
    'max-allowed-packet': '--max-allowed-packet:',
  },
});
const FAILED = 1;
const READING =
  'Reading table information for completion of table and column names\nYou can turn off this feature to get a quicker startup with -A\n\n';

export const mysql: Program = async (sys) => {
  const options = await clientOptions(sys, 'mysql', SPEC);
  if (typeof options === 'number') return options;
  if (options.has('V')) return print(sys, `mysql  Ver ${longVersion(sys)}\n`).then(() => 0);
  if (options.has('?'))
    return print(sys, `mysql  Ver ${longVersion(sys)}\n${COPYRIGHT}\nUsage: mysql [OPTIONS] [database]\n`).then(() => 0);
  const [database = options.value('D') ?? ''] = options.operands;
  const client = new Client(sys, options);
  try {
    return await client.run(await targetOf(sys, options, database));
  } catch (error) {
    if (!(error instanceof MysqlError)) throw error;
    await say(sys, 2, errorText(error));
    return FAILED;
  }
};

class Client {
  readonly #sys: Sys;
  readonly #options: Options;
  readonly #isBatch: boolean;
  readonly #isSilent: boolean;
  #connection: MysqlConnection | null = null;
  #reader = new ScriptReader();
  #prompt: string;
  #showsWarnings: boolean;

  constructor(sys: Sys, options: Options) {
    this.#sys = sys;
    this.#options = options;
    const isTerminal = sys.fds.isatty(0) && sys.fds.isatty(1);
    this.#isBatch = !isTerminal || options.has('B', 'e');
    this.#isSilent = !isTerminal || options.has('B', 's');
    this.#prompt = options.value('--prompt') ?? sys.env.get('MYSQL_PS1') ?? 'mysql> ';
    this.#showsWarnings = options.has('--show-warnings');
  }

  get #server(): MysqlConnection {
    if (this.#connection === null) throw new MysqlError(2006, 'HY000', 'MySQL server has gone away');
    return this.#connection;
  }

  async run(target: Target): Promise<number> {
    this.#connection = await MysqlConnection.open(this.#sys, target);
    const first = this.#options.value('--init-command');
    if (first !== undefined) await this.#connection.query(first);
    const scripts = this.#options.values('e');
    if (scripts.length > 0) {
      for (const script of scripts) {
        this.#reader = new ScriptReader();
        for (const line of script.split('\n')) if ((await this.#all(this.#reader.push(line))) === 'failed') return FAILED;
        const rest = this.#reader.rest();
        if (rest !== undefined && (await this.#all([rest])) === 'failed') return FAILED;
      }
      return 0;
    }
    if (this.#isBatch) return this.#script(0);
    return this.#talk();
  }

  /** Reads a script to its end. */
  async #script(fd: number): Promise<number> {
    const lines = new LineReader(this.#sys, fd);
    const outer = this.#reader;
    this.#reader = new ScriptReader();
    for (let line = await lines.next(); line !== null; line = await lines.next()) {
      const how = await this.#all(this.#reader.push(toText(line)));
      if (how === 'failed') return FAILED;
      if (how === 'ended') return 0;
      await this.#sys.turn();
    }
    const rest = this.#reader.rest();
    this.#reader = outer;
    return rest !== undefined && (await this.#all([rest])) === 'failed' ? FAILED : 0;
  }

  async #all(pieces: readonly Piece[]): Promise<'on' | 'ended' | 'failed'> {
    for (const piece of pieces) {
      const how = piece.kind === 'command' ? await this.#command(piece) : await this.#statement(piece);
      if (how !== 'on') return how;
    }
    return 'on';
  }

  get #nextPrompt(): string {
    const open = this.#reader.incomplete;
    if (open === '') return this.#filled(this.#prompt);
    return open === '*' ? '   /*> ' : `    ${open}> `;
  }

  /** `\d`, `\h` and `\u` of a prompt. */
  #filled(prompt: string): string {
    const { target, database } = this.#server;
    const pieces: Readonly<Record<string, string>> = {
      d: database === '' ? '(none)' : database,
      h: target.host,
      u: target.user,
      U: `${target.user}@${target.host}`,
      n: '\n',
      _: ' ',
      v: this.#server.version,
    };
    return prompt.replace(/\\(.)/g, (whole, letter: string) => pieces[letter] ?? whole);
  }

  /** What is said while names are read for completion; nothing where there are none. */
  async #rehashed(): Promise<string> {
    if (this.#isBatch || this.#options.has('A') || this.#server.database === '') return '';
    const isThere = (await this.#server.rows('show tables')).length > 0;
    return isThere ? READING : '';
  }

  async #talk(): Promise<number> {
    await print(this.#sys, await this.#rehashed());
    const [[comment] = ['']] = await this.#server.rows('select @@version_comment limit 1');
    await print(this.#sys, WELCOME.replace('@ID@', String(this.#server.id)).replace('@VERSION@', `${this.#server.version} ${comment}`));
    let isInterrupted = false;
    this.#sys.on('SIGINT', () => {
      isInterrupted = true;
    });
    const lines = new LineReader(this.#sys, 0);
    for (;;) {
      await print(this.#sys, this.#nextPrompt);
      let line: string | null;
      try {
        line = await lines.next();
      } catch (error) {
        if (!isErrno(error, 'EINTR') || !isInterrupted) throw error;
        isInterrupted = false;
        this.#reader.clear();
        await print(this.#sys, '\n');
        continue;
      }
      if (isInterrupted) this.#reader.clear();
      isInterrupted = false;
      if (line === null) break;
      if ((await this.#all(this.#reader.push(toText(line)))) === 'ended') {
        await print(this.#sys, 'Bye\n');
        return 0;
      }
    }
    await print(this.#sys, '^DBye\n');
    return 0;
  }

  /** Tells of a refusal; a script ends with it unless it is forced on. */
  async #refused(error: MysqlError, line?: number): Promise<'on' | 'failed'> {
    await say(this.#sys, 2, errorText(error, this.#isBatch && !this.#options.has('L') ? line : undefined));
    if (!this.#isBatch) {
      await print(this.#sys, isGone(error) ? 'No connection. Trying to reconnect...\n' : '');
      if (isGone(error)) await this.#reconnect();
      return 'on';
    }
    return this.#options.has('f') ? 'on' : 'failed';
  }

  async #reconnect(): Promise<void> {
    const before = this.#server;
    try {
      this.#connection = await MysqlConnection.open(this.#sys, { ...before.target, database: before.database });
      before.close();
      await print(
        this.#sys,
        `Connection id:    ${this.#connection.id}\nCurrent database: ${before.database === '' ? '*** NONE ***' : before.database}\n\n`,
      );
    } catch (error) {
      if (!(error instanceof MysqlError)) throw error;
      await say(this.#sys, 2, `${errorText(error)}ERROR: \nCan't connect to the server\n\n`);
    }
  }

  async #statement({ text, isUpright, line }: Extract<Piece, { kind: 'statement' }>): Promise<'on' | 'failed'> {
    const started = this.#sys.clock.monotonicNs();
    try {
      const result = await this.#server.query(text);
      const seconds = Number(this.#sys.clock.monotonicNs() - started) / 1e9;
      await this.#tell(result, { isUpright, seconds });
      if (result.warnings > 0 && this.#showsWarnings) await this.#warnings();
      return 'on';
    } catch (error) {
      if (!(error instanceof MysqlError)) throw error;
      return this.#refused(error, line);
    }
  }

  async #tell(result: QueryResult, { isUpright, seconds }: { readonly isUpright: boolean; readonly seconds: number }): Promise<void> {
    const time = this.#isBatch ? '' : ` (${timeText(seconds)})`;
    const warnings = result.warnings === 0 ? '' : `, ${counted(result.warnings, 'warning')}`;
    if (result.kind === 'done') {
      if (this.#isBatch) return;
      const info = result.info === '' ? '' : `${result.info}\n`;
      await print(this.#sys, `Query OK, ${counted(result.affected, 'row')} affected${warnings}${time}\n${info}\n`);
      return;
    }
    if (result.rows.length > 0 || (this.#isBatch && !this.#isBoxed)) await print(this.#sys, this.#drawn(result, isUpright));
    if (this.#isBatch) return;
    const found = result.rows.length === 0 ? 'Empty set' : `${counted(result.rows.length, 'row')} in set`;
    await print(this.#sys, `${found}${warnings}${time}\n\n`);
  }

  get #isBoxed(): boolean {
    return this.#options.has('t') || !this.#isSilent;
  }

  #drawn(result: Extract<QueryResult, { kind: 'rows' }>, isUpright: boolean): string {
    const hasNames = !this.#options.has('N');
    if (this.#options.has('H')) return htmlText(result);
    if (isUpright || this.#options.has('E')) return uprightText(result, hasNames);
    if (this.#isBoxed) return boxText(result, hasNames);
    return tabText(result, { hasNames, isRaw: this.#options.has('r') });
  }

  async #warnings(): Promise<void> {
    const rows = await this.#server.rows('show warnings');
    await print(this.#sys, rows.map(([level, code, message]) => `${level} (Code ${code}): ${message}\n`).join(''));
  }

  async #command({ letter, rest, line }: Extract<Piece, { kind: 'command' }>): Promise<'on' | 'ended' | 'failed'> {
    try {
      return await this.#carryOut(letter, rest);
    } catch (error) {
      if (!(error instanceof MysqlError)) throw error;
      return this.#refused(error, line);
    }
  }

  async #carryOut(letter: string, rest: string): Promise<'on' | 'ended' | 'failed'> {
    const tell = async (text: string): Promise<'on'> => {
      if (!this.#isBatch) await print(this.#sys, text);
      return 'on';
    };
    switch (letter) {
      case 'q':
        return 'ended';
      case 'u':
        if (rest === '') return this.#complain('USE must be followed by a database name');
        await this.#server.use(rest);
        await tell(await this.#rehashed());
        return tell('Database changed\n');
      case '.':
        return this.#source(rest);
      case 's':
        await print(this.#sys, await statusText(this.#server, longVersion(this.#sys), this.#reader.delimiter));
        return 'on';
      case '!':
        await startedCommand(this.#sys, rest);
        return 'on';
      case '?':
        await print(this.#sys, rest === '' || rest === ';' ? CLEAR_HELP : SERVER_HELP);
        return 'on';
      case 'r':
        await this.#reconnect();
        return 'on';
      case 'R':
        this.#prompt = rest === '' ? 'mysql> ' : rest;
        return tell(rest === '' ? 'Returning to default PROMPT of mysql> \n' : `PROMPT set to '${rest}'\n`);
      case 'W':
        this.#showsWarnings = true;
        return tell('Show warnings enabled.\n');
      case 'w':
        this.#showsWarnings = false;
        return tell('Show warnings disabled.\n');
      case 'd':
      case 'c':
      case '#':
      case 'p':
      case 'x':
      case 'n':
      case 't':
        return 'on';
      default:
        return this.#complain(`This model of the client doesn't support '\\${letter}'`);
    }
  }

  async #complain(words: string): Promise<'on' | 'failed'> {
    await say(this.#sys, 2, `ERROR: \n${words}\n`);
    return this.#isBatch ? 'failed' : 'on';
  }

  async #source(path: string): Promise<'on' | 'failed'> {
    let fd: number;
    try {
      fd = await this.#sys.open(path, { read: true });
    } catch (error) {
      if (!isErrno(error)) throw error;
      return this.#complain(`Failed to open file '${path}', error: ${error.code === 'EACCES' ? 13 : 2}`);
    }
    const status = await this.#script(fd);
    this.#sys.fds.close(fd);
    return status === 0 ? 'on' : 'failed';
  }
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** `0.01 sec`, `1 min 2.35 sec`. */
function timeText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${(seconds - minutes * 60).toFixed(2)} sec`;
  if (hours > 0) return `${counted(hours, 'hour')} ${minutes % 60} min ${rest}`;
  return minutes > 0 ? `${minutes} min ${rest}` : rest;
}
