/** psql: commands of the call, a script, or a conversation with the server. */

import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { LineReader, say, toText } from '../../program-io.ts';
import { ConnectionFailed, PgConnection, type QueryEvent, targetOf } from './client.ts';
import { versionOf } from './data-directory.ts';
import { type Described, describe, listDatabases, listIndexes, listRelations, listRoles, listSchemas } from './describe.ts';
import type { Notice } from './protocol.ts';
import { type Incomplete, ScriptReader } from './script-reader.ts';
import { startedCommand } from './shell-command.ts';
import { type TableStyle, tableText } from './table-text.ts';

const SPEC = {
  short: 'c:d:f:h:p:U:v:F:P:R:AtqxXwW1nblaeEsVo:L:z0',
  long: {
    command: 'c:',
    dbname: 'd:',
    file: 'f:',
    host: 'h:',
    port: 'p:',
    username: 'U:',
    set: 'v:',
    variable: 'v:',
    'field-separator': 'F:',
    pset: 'P:',
    'no-align': 'A',
    'tuples-only': 't',
    quiet: 'q',
    expanded: 'x',
    'no-psqlrc': 'X',
    'no-password': 'w',
    password: 'W',
    'single-transaction': '1',
    list: 'l',
    'echo-all': 'a',
    'echo-queries': 'e',
    csv: '--csv',
    version: 'V',
    help: '--help',
    'no-readline': 'n',
  },
};
const [FAILED, NO_CONNECTION, SCRIPT_FAILED] = [1, 2, 3];

export const psql: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `${sys.argv[0]}: ${error.message}\npsql: hint: Try "psql --help" for more information.\n`);
  }
  if (options.has('V')) return print(sys, `psql (PostgreSQL) ${versionOf(sys)}\n`).then(() => 0);
  if (options.has('--help'))
    return print(sys, 'psql is the PostgreSQL interactive terminal.\n\nUsage:\n  psql [OPTION]... [DBNAME [USERNAME]]\n').then(() => 0);
  const session = new Psql(sys, options);
  try {
    return await session.run();
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error;
    return leave(sys, `psql: error: ${error.message}\n`, NO_CONNECTION);
  }
};

class Psql {
  readonly #sys: Sys;
  readonly #options: Options;
  readonly #variables = new Map<string, string>();
  #style: TableStyle;
  #connection: PgConnection | null = null;
  #isTiming = false;
  #failed = false;

