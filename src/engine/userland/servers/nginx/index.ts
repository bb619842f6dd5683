/**
 * nginx: a master process that reads the configuration, opens sockets and logs and looks after its workers; and workers that serve.
 * `config.ts` reads the language, `site.ts` what it means, `worker.ts` runs a worker, `answer.ts` makes one answer.
 */
import { Errno, isErrno } from '../../../kernel/errno.ts';
import type { Fd, Pid, Program, Signal, Sys } from '../../../kernel/sys.ts';
import { lookUp } from '../../net/resolve.ts';
import { addressText, listenOn } from '../../net/streams.ts';
import { leave, textOf } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { encode, releaseOf, say } from '../../program-io.ts';
import { ConfigError, parseGlobal, readConfig } from './config.ts';
import { Logs, logError, logTime } from './log.ts';
import { buildSite, type Listen, type Site } from './site.ts';
import { work } from './worker.ts';

const CONFIG = '/etc/nginx/nginx.conf';
const BIND_TRIES = 5;
const SIGNALS: Readonly<Record<string, Signal>> = { stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1' };

export const nginx: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), { short: 'tTqvVc:g:s:p:e:h?' });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `nginx: invalid option: "${/'(.)'$/.exec(error.message)?.[1] ?? ''}"\n`);
  }
  if (options.has('v', 'V')) return leave(sys, `nginx version: nginx/${versionOf(sys)}\n`, 0);
  try {
    return await start(sys, options);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const path = options.value('c') ?? CONFIG;
    if (options.has('t', 'T')) return leave(sys, `nginx: [emerg] ${error.message}\nnginx: configuration file ${path} test failed\n`);
    await say(sys, 2, `${logTime(sys)} [emerg] ${sys.pid}#${sys.pid}: ${error.message}\nnginx: [emerg] ${error.message}\n`);
    return 1;
  }
};

const versionOf = (sys: Sys): string => releaseOf(sys, 'NGINX_VERSION', '1.29.3');

async function start(sys: Sys, options: Options): Promise<number> {
  const path = options.value('c') ?? CONFIG;
  const site = await load(sys, options);
  if (options.has('t', 'T'))
    return leave(sys, `nginx: the configuration file ${path} syntax is ok\nnginx: configuration file ${path} test is successful\n`, 0);
  const signal = options.value('s');
  if (signal !== undefined) return tell(sys, site, signal);
  if (!site.daemon) return master(sys, site, options);
  const background: Program = async (child) => {
    child.ids.setsid();
    return master(child, site, options);
  };
  sys.fork(background);
  return 0;
}

/** Reads the configuration; every upstream's name must be known. Throws ConfigError. */
async function load(sys: Sys, options: Options): Promise<Site> {
  const global = options.value('g');
  const site = buildSite([...readConfig(sys, options.value('c') ?? CONFIG), ...(global === undefined ? [] : parseGlobal(sys, global))]);
  for (const { target, place } of site.proxies) {
    const host = /^https?:\/\/(\[[^\]]+\]|[^/:$]+)/.exec(target)?.[1];
    if (host === undefined || target.includes('$') || site.upstreams.has(host)) continue;
    if ((await lookUp(sys, host.replace(/^\[|\]$/g, ''))).kind !== 'found')
      throw new ConfigError(`host not found in upstream "${host}" in ${place}`);
  }
  return site;
}

async function tell(sys: Sys, site: Site, word: string): Promise<number> {
  const signal = SIGNALS[word];
  if (signal === undefined) return leave(sys, `nginx: invalid option: "-s ${word}"\n`);
  const pid = Number(textOf(sys, site.pidFile)?.trim() ?? 'none');
  if (!Number.isInteger(pid)) return leave(sys, `nginx: [error] open() "${site.pidFile}" failed (2: No such file or directory)\n`);
  try {
    sys.kill(pid, signal);
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return leave(sys, `nginx: [alert] kill(${pid}, ${signal.slice(3)}) failed (${error.number}: ${error.message})\n`);
  }
}

/** What the master holds. */
interface Master {
  readonly sys: Sys;
  readonly options: Options;
  readonly logs: Logs;
  site: Site;
  sockets: ReadonlyMap<string, Fd>;
  readonly workers: Set<Pid>;
}

