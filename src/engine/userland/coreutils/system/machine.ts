/** The machine as a whole: `free`, `uptime`, `dmesg`, `sysctl`, `which`, `watch`. */
import { isErrno } from '../../../kernel/errno.ts';
import { decode, encode, say } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { strftime, zoneOf } from '../dates.ts';
import { candidates, isExecutable, start, waitFor } from '../execute.ts';
import { entries, joined } from '../files/entries.ts';
import { loadAverage, memoryKib, uptimeSeconds } from './processes.ts';

export const free: Utility = async (tool) => {
  const options = await tool.options({
    short: 'bkmghtwls:c:',
    long: { bytes: 'b', kibi: 'k', mebi: 'm', gibi: 'g', human: 'h', total: 't', wide: 'w' },
    usage: '[-bkmgh]',
    package: 'from procps-ng 4.0.4',
  });
  const kib = memoryKib(tool.sys);
  const text = (value: number): string => {
    if (options.has('h')) return humanKib(value);
    return String(
      Math.floor(options.has('b') ? value * 1024 : options.has('m') ? value / 1024 : options.has('g') ? value / 1024 ** 2 : value),
    );
  };
  const [total, unused, available, cache] = [
    kib('MemTotal'),
    kib('MemFree'),
    kib('MemAvailable'),
    kib('Buffers') + kib('Cached') + kib('SReclaimable'),
  ];
  const used = tool.isBusybox ? total - unused - cache : total - available;
  const row = (name: string, values: readonly number[]): string =>
    `${name.padEnd(tool.isBusybox ? 6 : 7)}${values.map((value, at) => text(value).padStart(at === 0 ? (tool.isBusybox ? 13 : 13) : 12)).join(tool.isBusybox ? '' : '')}\n`;
  await tool.out.write(
    tool.isBusybox
      ? '              total        used        free      shared  buff/cache   available\n'
      : '               total        used        free      shared  buff/cache   available\n',
  );
  await tool.out.write(row('Mem:', [total, used, unused, kib('Shmem'), cache, available]));
  await tool.out.write(row('Swap:', [kib('SwapTotal'), kib('SwapTotal') - kib('SwapFree'), kib('SwapFree')]));
  return 0;
};

/** `846Mi`, `1.5Gi`. */
function humanKib(kib: number): string {
  let value = kib * 1024;
  let unit = 'B';
  for (const next of ['Ki', 'Mi', 'Gi', 'Ti']) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return unit === 'B' ? `${value}B` : value < 10 ? `${value.toFixed(1)}${unit}` : `${Math.floor(value)}${unit}`;
}

export const uptime: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({ short: 'ps', long: { pretty: 'p', since: 's' }, usage: '' });
  const seconds = Math.floor(uptimeSeconds(sys));
  const zone = zoneOf(sys.env.get('TZ'));
  if (options.has('s'))
    await tool.out.write(`${strftime('%Y-%m-%d %H:%M:%S', sys.clock.nowNs() - BigInt(seconds) * 1_000_000_000n, zone)}\n`);
  else if (options.has('p')) await tool.out.write(`up ${prettyTime(seconds)}\n`);
  else await tool.out.write(`${uptimeLine(tool, seconds)}\n`);
  return 0;
};