  constructor(sys: Sys, options: Options) {
    this.#sys = sys;
    this.#options = options;
    for (const word of options.values('v')) this.#variables.set(word.split('=')[0] ?? '', word.slice(word.indexOf('=') + 1));
    this.#style = {
      aligned: !options.has('A', '--csv'),
      expanded: options.has('x'),
      tuplesOnly: options.has('t'),
      separator: options.has('--csv') ? ',' : (options.value('F') ?? '|'),
      nullText: '',
      footer: !options.has('--csv'),
    };
  }

  get #stopsOnError(): boolean {
    return /^(1|on|true)$/.test(this.#variables.get('ON_ERROR_STOP') ?? '');
  }

  async run(): Promise<number> {
    await this.#connect(targetOf(this.#sys, this.#options, 'psql'));
    if (this.#options.has('l')) return this.#once('\\l');
    const given = this.#options.given.filter(([key]) => key === 'c' || key === 'f');
    if (given.length > 0) return this.#all(given);
    return this.#sys.fds.isatty(0) ? this.#talk() : this.#script(0);
  }

  async #connect(target: ReturnType<typeof targetOf>): Promise<void> {
    try {
      this.#connection = await PgConnection.open(this.#sys, target);
    } catch (error) {
      if (!(error instanceof ConnectionFailed) || !error.wantsPassword || this.#options.has('w') || !this.#sys.fds.isatty(0)) throw error;
      this.#connection = await PgConnection.open(this.#sys, { ...target, password: await this.#askPassword(target.user) });
    }
  }

  async #askPassword(user: string): Promise<string> {
    await say(this.#sys, 2, `Password for user ${user}: `);
    this.#sys.tty.setMode(0, { echo: false });
    const line = await new LineReader(this.#sys, 0).next();
    this.#sys.tty.setMode(0, { echo: true });
    await say(this.#sys, 2, '\n');
    return toText(line ?? '');
  }

  get #server(): PgConnection {
    if (this.#connection === null) throw new ConnectionFailed('no connection to the server');
    return this.#connection;
  }

  async #all(given: readonly (readonly [string, string])[]): Promise<number> {
    for (const [key, value] of given) {
      const status = key === 'c' ? await this.#once(value) : await this.#file(value);
      if (status !== 0) return status;
    }
    return 0;
  }

  /** One -c: a backslash command, or SQL that goes to the server as it is. */
  async #once(text: string): Promise<number> {
    this.#failed = false;
    if (text.startsWith('\\')) await this.#command(text);
    else await this.#query(text);
    return this.#failed ? FAILED : 0;
  }

  async #file(path: string): Promise<number> {
    if (path === '-') return this.#script(0);
    try {
      const fd = await this.#sys.open(path, { read: true });
      const status = await this.#script(fd, path);
      this.#sys.fds.close(fd);
      return status;
    } catch (error) {
      if (!isErrno(error)) throw error;
      await leave(this.#sys, `psql: error: ${path}: ${error.message}\n`);
      return FAILED;
    }
  }

  async #script(fd: number, name?: string): Promise<number> {
    const lines = new LineReader(this.#sys, fd);
    const reader = new ScriptReader(this.#variables);
    let number = 0;
    for (let line = await lines.next(); line !== null; line = await lines.next()) {
      number += 1;
      for (const piece of reader.push(toText(line))) {
        this.#failed = false;
        const where = name === undefined ? 'psql:<stdin>' : `psql:${name}`;
        if (await this.#piece(piece, `${where}:${number}: `)) return 0;
        if (this.#failed && this.#stopsOnError) return SCRIPT_FAILED;
      }
    }
    const rest = reader.rest();
    if (rest !== '') await this.#query(rest);
    return this.#failed && this.#stopsOnError ? SCRIPT_FAILED : 0;
  }

  /** A statement or a backslash command; true if it was the last. */
  async #piece(piece: string, where = ''): Promise<boolean> {
    if (piece.startsWith('\\')) return this.#command(piece);
    await this.#query(piece, where);
    return false;
  }

  get #prompt(): string {
    const { parameters, target, status } = this.#server;
    const isSuper = parameters.get('is_superuser') === 'on';
    return `${target.database}=${status === 'T' ? '*' : status === 'E' ? '!' : ''}${isSuper ? '#' : '>'} `;
  }

  #nextPrompt(incomplete: Incomplete): string {
    if (incomplete === '') return this.#prompt;
    return this.#prompt.replace('=', incomplete);
  }

  async #talk(): Promise<number> {
    if (!this.#options.has('q')) await print(this.#sys, `psql (${versionOf(this.#sys)})\nType "help" for help.\n\n`);
    const lines = new LineReader(this.#sys, 0);
    const reader = new ScriptReader(this.#variables);
    for (;;) {
      await print(this.#sys, this.#nextPrompt(reader.incomplete));
      const line = await lines.next();
      if (line === null) {
        await print(this.#sys, '\\q\n');
        return 0;
      }
      const text = toText(line).trim();
      if (reader.incomplete === '' && /^(quit|exit)\s*;?$/.test(text)) return 0;
      if (reader.incomplete === '' && text === 'help') {
        await print(
          this.#sys,
          'You are using psql, the command-line interface to PostgreSQL.\nType:  \\copyright for distribution terms\n       \\h for help with SQL commands\n       \\? for help with psql commands\n       \\g or terminate with semicolon to execute query\n       \\q to quit\n',
        );
        continue;
      }
      for (const piece of reader.push(toText(line))) if (await this.#piece(piece)) return 0;
    }
  }

  async #query(script: string, where = ''): Promise<void> {
    const started = this.#sys.clock.monotonicNs();
    await this.#server.query(script, (event) => this.#event(event, script, where));
    if (this.#isTiming) await print(this.#sys, `Time: ${(Number(this.#sys.clock.monotonicNs() - started) / 1e6).toFixed(3)} ms\n`);
  }

  async #event(event: QueryEvent, script: string, where: string): Promise<void> {
    switch (event.kind) {
      case 'rows':
        await print(this.#sys, this.#options.has('--csv') ? csv(event, this.#style.tuplesOnly) : tableText(event, this.#style));
        if (!event.tag.startsWith('SELECT') && !event.tag.startsWith('SHOW') && !this.#options.has('q'))
          await print(this.#sys, `${event.tag}\n`);
        return;
      case 'done':
        if (!this.#options.has('q')) await print(this.#sys, `${event.tag}\n`);
        return;
      case 'empty':
        return;
      case 'notice':
      case 'error':
        if (event.kind === 'error') this.#failed = true;
        await say(this.#sys, 2, where + noticeText(event.notice, script));
    }
  }

  async #show(described: Described | readonly Described[]): Promise<void> {
    for (const one of Array.isArray(described) ? (described as readonly Described[]) : [described as Described]) {
      if (typeof one === 'string') {
        this.#failed = true;
        await say(this.#sys, 2, one);
      } else await print(this.#sys, tableText(one, this.#style));
    }
  }

  /** A backslash command; true if it ends the conversation. */
  async #command(text: string): Promise<boolean> {
    const [, verb = '', rest = ''] = /^\\(\S+)\s*(.*?)\s*$/s.exec(text) ?? [];
    const args = rest === '' ? [] : rest.split(/\s+/).map((word) => word.replace(/^(['"])(.*)\1$/, '$2').replace(/;$/, ''));
    const [first] = args;
    const name = verb.replace(/[+S]+$/, '') || verb;
    if (name === 'q') return true;
    if (/^(d|dt|dv|ds|di|du|dg|dn|l|list|dtv)$/.test(name)) await this.#show(await this.#described(name, first));
    else await this.#setting(name, args, rest);
    return false;
  }

  async #described(name: string, first: string | undefined): Promise<Described | readonly Described[]> {
    const server = this.#server;
    switch (name) {
      case 'l':
      case 'list':
        return listDatabases(server);
      case 'du':
      case 'dg':
        return listRoles(server);
      case 'dn':
        return listSchemas(server);
      case 'di':
        return listIndexes(server);
      case 'd':
        return first === undefined ? listRelations(server, 'tvs', undefined) : describe(server, first);
      default:
        return listRelations(server, name.slice(1), first);
    }
  }

  async #setting(name: string, args: readonly string[], rest: string): Promise<void> {
    const say1 = (text: string): Promise<void> => print(this.#sys, text);
    const [first, second] = args;
    switch (name) {
      case 'x':
        this.#style = { ...this.#style, expanded: first === undefined ? !this.#style.expanded : first === 'on' };
        return say1(`Expanded display is ${this.#style.expanded ? 'on' : 'off'}.\n`);
      case 'a':
        this.#style = { ...this.#style, aligned: !this.#style.aligned };
        return say1(`Output format is ${this.#style.aligned ? 'aligned' : 'unaligned'}.\n`);
      case 't':
        this.#style = { ...this.#style, tuplesOnly: !this.#style.tuplesOnly };
        return say1(`Tuples only is ${this.#style.tuplesOnly ? 'on' : 'off'}.\n`);
      case 'timing':
        this.#isTiming = first === undefined ? !this.#isTiming : first === 'on';
        return say1(`Timing is ${this.#isTiming ? 'on' : 'off'}.\n`);
      case 'pset':
        if (first === 'null') this.#style = { ...this.#style, nullText: second ?? '' };
        if (first === 'tuples_only') this.#style = { ...this.#style, tuplesOnly: second !== 'off' };
        return first === 'null' ? say1(`Null display is "${second ?? ''}".\n`) : undefined;
      case 'set':
        this.#variables.set(first ?? '', second ?? '');
        return;
      case 'unset':
        this.#variables.delete(first ?? '');
        return;
      case 'echo':
        return say1(`${rest.replace(/^(['"])(.*)\1$/, '$2')}\n`);
      case 'c':
      case 'connect':
        return this.#reconnect(args);
      case 'conninfo': {
        const { database, user, host, port } = this.#server.target;
        const where = host.startsWith('/') ? `via socket in "${host}"` : `on host "${host}"`;
        return say1(`You are connected to database "${database}" as user "${user}" ${where} at port "${port}".\n`);
      }
      case 'i':
      case 'ir':
        await this.#file(first ?? '');
        return;
      case '!':
        await startedCommand(this.#sys, rest);
        return;
      case '?':
        return say1(
          'General\n  \\q                     quit psql\n\nInformational\n  \\d      NAME           describe table or view\n  \\di \\ds \\dt \\dv        list indexes, sequences, tables, views\n  \\du                    list roles\n  \\l                     list databases\n\nConnection\n  \\c      DBNAME [USER]  connect to new database\n  \\conninfo              display information about current connection\n\nFormatting\n  \\a \\t \\x \\timing       toggle alignment, tuples only, expanded, timing\n\nInput/Output\n  \\i FILE                execute commands from file\n  \\echo [STRING]         write string to standard output\n  \\! [COMMAND]           execute command in shell\n',
        );
      case 'h':
        return say1('See https://www.postgresql.org/docs/17/sql-commands.html\n');
      default:
        this.#failed = true;
        await say(this.#sys, 2, `invalid command \\${name}\nTry \\? for help.\n`);
    }
  }

  async #reconnect([database, user]: readonly string[]): Promise<void> {
    const { target } = this.#server;
    try {
      const next = await PgConnection.open(this.#sys, {
        ...target,
        database: database && database !== '-' ? database : target.database,
        user: user && user !== '-' ? user : target.user,
      });
      this.#server.close();
      this.#connection = next;
      await print(this.#sys, `You are now connected to database "${next.target.database}" as user "${next.target.user}".\n`);
    } catch (error) {
      if (!(error instanceof ConnectionFailed)) throw error;
      this.#failed = true;
      await say(this.#sys, 2, `${error.message}\nPrevious connection kept\n`);
    }
  }
}

function csv({ columns, rows }: Extract<QueryEvent, { kind: 'rows' }>, isBare: boolean): string {
  const cell = (value: string | null): string =>
    value !== null && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : (value ?? '');
  return [...(isBare ? [] : [columns.map(({ name }) => name)]), ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** A refusal or remark with the line that it is about, and a mark below the place. */
function noticeText(notice: Notice, script: string): string {
  const lines = [`${notice.get('S') ?? ''}:  ${notice.get('M') ?? ''}`];
  const position = Number(notice.get('P') ?? 0);
  if (position > 0) {
    const before = script.slice(0, position - 1);
    const number = before.split('\n').length;
    const from = before.lastIndexOf('\n') + 1;
    const line = script.slice(from).split('\n')[0] ?? '';
    const label = `LINE ${number}: `;
    lines.push(`${label}${line}`, `${' '.repeat(label.length + position - 1 - from)}^`);
  }
  if (notice.has('D')) lines.push(`DETAIL:  ${notice.get('D')}`);
  if (notice.has('H')) lines.push(`HINT:  ${notice.get('H')}`);
  return `${lines.join('\n')}\n`;
}
