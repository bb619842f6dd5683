/** Who one is: `id`, `whoami`, `groups`, `logname`, `who`, `hostname`, `uname`, `arch`, `nproc`. */
import { isErrno } from '../../../kernel/errno.ts';
import { decode } from '../../program-io.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { groups as allGroups, fileLines, groupName, userName, users } from '../users.ts';

const ID = { short: 'ugGnrza', long: { user: 'u', group: 'g', groups: 'G', name: 'n', real: 'r', zero: 'z' }, usage: '[-ugGnr] [USER]' };

interface Ids {
  readonly uid: number;
  readonly gid: number;
  readonly euid: number;
  readonly egid: number;
  readonly groups: readonly number[];
}

async function idsOf(tool: Tool, name: string | undefined): Promise<Ids> {
  if (name === undefined) return tool.sys.ids.get();
  const user = users(tool.sys).find((entry) => entry.name === name || String(entry.uid) === name);
  if (user === undefined) return tool.die(tool.isBusybox ? `unknown user ${name}` : `${quoted(name)}: no such user`);
  const more = allGroups(tool.sys)
    .filter(({ members, gid }) => members.includes(user.name) && gid !== user.gid)
    .map(({ gid }) => gid);
  return { uid: user.uid, gid: user.gid, euid: user.uid, egid: user.gid, groups: [user.gid, ...more] };
}

/** The own group first, each once. */
const groupList = ({ egid, groups }: Ids): readonly number[] => [...new Set([egid, ...groups])];

export const id: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(ID);
  const ids = await idsOf(tool, options.operands[0]);
  const end = options.has('z') ? '\0' : '\n';
  const named = options.has('n');
  if (options.has('u')) {
    const uid = options.has('r') ? ids.uid : ids.euid;
    await tool.out.write(`${named ? (userName(sys, uid) ?? uid) : uid}${end}`);
  } else if (options.has('g')) {
    const gid = options.has('r') ? ids.gid : ids.egid;
    await tool.out.write(`${named ? (groupName(sys, gid) ?? gid) : gid}${end}`);
  } else if (options.has('G'))
    await tool.out.write(
      `${groupList(ids)
        .map((gid) => (named ? (groupName(sys, gid) ?? gid) : gid))
        .join(' ')}${end}`,
    );
  else if (named) return tool.die(tool.isBusybox ? 'unknown user ' : 'cannot print only names or real IDs in default format');
  else await tool.out.write(`${fullText(tool, ids)}\n`);
  return 0;
};

function fullText({ sys, isBusybox }: Tool, ids: Ids): string {
  const withName = (number: number, name: string | undefined): string => `${number}${name === undefined ? '' : `(${name})`}`;
  const parts = [`uid=${withName(ids.uid, userName(sys, ids.uid))}`, `gid=${withName(ids.gid, groupName(sys, ids.gid))}`];
  if (ids.euid !== ids.uid) parts.push(`euid=${withName(ids.euid, userName(sys, ids.euid))}`);
  if (ids.egid !== ids.gid) parts.push(`egid=${withName(ids.egid, groupName(sys, ids.egid))}`);
  const list = isBusybox ? [...new Set(ids.groups)] : groupList(ids);
  return `${parts.join(' ')}${list.length === 0 ? '' : ` groups=${list.map((gid) => withName(gid, groupName(sys, gid))).join(',')}`}`;
}

export const whoami: Utility = async (tool) => {
  const { euid } = tool.sys.ids.get();
  const name = userName(tool.sys, euid);
  if (name === undefined) return tool.die(tool.isBusybox ? `unknown uid ${euid}` : `cannot find name for user ID ${euid}`);
  await tool.out.write(`${name}\n`);
  return 0;
};

export const groups: Utility = async (tool) => {
  const { sys } = tool;
  for (const name of tool.args.length === 0 ? [undefined] : tool.args) {
    const ids = await idsOf(tool, name);
    const list = groupList(ids)
      .map((gid) => groupName(sys, gid) ?? String(gid))
      .join(' ');
    await tool.out.write(`${name === undefined || tool.isBusybox ? '' : `${name} : `}${list}\n`);
  }
  return 0;
};

export const logname: Utility = async (tool) => {
  const name = tool.sys.fds.isatty(0) ? userName(tool.sys, tool.sys.ids.get().uid) : undefined;
  if (name === undefined) return tool.die(tool.isBusybox ? 'getlogin: No such device or address' : 'no login name');
  await tool.out.write(`${name}\n`);
  return 0;
};

/** Nobody keeps a record of logins here. */
export const who: Utility = async (tool) => {
  if (tool.isBusybox) await tool.out.write('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n');
  return 0;
};