async function master(sys: Sys, site: Site, options: Options): Promise<number> {
  const logs = new Logs();
  await openLogs(sys, site, logs);
  const held: Master = { sys, options, logs, site, sockets: await listen(sys, site, { logs, old: new Map() }), workers: new Set() };
  writePid(sys, site);
  sys.retitle(`nginx: master process ${sys.argv.join(' ')}`);
  await greet(held);
  const pending = new Set<Signal>();
  for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGWINCH', 'SIGCHLD'] as const)
    sys.on(signal, () => void pending.add(signal));
  await startWorkers(held);
  return supervise(held, pending);
}

async function openLogs(sys: Sys, site: Site, logs: Logs): Promise<void> {
  const paths = [
    site.errorLog.path,
    ...site.servers
      .flatMap(({ settings, locations }) => [settings, ...locations.map((one) => one.settings)])
      .flatMap((one) => [one.errorLog.path, ...one.accessLogs.map(({ path }) => path)]),
  ];
  for (const path of new Set(paths)) {
    try {
      await logs.open(sys, path);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      throw new ConfigError(`open() "${path}" failed (${error.number}: ${error.message})`);
    }
  }
}

/** Opens the addresses that are not open yet; tries a taken one again for two seconds. Throws ConfigError. */
async function listen(sys: Sys, site: Site, { logs, old }: { logs: Logs; old: ReadonlyMap<string, Fd> }): Promise<ReadonlyMap<string, Fd>> {
  const wanted = new Map(site.servers.flatMap(({ listens }) => listens).map((one) => [addressText(one.ip, one.port), one]));
  const sockets = new Map<string, Fd>();
  for (const [text, one] of wanted) {
    const open = old.get(text);
    sockets.set(text, open ?? (await bindOne(sys, site, { text, one, logs })));
  }
  for (const [text, fd] of old) if (!sockets.has(text)) sys.fds.close(fd);
  return sockets;
}

async function bindOne(sys: Sys, site: Site, { text, one, logs }: { text: string; one: Listen; logs: Logs }): Promise<Fd> {
  for (let tried = 0; tried < BIND_TRIES; tried += 1) {
    try {
      return listenOn(sys, { ip: one.ip, port: one.port, v6only: one.v6only, backlog: 511 });
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      const message = `bind() to ${text} failed (${error.number}: ${error.message})`;
      if (error.code !== 'EADDRINUSE') throw new ConfigError(message);
      await logError(sys, logs, { to: site.errorLog, level: 'emerg', text: message });
      await say(sys, 2, `nginx: [emerg] ${message}\n`);
      await sys.sleep(500);
    }
  }
  throw new ConfigError('still could not bind()');
}

function writePid(sys: Sys, { pidFile }: Site): void {
  try {
    sys.path.writeFile(pidFile, encode(`${sys.pid}\n`), 0o644);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    throw new ConfigError(`open() "${pidFile}" failed (${error.number}: ${error.message})`);
  }
}

const notice = ({ sys, logs, site }: Master, text: string): Promise<void> =>
  logError(sys, logs, { to: site.errorLog, level: 'notice', text });

async function greet(held: Master): Promise<void> {
  const { sys } = held;
  const { soft, hard } = sys.rlimit('nofile');
  await notice(held, 'using the "epoll" event method');
  await notice(held, `nginx/${versionOf(sys)}`);
  const isMusl = sys.path.access('/etc/alpine-release', { read: true });
  await notice(held, `built by gcc ${isMusl ? '14.2.0 (Alpine 14.2.0) ' : '14.2.0 (Debian 14.2.0-19) '}`);
  await notice(held, `OS: Linux ${sys.uname.release}`);
  await notice(held, `getrlimit(RLIMIT_NOFILE): ${soft}:${hard}`);
}

function cpus(sys: Sys): number {
  return Math.max(1, (textOf(sys, '/proc/cpuinfo') ?? '').split('\n').filter((line) => line.startsWith('processor')).length);
}

