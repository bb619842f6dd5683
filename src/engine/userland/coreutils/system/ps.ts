/** `ps`: procps' on the host and in Debian, busybox's in busybox. */
import type { Sys } from '../../../kernel/sys.ts';
import { OptionError, parseOptions } from '../../options.ts';
import { say } from '../../program-io.ts';
import { Exit, type Tool, type Utility } from '../../tool.ts';
import { findUid, nameTables } from '../users.ts';
import { commandOf, type ProcessRow, processes, ttyName } from './processes.ts';
import { COLUMNS, type Column, type Context, contextOf, FORMATS } from './ps-columns.ts';

export const ps: Utility = (tool) => (tool.isBusybox ? busyboxPs(tool) : procps(tool));

/** The command line; a process whose name is not its program's says both. Upstream: busybox libbb/procps.c read_cmdline. */
function commandWithName(row: ProcessRow): string {
  const program = (row.argv[0] ?? '').replace(/^.*\//, '').replace(/^-/, '');
  return row.argv.length === 0 || program.startsWith(row.name) ? commandOf(row) : `{${row.name}} ${commandOf(row)}`;
}

const BUSYBOX_COLUMNS = [
  'user',
  'group',
  'comm',
  'args',
  'pid',
  'ppid',
  'pgid',
  'nice',
  'rgroup',
  'ruser',
  'tty',
  'vsz',
  'sid',
  'stat',
  'rss',
];
interface BusyboxColumn {
  readonly header: string;
  readonly width: number;
  readonly value: (row: ProcessRow) => string;
}

const shortTty = (device: number): string => (device === 0 ? '?' : `${Math.floor(device / 256)},${device % 256}`);
const kib = (bytes: number): string =>
  bytes < 10_000_000 * 1024 && bytes >= 0
    ? bytes / 1024 >= 10_000
      ? `${Math.floor(bytes / 1024 / 1024)}m`
      : String(Math.floor(bytes / 1024))
    : `${Math.floor(bytes / 1024 ** 3)}g`;

function busyboxColumns(sys: Sys): Readonly<Record<string, BusyboxColumn>> {
  const names = nameTables(sys);
  return {
    user: { header: 'USER', width: 8, value: (row) => names.user(row.euid) },
    ruser: { header: 'RUSER', width: 8, value: (row) => names.user(row.uid) },
    group: { header: 'GROUP', width: 8, value: (row) => names.group(row.gid) },
    rgroup: { header: 'RGROUP', width: 8, value: (row) => names.group(row.gid) },
    comm: { header: 'COMMAND', width: 16, value: ({ name }) => name },
    args: { header: 'COMMAND', width: 256, value: commandWithName },
    pid: { header: 'PID', width: 5, value: ({ pid }) => String(pid) },
    ppid: { header: 'PPID', width: 5, value: ({ ppid }) => String(ppid) },
    pgid: { header: 'PGID', width: 5, value: ({ pgid }) => String(pgid) },
    sid: { header: 'SID', width: 5, value: ({ sid }) => String(sid) },
    nice: { header: 'NI', width: 5, value: ({ niceness }) => String(niceness) },
    tty: { header: 'TT', width: 6, value: ({ ttyDevice }) => shortTty(ttyDevice) },
    vsz: { header: 'VSZ', width: 4, value: ({ vszBytes }) => kib(vszBytes) },
    rss: { header: 'RSS', width: 4, value: ({ rssBytes }) => kib(rssBytes) },
    stat: {
      header: 'STAT',
      width: 4,
      value: ({ state, niceness, vszBytes }) =>
        `${state}${vszBytes === 0 && state !== 'Z' ? 'W' : ' '}${niceness < 0 ? '<' : niceness > 0 ? 'N' : ' '}`.padEnd(4),
    },
  };
}

const RIGHT = ['pid', 'ppid', 'pgid', 'sid', 'nice', 'vsz', 'rss'];

async function busyboxPs(tool: Tool): Promise<number> {
  const { sys } = tool;
  const options = await tool.options({ short: 'o:Tlwefa', usage: '[-o COL1,COL2=HEADER]' });
  const table = busyboxColumns(sys);
  const chosen: { name: string; column: BusyboxColumn }[] = [];
  for (const word of (options.has('o') ? options.values('o') : ['pid,user,args']).flatMap((text) => text.split(','))) {
    const [name = '', header] = word.split('=', 2);
    const column = Object.hasOwn(table, name) ? table[name] : undefined;
    if (column === undefined) return tool.die(`bad -o argument '${name}', supported arguments: ${BUSYBOX_COLUMNS.join(',')}`);
    chosen.push({ name, column: header === undefined ? column : { ...column, header } });
  }
  const width = tool.out.isTerminal ? sys.tty.size(1).columns || 80 : 32_767;
  const line = (cells: readonly string[]): string => `${cells.join(' ').slice(0, width).replace(/ +$/, '')}\n`;
  const isLast = (at: number): boolean => at === chosen.length - 1;
  if (chosen.some(({ column }) => column.header !== ''))
    await tool.out.write(line(chosen.map(({ column }, at) => (isLast(at) ? column.header : column.header.padEnd(column.width)))));
  for (const row of processes(sys)) {
    await tool.out.write(
      line(
        chosen.map(({ name, column }, at) => {
          const value = column.value(row).slice(0, name === 'args' ? undefined : column.width);
          return RIGHT.includes(name) ? value.padStart(column.width) : isLast(at) ? value : value.padEnd(column.width);
        }),
      ),
    );
  }
  return 0;
}

interface Selection {
  readonly all: boolean;
  /** BSD's `a` and `x`. */
  readonly bsd: string;
  readonly pids: ReadonlySet<number>;
  readonly parents: ReadonlySet<number>;
  readonly names: readonly string[];
  readonly uids: readonly number[];
  readonly ttys: readonly string[];
  readonly notSessionLeaders: boolean;
  readonly negate: boolean;
}

interface Request {
  readonly selection: Selection;
  readonly columns: readonly Column[];
  readonly sort: string | undefined;
  readonly forest: boolean;
  readonly headers: boolean;
  readonly wide: boolean;
}

const SPEC = {
  short: 'AaedfFljHwNo:O:p:q:C:u:U:g:G:s:t:LTyM',
  long: {
    forest: 'forest',
    sort: 'sort:',
    'no-headers': 'no-headers',
    'no-heading': 'no-headers',
    headers: 'headers',
    format: 'o:',
    pid: 'p:',
    ppid: 'ppid:',
    user: 'u:',
    User: 'U:',
    deselect: 'N',
    cols: 'cols:',
    columns: 'cols:',
    width: 'cols:',
    version: 'version',
    tty: 't:',
    help: 'help::',
  },
};

async function procps(tool: Tool): Promise<number> {
  const { sys } = tool;
  const request = await readRequest(tool);
  const context = contextOf(sys);
  const own = processes(sys).find(({ pid }) => pid === sys.pid);
  let rows = processes(sys).filter((row) => isSelected(row, request.selection, { euid: sys.ids.get().euid, tty: own?.ttyDevice ?? 0 }));
  if (request.sort !== undefined) rows = sortRows(rows, request.sort, context);
  const indents = request.forest ? forest(rows) : new Map<number, string>();
  const shown = request.forest ? [...indents.keys()].flatMap((pid) => rows.find((row) => row.pid === pid) ?? []) : rows;
  await print(tool, request, { rows: shown, context: { ...context, indents } });
  return shown.length === 0 ? 1 : 0;
}

async function refuse(tool: Tool, sentence: string): Promise<never> {
  await say(
    tool.sys,
    2,
    `error: ${sentence}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
  );
  throw new Exit(1);
}

/** What a letter wants that came without. */
const MISSING: Readonly<Record<string, string>> = {
  o: 'format specification must follow -o',
  C: 'list of command names must follow -C',
  U: 'list of real users must follow -U',
  G: 'list of real groups must follow -G',
  O: 'format or sort specification must follow -O',
};

/** Letters that BSD's ps knows. */
const BSD_LETTERS = /^-[axurTefghjlnsvwHLmo]+$/;

async function readRequest(tool: Tool, args: readonly string[] = tool.args): Promise<Request> {
  // Letters without a dash are BSD's options; a number is a pid.
  const bsdWords = args.filter((word, at) => /^[a-zA-Z]+$/.test(word) && !takesValue(args[at - 1]));
  const formats: string[] = [];
  const rest = args.filter((word, at) => {
    const isFormat = /^[a-zA-Z]*[oO]$/.test(args[at - 1] ?? '') && bsdWords.includes(args[at - 1] ?? '');
    if (isFormat) formats.push(word);
    return !isFormat && !bsdWords.includes(word);
  });
  // What stands behind an `o` in the same word is its format.
  const bsd = bsdWords.map((word) => word.replace(/^([^oO]*[oO]).*$/, '$1')).join('');
  for (const word of bsdWords) formats.push(...(/^[^oO]*[oO](.+)$/.exec(word)?.slice(1) ?? []));
  let options: ReturnType<typeof parseOptions>;
  try {
    options = parseOptions(rest, SPEC);
  } catch (error) {
    // What is none of System V's is read once more without its dash.
    if (error instanceof OptionError && !/requires an argument/.test(error.message) && args.some((word) => BSD_LETTERS.test(word)))
      return readRequest(
        tool,
        args.map((word) => (BSD_LETTERS.test(word) ? word.slice(1) : word)),
      );
    if (error instanceof OptionError)
      return refuse(
        tool,
        error.message.startsWith('option requires')
          ? (MISSING[error.message.at(-2) ?? ''] ?? 'list of process IDs must follow -p')
          : error.message.startsWith('invalid option')
            ? 'unsupported SysV option'
            : 'unknown gnu long option',
      );
    throw error;
  }
  if (options.has('version')) {
    await tool.out.write('ps from procps-ng 4.0.4\n');
    throw new Exit(0);
  }
  const list = (key: string): readonly string[] =>
    options
      .values(key)
      .flatMap((text) => text.split(/[ ,]+/))
      .filter((word) => word !== '');
  const pids = [...list('p'), ...list('q'), ...options.operands.flatMap((text) => text.split(','))];
  if (pids.some((word) => !/^\d+$/.test(word))) return refuse(tool, 'process ID list syntax error');
  const words = [...options.values('o'), ...formats];
  const forest = options.has('forest', 'H') || /f/.test(bsd);
  if (options.has('q')) await checkQuick(tool, { forest, sorts: options.has('sort'), selects: options.has(...SELECTIONS) });
  return {
    selection: {
      all: options.has('A', 'e') && !options.has('q'),
      bsd: bsd.replace(/[^axgrT]/g, '') + (options.has('a') ? 'a' : ''),
      pids: new Set(pids.map(Number)),
      parents: new Set(list('ppid').map(Number)),
      names: list('C'),
      negate: options.has('N'),
      uids: [...list('u'), ...list('U')].map((name) => findUid(tool.sys, name) ?? -1),
      ttys: list('t'),
      notSessionLeaders: options.has('d') || options.has('a'),
    },
    columns: await columnsOf(tool, { words, options, bsd }),
    sort: options.value('sort'),
    forest,
    headers: !options.has('no-headers') && !/h/.test(bsd),
    wide: options.has('w') || /w/.test(bsd),
  };
}

const SELECTIONS = ['p', 'ppid', 'C', 'u', 'U', 'g', 'G', 't', 's', 'N'] as const;

/** -q looks at those processes alone, in their order. */
async function checkQuick(tool: Tool, given: { forest: boolean; sorts: boolean; selects: boolean }): Promise<void> {
  const quick = 'q/-q/--quick-pid cannot be';
  if (given.forest) await refuse(tool, `${quick} used together with forest type listings`);
  if (given.sorts) await refuse(tool, 'q/-q,--quick-pid cannot be used together with sort options');
  if (given.selects) await refuse(tool, `${quick} combined with other selection options`);
}

const takesValue = (word: string | undefined): boolean =>
  word !== undefined &&
  (/^-[a-zA-Z]*[opOqCuUgGstO]$/.test(word) ||
    /^[a-zA-Z]*[oO]$/.test(word) ||
    /^--(sort|format|pid|ppid|user|User|tty|cols|columns|width)$/.test(word));

async function columnsOf(
  tool: Tool,
  { words, options, bsd }: { words: readonly string[]; options: { has(...keys: readonly string[]): boolean }; bsd: string },
): Promise<readonly Column[]> {
  const format =
    words.length > 0
      ? words.join(',')
      : options.has('f')
        ? FORMATS.full
        : options.has('F')
          ? FORMATS.fuller
          : options.has('l')
            ? FORMATS.long
            : options.has('j')
              ? FORMATS.jobs
              : /u/.test(bsd)
                ? FORMATS.user
                : /l/.test(bsd)
                  ? FORMATS.long
                  : bsd === ''
                    ? FORMATS.plain
                    : FORMATS.bsd;
  const columns: Column[] = [];
  // A header may hold spaces and commas: it is the rest of its -o.
  for (const word of words.length > 0 ? words.flatMap(splitFormat) : format.split(',')) {
    const [name = '', header] = word.split(/=(.*)/s, 2);
    const column = Object.hasOwn(COLUMNS, name.trim()) ? COLUMNS[name.trim()] : undefined;
    if (column === undefined) return refuse(tool, `unknown user-defined format specifier "${name}"`);
    columns.push(header === undefined ? column : { ...column, header, width: Math.max(column.width, header.length) });
  }
  return columns;
}

function splitFormat(text: string): readonly string[] {
  const equals = text.indexOf('=');
  if (equals < 0 || text.slice(equals + 1) === '') return text.split(/[ ,]+/).filter((word) => word !== '');
  const next = /=[^,]*,[^,=]+=/.test(text) || /=,/.test(text);
  return next
    ? text.split(',')
    : [...text.slice(0, equals).split(',').slice(0, -1), `${text.slice(0, equals).split(',').at(-1) ?? ''}${text.slice(equals)}`];
}

function isSelected(row: ProcessRow, selection: Selection, self: { readonly euid: number; readonly tty: number }): boolean {
  const { all, bsd, pids, parents, names, uids, ttys } = selection;
  const isNamed =
    pids.has(row.pid) ||
    parents.has(row.ppid) ||
    names.includes(row.name) ||
    uids.includes(row.euid) ||
    ttys.includes(ttyName(row.ttyDevice)) ||
    ttys.includes(ttyName(row.ttyDevice).replace('pts/', ''));
  const isNaming = pids.size > 0 || parents.size > 0 || names.length > 0 || uids.length > 0 || ttys.length > 0;
  const decided = ((): boolean => {
    if (all) return true;
    if (isNaming) return isNamed;
    const [any, without] = [bsd.includes('a'), bsd.includes('x')];
    if (any && without) return true;
    if (selection.notSessionLeaders) return row.sid !== row.pid && row.ttyDevice !== 0;
    if (any) return row.ttyDevice !== 0;
    if (without) return row.euid === self.euid;
    return row.euid === self.euid && row.ttyDevice === self.tty;
  })();
  return decided !== selection.negate;
}

function sortRows(rows: readonly ProcessRow[], keys: string, context: Context): ProcessRow[] {
  const parts = keys.split(',').map((key) => ({ sign: key.startsWith('-') ? -1 : 1, column: COLUMNS[key.replace(/^[+-]/, '')] }));
  return [...rows].sort((left, right) => {
    for (const { sign, column } of parts) {
      if (column === undefined) continue;
      const [one, two] = [column.value(left, context), column.value(right, context)];
      const order = /^-?[\d.]+$/.test(one) && /^-?[\d.]+$/.test(two) ? Number(one) - Number(two) : one < two ? -1 : one > two ? 1 : 0;
      if (order !== 0) return order * sign;
    }
    return left.pid - right.pid;
  });
}

/** Children under their parents, with the branches drawn before their commands. */
function forest(rows: readonly ProcessRow[]): Map<number, string> {
  const indents = new Map<number, string>();
  const shown = new Set(rows.map(({ pid }) => pid));
  const add = (row: ProcessRow, { prefix, isRoot }: { prefix: string; isRoot: boolean }): void => {
    indents.set(row.pid, isRoot ? '' : `${prefix} \\_ `);
    const children = rows.filter(({ ppid }) => ppid === row.pid);
    for (const child of children)
      add(child, { prefix: isRoot ? '' : `${prefix}${isLastChild(rows, row) ? '    ' : ' |  '}`, isRoot: false });
  };
  for (const row of rows) if (!shown.has(row.ppid)) add(row, { prefix: '', isRoot: true });
  return indents;
}

const isLastChild = (rows: readonly ProcessRow[], row: ProcessRow): boolean => rows.findLast(({ ppid }) => ppid === row.ppid) === row;

async function print(
  tool: Tool,
  { columns, headers, wide }: Request,
  { rows, context }: { rows: readonly ProcessRow[]; context: Context },
): Promise<void> {
  const width = tool.out.isTerminal && !wide ? tool.sys.tty.size(1).columns || 80 : Number.POSITIVE_INFINITY;
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, at) => {
      const column = columns[at];
      if (column === undefined) return cell;
      const isLast = at === columns.length - 1;
      if (column.align === 'right') return cell.padStart(column.width);
      return isLast ? cell : cell.padEnd(column.width).slice(0, column.cuts ? column.width : undefined);
    });
    return `${padded.join(' ').slice(0, width)}\n`;
  };
  if (headers && columns.some(({ header }) => header !== '')) await tool.out.write(line(columns.map(({ header }) => header)));
  for (const row of rows) {
    await tool.out.write(line(columns.map((column) => column.value(row, context))));
    await tool.sys.turn();
  }
}