export const hostname: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({
    short: 'adfiIsyF:',
    long: { alias: 'a', domain: 'd', fqdn: 'f', long: 'f', 'ip-address': 'i', 'all-ip-addresses': 'I', short: 's', file: 'F:' },
    usage: '[-sidf] [HOSTNAME | -F FILE]',
    package: '3.23',
  });
  const file = options.value('F');
  const wanted =
    file === undefined
      ? options.operands[0]
      : decode(sys.path.readFile(file))
          .split('\n')
          .find((line) => line.trim() !== '' && !line.startsWith('#'))
          ?.trim();
  if (wanted !== undefined) return setHostname(tool, wanted);
  const name = sys.hostname();
  if (options.has('I')) {
    const addresses = sys.net.link
      .list()
      .flatMap(({ addresses: list }) => list)
      .filter(({ scope }) => scope === 'global')
      .map(({ ip }) => ip);
    await tool.out.write(`${addresses.join(' ')} \n`);
  } else if (options.has('i', 'f', 'd')) {
    const found = await resolved(tool, name);
    const [, ...domain] = found.canonical.split('.');
    const told = options.has('f') ? found.canonical : options.has('d') ? domain.join('.') : found.addresses.join(' ');
    if (told !== '') await tool.out.write(`${told}\n`);
  } else if (options.has('s')) await tool.out.write(`${name.split('.')[0]}\n`);
  else await tool.out.write(`${name}\n`);
  return 0;
};

/** The computer's own name as the resolver knows it. Ends the tool where it does not. */
async function resolved(tool: Tool, name: string): Promise<{ readonly addresses: readonly string[]; readonly canonical: string }> {
  const { lookUp } = await import('../../net/resolve.ts');
  const found = await lookUp(tool.sys, name, tool.isBusybox ? 'inet' : undefined);
  if (found.kind === 'found') return found;
  if (tool.isBusybox) return tool.die(`${name}: Unknown host`);
  return tool.die(found.kind === 'again' ? 'Temporary failure in name resolution' : 'Name or service not known');
}

async function setHostname(tool: Tool, name: string): Promise<number> {
  try {
    tool.sys.setHostname(name);
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return tool.die(tool.isBusybox ? `sethostname: ${error.message}` : 'you must be root to change the host name');
  }
}

const UNAME = {
  short: 'asnrvmpio',
  long: {
    all: 'a',
    'kernel-name': 's',
    nodename: 'n',
    'kernel-release': 'r',
    'kernel-version': 'v',
    machine: 'm',
    processor: 'p',
    'hardware-platform': 'i',
    'operating-system': 'o',
  },
  usage: '[-amnrspvio]',
};

export const uname: Utility = async (tool) => {
  const { sys } = tool;
  const spec = UNAME;
  const options = await tool.options(spec);
  const [extra] = options.operands;
  if (extra !== undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : `extra operand ${quoted(extra)}`);
  const { sysname, release, version, machine } = sys.uname;
  const words: readonly (readonly [string, string])[] = [
    ['s', sysname],
    ['n', sys.hostname()],
    ['r', release],
    ['v', version],
    ['m', machine],
    ['p', 'unknown'],
    ['i', 'unknown'],
    ['o', 'GNU/Linux'],
  ];
  const isAll = options.has('a');
  const shown = words.filter(([key]) => (isAll ? key !== 'p' && key !== 'i' : options.has(key)));
  await tool.out.write(`${shown.length === 0 ? sysname : shown.map(([, word]) => word).join(' ')}\n`);
  return 0;
};

export const arch: Utility = async (tool) => {
  await tool.out.write(`${tool.sys.uname.machine}\n`);
  return 0;
};

/** The CPUs of `0-3,5`. */
const cpuCount = (list: string): number =>
  list
    .trim()
    .split(',')
    .reduce(
      (sum, part) => sum + (/^(\d+)-(\d+)$/.test(part) ? Number(part.split('-')[1]) - Number(part.split('-')[0]) + 1 : part === '' ? 0 : 1),
      0,
    );

/** What is left of the machine's CPUs to this process, as sched_getaffinity(2) would say. */
function allowedCpus({ sys }: Tool): number {
  const list = fileLines(sys, '/proc/self/status').find((line) => line.startsWith('Cpus_allowed_list:'));
  return cpuCount(list?.split('\t')[1] ?? '');
}

export const nproc: Utility = async (tool) => {
  const options = await tool.options({ short: '', long: { all: 'all', ignore: 'ignore:' }, usage: '[--all] [--ignore=N]' });
  const all = fileLines(tool.sys, '/proc/cpuinfo').filter((line) => line.startsWith('processor')).length || 1;
  const count = options.has('all') ? all : allowedCpus(tool) || all;
  await tool.out.write(`${Math.max(1, count - Number(options.value('ignore') ?? 0))}\n`);
  return 0;
};