function prettyTime(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
  ] as const;
  return parts
    .filter(([count], at) => count > 0 || at === 2)
    .map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`)
    .join(', ');
}

/** Also top's first line. */
export function uptimeLine({ sys, isBusybox }: Tool, seconds: number): string {
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const up = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`}`;
  return ` ${strftime('%H:%M:%S', sys.clock.nowNs(), zoneOf(sys.env.get('TZ')))} up ${up},  0 user${isBusybox ? 's' : 's'},  load average: ${loadAverage(sys)}`;
}

/** `dmesg`: the kernel's log. */
export const dmesg: Utility = async (tool) => {
  const options = await tool.options({ short: 'cCdeHkLn:rs:tTuwx', usage: '[-cr] [-n LEVEL] [-s SIZE]' });
  try {
    if (options.has('C')) tool.sys.klog('clear');
    else await tool.out.write(withoutTimes(tool.sys.klog('read'), options.has('t')));
    if (options.has('c')) tool.sys.klog('clear');
    return 0;
  } catch (error) {
    if (!isErrno(error, 'EPERM')) throw error;
    return tool.die(`${tool.isBusybox ? 'klogctl' : 'read kernel buffer failed'}: ${error.message}`);
  }
};

const withoutTimes = (text: string, isAsked: boolean): string => (isAsked ? text.replace(/^\[[^\]]*\] /gm, '') : text);

export const sysctl: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({
    short: 'aAbeknNp:qwx',
    long: { all: 'a', values: 'n', names: 'N', write: 'w', ignore: 'e', quiet: 'q', system: 'system', load: 'p:' },
    usage: '[-enqw] [-p [FILE] | -a | KEY[=VALUE]...]',
    package: 'from procps-ng 4.0.4',
  });
  const show = async (name: string, value: string): Promise<void> =>
    tool.out.write(options.has('N') ? `${name}\n` : options.has('n') ? `${value}\n` : `${name} = ${value}\n`);
  if (options.has('a', 'A')) {
    for (const name of settings(tool, '/proc/sys')) await show(name, (await readSetting(tool, name)) ?? '');
    return 0;
  }
  for (const operand of options.operands) {
    const [name = '', value] = operand.split(/=(.*)/s, 2).map((part) => part.trim());
    const path = pathOf(name);
    if (value !== undefined) {
      const isSet = await tool.attempt(
        async () => {
          const fd = await sys.open(path, { write: true });
          await sys.write(fd, encode(`${value}\n`));
          sys.fds.close(fd);
        },
        (reason) =>
          tool.isBusybox
            ? reason === 'No such file or directory'
              ? `error: '${path}': ${reason}`.replace(`error: '${path}'`, `error: '${name}' is an unknown key`).replace(`: ${reason}`, '')
              : `error setting key '${name}': ${reason}`
            : reason === 'No such file or directory'
              ? `cannot stat ${path}: ${reason}`
              : reason === 'Permission denied'
                ? `permission denied on key "${name}"`
                : `setting key "${name}": ${reason}`,
      );
      if (isSet && !options.has('q')) await show(name.replaceAll('/', '.'), value);
      continue;
    }
    const found = await readSetting(tool, name);
    if (found !== undefined) await show(name.replaceAll('/', '.'), found);
  }
  return 0;
};

const pathOf = (name: string): string => `/proc/sys/${name.includes('/') ? name : name.replaceAll('.', '/')}`;

function settings(tool: Tool, directory: string): readonly string[] {
  return entries(tool.sys, directory).flatMap(({ name, type }) =>
    type === 'directory'
      ? settings(tool, joined(directory, name))
      : [joined(directory, name).slice('/proc/sys/'.length).replaceAll('/', '.')],
  );
}

async function readSetting(tool: Tool, name: string): Promise<string | undefined> {
  const path = pathOf(name);
  try {
    return decode(tool.sys.path.readFile(path)).trimEnd();
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(
      tool.isBusybox
        ? `error: '${name}' is an unknown key`
        : error.code === 'ENOENT'
          ? `cannot stat ${path}: ${error.message}`
          : `reading key "${name}": ${error.message}`,
    );
    return undefined;
  }
}

export const which: Utility = async (tool) => {
  const options = await tool.options({ short: 'a', usage: '[-a] COMMAND...' });
  for (const name of options.operands) {
    const found = candidates(tool.sys, name).filter((path) => isExecutable(tool.sys, path));
    if (found.length === 0) tool.status = 1;
    for (const path of options.has('a') ? found : found.slice(0, 1)) await tool.out.write(`${path}\n`);
  }
  return 0;
};

export const watch: Utility = async (tool) => {
  const { sys } = tool;
  const spec = {
    short: 'n:tdegxcb',
    long: { interval: 'n:', 'no-title': 't', exec: 'x' },
    stopsAtOperand: true,
    usage: '[-n SEC] [-t] PROG ARGS',
  };
  const options = await tool.options(spec);
  if (options.operands.length === 0) return tool.wrongUsage(spec, undefined);
  const seconds = Number(options.value('n') ?? 2);
  const command = options.operands.join(' ');
  for (;;) {
    await say(sys, 1, '\x1b[H\x1b[J');
    if (!options.has('t')) {
      const width = sys.fds.isatty(1) ? sys.tty.size(1).columns || 80 : 80;
      const title = `Every ${seconds.toFixed(1)}s: ${command}`;
      const time = `${sys.hostname()}: ${strftime('%a %b %e %H:%M:%S %Y', sys.clock.nowNs(), zoneOf(sys.env.get('TZ')))}`;
      await say(sys, 1, `${title}${' '.repeat(Math.max(1, width - title.length - time.length))}${time}\n\n`);
    }
    const argv = options.has('x') ? options.operands : ['sh', '-c', command];
    await waitFor(sys, start(sys, argv, { complain: (name, reason) => `${tool.name}: ${name}: ${reason}\n` }));
    await sys.sleep(seconds * 1000);
  }
};