async function startWorkers(held: Master): Promise<void> {
  const { sys, site, logs } = held;
  await notice(held, 'start worker processes');
  const listening = [...held.sockets.values()];
  const user = accountOf(sys, site.user);
  for (let left = site.workers === 'auto' ? cpus(sys) : site.workers; left > 0; left -= 1) {
    const pid = sys.fork(
      async (child) => {
        child.prctl('name', 'nginx');
        if (user !== undefined && child.ids.get().euid === 0) {
          child.ids.setgroups([user.gid]);
          child.ids.setgid(user.gid);
          child.ids.setuid(user.uid);
        }
        return work(child, { site, logs, listening, version: versionOf(child) });
      },
      { argv: ['nginx: worker process'] },
    );
    held.workers.add(pid);
    await notice(held, `start worker process ${pid}`);
  }
}

function accountOf(sys: Sys, name: string | undefined): { uid: number; gid: number } | undefined {
  if (name === undefined) return undefined;
  const fields = (textOf(sys, '/etc/passwd') ?? '')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([one]) => one === name);
  if (fields === undefined) throw new ConfigError(`getpwnam("${name}") failed`);
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/** Obeys signals until no worker is left to wait for. */
async function supervise(held: Master, pending: Set<Signal>): Promise<number> {
  const { sys } = held;
  let stopping = false;
  for (;;) {
    const [signal] = pending;
    if (signal === undefined) {
      if (stopping && held.workers.size === 0) break;
      await sys.pause();
      continue;
    }
    pending.delete(signal);
    if (signal === 'SIGCHLD') await reap(held, stopping);
    else if (signal === 'SIGHUP') await reload(held);
    else if (signal === 'SIGUSR1') await reopenAll(held);
    else if (signal !== 'SIGWINCH') stopping = await stop(held, signal);
  }
  removePid(held);
  await notice(held, 'exit');
  return 0;
}

function removePid({ sys, site }: Master): void {
  try {
    sys.path.unlink(site.pidFile);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

async function reap(held: Master, stopping: boolean): Promise<void> {
  const { sys, workers } = held;
  while (workers.size > 0) {
    const gone = await sys.wait(-1, { noHang: true });
    if (gone === null) return;
    await notice(held, `signal 17 (SIGCHLD) received from ${gone.pid}`);
    const isOurs = workers.delete(gone.pid);
    const how = gone.signal === undefined ? `exited with code ${gone.status ?? 0}` : `exited on signal ${SIGNAL_NUMBERS[gone.signal] ?? 0}`;
    if (isOurs)
      await logError(sys, held.logs, {
        to: held.site.errorLog,
        level: gone.signal === undefined ? 'notice' : 'alert',
        text: `worker process ${gone.pid} ${how}`,
      });
    if (isOurs && !stopping && gone.signal !== undefined) await startWorkers({ ...held, site: { ...held.site, workers: 1 } });
  }
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};

async function stop(held: Master, signal: Signal): Promise<true> {
  const isGraceful = signal === 'SIGQUIT';
  await notice(held, `signal ${SIGNAL_NUMBERS[signal] ?? 0} (${signal}) received, ${isGraceful ? 'shutting down' : 'exiting'}`);
  forward(held, isGraceful ? 'SIGQUIT' : 'SIGTERM');
  return true;
}

function forward({ sys, workers }: Master, signal: Signal): void {
  for (const pid of workers) {
    try {
      sys.kill(pid, signal);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
}

async function reopenAll(held: Master): Promise<void> {
  await notice(held, 'signal 10 (SIGUSR1) received, reopening logs');
  await held.logs.reopen(held.sys);
  forward(held, 'SIGUSR1');
}

/** HUP: the new configuration with new workers; the old ones finish what they have. A wrong one changes nothing. */
async function reload(held: Master): Promise<void> {
  const { sys, options, logs } = held;
  await notice(held, 'signal 1 (SIGHUP) received, reconfiguring');
  await notice(held, 'reconfiguring');
  try {
    const site = await load(sys, options);
    await openLogs(sys, site, logs);
    held.sockets = await listen(sys, site, { logs, old: held.sockets });
    held.site = site;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return logError(sys, logs, { to: held.site.errorLog, level: 'emerg', text: error.message });
  }
  const old = new Set(held.workers);
  await startWorkers(held);
  forward({ ...held, workers: old }, 'SIGQUIT');
}
