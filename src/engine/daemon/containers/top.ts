/** `docker top`: the host's own `ps`, and of its lines those of the container's processes. Upstream: moby daemon/top_unix.go. */
import type { TopResponse } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, system } from '../errors.ts';
import { defaultSignals } from '../runtime/become.ts';
import { isRestarting, notRunning } from './errors.ts';
import { happened } from './happened.ts';

const DEFAULT_OPTIONS = '-ef';
const PLACES = ['/usr/bin/ps', '/bin/ps'] as const;
const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export async function top(daemon: Daemon, name: string, options: string): Promise<TopResponse> {
  const container = daemon.containers.get(name);
  if (!container.live.task) throw notRunning(container.id);
  if (container.state.restarting) throw isRestarting(container.id, 'wait until the container is running');
  checkOptions(options);
  const words = (options === '' ? DEFAULT_OPTIONS : options).split(/\s+/).filter((word) => word !== '');
  const pids = daemon.cgroups.members(daemon.cgroups.of(container));
  // Some options cannot be used together with -q.
  const quick = await runPs(daemon.sys, [...words, `-q${pids.join(',')}`]);
  const ran = quick.why === undefined ? quick : await runPs(daemon.sys, words);
  if (ran.why !== undefined) throw system(`ps: ${ran.why}`);
  const result = parse(ran.text, pids);
  happened(daemon, container, 'top');
  return result;
}

/** Nothing else may be shown under the name of the column that tells processes apart. */
function checkOptions(options: string): void {
  for (const [, key = '', value = ''] of options.matchAll(/\s+(\S*)=\s*(PID\S*)/g))
    if (key !== 'pid') throw system(`specifying "${key}=${value}" is not allowed`);
}

async function runPs(sys: Sys, words: readonly string[]): Promise<{ readonly text: string; readonly why?: string }> {
  const pipe = sys.fds.pipe();
  const errors = sys.fds.pipe();
  const nothing = await sys.open('/dev/null', { read: true, write: true });
  const pid = sys.fork(ps(words), {
    fds: new Map([
      [nothing, 0],
      [pipe.write, 1],
      [errors.write, 2],
    ]),
    argv: ['ps', ...words],
  });
  for (const fd of [pipe.write, errors.write, nothing]) sys.fds.close(fd);
  const text = await readAll(sys, pipe.read);
  const [why = ''] = (await readAll(sys, errors.read)).split('\n');
  const exited = await sys.wait(pid);
  return exited?.status === 0 ? { text } : { text, why: why === '' ? `exit status ${exited?.status ?? 1}` : why };
}

async function readAll(sys: Sys, fd: Fd): Promise<string> {
  let text = '';
  for (let bytes = await sys.read(fd, 65_536); bytes.length > 0; bytes = await sys.read(fd, 65_536))
    text += new TextDecoder().decode(bytes);
  sys.fds.close(fd);
  return text;
}

const ps =
  (words: readonly string[]): Program =>
  async (sys) => {
    defaultSignals(sys);
    const env = new Map([[PATH.slice(0, 4), PATH.slice(5)]]);
    for (const place of PLACES) {
      try {
        return await sys.exec(place, ['ps', ...words], env);
      } catch (error) {
        if (!isErrno(error, 'ENOENT')) throw error;
      }
    }
    return 127;
  };

/** The last column takes the rest of the line. */
function parse(output: string, pids: readonly number[]): TopResponse {
  const [head = '', ...rows] = output.split('\n').filter((line) => line.trim() !== '');
  const titles = head.trim().split(/\s+/);
  const column = titles.indexOf('PID');
  if (column === -1) throw invalid("Couldn't find PID field in ps output");
  const processes = rows.map((row) => fields(row, titles.length)).filter((row) => pids.includes(Number(row[column])));
  return { Processes: processes, Titles: titles };
}

function fields(row: string, count: number): readonly string[] {
  const words = row.trim().split(/\s+/);
  return words.length <= count ? words : [...words.slice(0, count - 1), words.slice(count - 1).join(' ')];
}
