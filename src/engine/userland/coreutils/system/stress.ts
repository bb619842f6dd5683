/** `stress`: processes that use the processor or memory until their time is over. Behaviour and messages: stress 1.0.7. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Exited, Sys } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';
import { programOf, type Tool, type Utility } from '../../tool.ts';
import { signalNumber } from '../signals.ts';

const SPEC = {
  short: '?vqnt:c:i:m:d:',
  long: {
    help: '?',
    verbose: 'v',
    quiet: 'q',
    'dry-run': 'n',
    ...{ timeout: 't:', backoff: 'backoff:', cpu: 'c:', io: 'i:', vm: 'm:', hdd: 'd:' },
    ...{ 'vm-bytes': 'vm-bytes:', 'vm-stride': 'vm-stride:', 'vm-hang': 'vm-hang:', 'vm-keep': 'vm-keep', 'hdd-bytes': 'hdd-bytes:' },
  },
  package: '1.0.7',
};

const USAGE = `\`stress' imposes certain types of compute stress on your system

Usage: stress [OPTION [ARG]] ...
 -?, --help         show this help statement
     --version      show version statement
 -v, --verbose      be verbose
 -q, --quiet        be quiet
 -n, --dry-run      show what would have been done
 -t, --timeout N    timeout after N seconds
     --backoff N    wait factor of N microseconds before work starts
 -c, --cpu N        spawn N workers spinning on sqrt()
 -i, --io N         spawn N workers spinning on sync()
 -m, --vm N         spawn N workers spinning on malloc()/free()
     --vm-bytes B   malloc B bytes per vm worker (default is 256MB)
     --vm-stride B  touch a byte every B bytes (default is 4096)
     --vm-hang N    sleep N secs before free (default none, 0 is inf)
     --vm-keep      redirty memory instead of freeing and reallocating
 -d, --hdd N        spawn N workers spinning on write()/unlink()
     --hdd-bytes B  write B bytes per hdd worker (default is 1GB)

Example: stress --cpu 8 --io 4 --vm 2 --vm-bytes 128M --timeout 10s

Note: Numbers may be suffixed with s,m,h,d,y (time) or B,K,M,G (size).
`;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, y: 31_536_000 };
const BYTES: Readonly<Record<string, number>> = { B: 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };
const SLICE_NS = 1_000_000;
const SYNC_MS = 2;
const CHUNK_BYTES = 1024 ** 2;
/** For the first touch of a chunk's pages, and for each one later. */
const FAULT_NS = 60_000;
const TOUCH_NS = 6_000;
const PAGE_BYTES = 4096;

interface Plan {
  readonly cpu: number;
  readonly io: number;
  readonly vm: number;
  readonly timeoutMs: number;
  /** What of it is touched: with long strides not every page is. */
  readonly vmBytes: number;
  readonly backoffMs: number;
  /** Undefined: none; 0: for ever. */
  readonly hangMs: number | undefined;
  readonly keeps: boolean;
}

type Worker = (sys: Sys, plan: Plan) => Promise<number>;

/** Spins; another process has its turn whenever a slice is over. */
const spin: Worker = async (sys) => {
  for (;;) await sys.charge(SLICE_NS);
};

const flush: Worker = async (sys) => {
  for (;;) await sys.sleep(SYNC_MS);
};

async function touch(sys: Sys, bytes: number, isNew: boolean): Promise<void> {
  for (let done = 0; done < bytes; done += CHUNK_BYTES) {
    if (isNew) sys.grow(Math.min(CHUNK_BYTES, bytes - done));
    await sys.charge(isNew ? FAULT_NS : TOUCH_NS);
  }
}

const allocate: Worker = async (sys, { vmBytes, hangMs, keeps }) => {
  for (let isNew = true; ; isNew = !keeps) {
    await touch(sys, vmBytes, isNew);
    if (hangMs === 0) for (;;) await sys.pause();
    if (hangMs !== undefined) await sys.sleep(hangMs);
    await touch(sys, vmBytes, false);
    if (!keeps) sys.grow(-vmBytes);
  }
};

const speaks = (tool: Tool, level: 'info' | 'WARN' | 'FAIL', text: string): Promise<void> =>
  say(tool.sys, level === 'info' ? 1 : 2, `stress: ${level}: [${tool.sys.pid}] ${text}\n`);

async function numberOf(tool: Tool, text: string, units: Readonly<Record<string, number>>): Promise<number> {
  const [, digits, unit = ''] = /^(\d+)([A-Za-z]?)$/.exec(text) ?? [];
  const factor = unit === '' ? 1 : units[unit];
  if (digits !== undefined && factor !== undefined) return Number(digits) * factor;
  await speaks(tool, 'FAIL', `(244) unrecognized number: ${text}`);
  return tool.end(1);
}

async function planOf(tool: Tool, given: (name: string) => string | undefined, keeps: boolean): Promise<Plan> {
  const count = (name: string): Promise<number> => numberOf(tool, given(name) ?? '0', {});
  const hang = given('vm-hang');
  const stride = await numberOf(tool, given('vm-stride') ?? String(PAGE_BYTES), BYTES);
  return {
    cpu: await count('c'),
    io: await count('i'),
    vm: await count('m'),
    timeoutMs: (await numberOf(tool, given('t') ?? '0', SECONDS)) * 1000,
    vmBytes: Math.ceil((await numberOf(tool, given('vm-bytes') ?? '256M', BYTES)) / Math.max(1, stride / PAGE_BYTES)),
    backoffMs: (await numberOf(tool, given('backoff') ?? '3000', {})) / 1000,
    hangMs: hang === undefined ? undefined : (await numberOf(tool, hang, SECONDS)) * 1000,
    keeps,
  };
}

/** A worker ends by an alarm, as the original's do, and not by itself. */
function begin(tool: Tool, plan: Plan, work: Worker): number {
  return tool.sys.fork(async (child) => {
    if (plan.timeoutMs > 0)
      child.thread(async () => {
        await child.sleep(plan.timeoutMs);
        child.kill(child.pid, 'SIGALRM');
      });
    return work(child, plan);
  });
}

const stress: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  if (options.has('?')) {
    await tool.out.write(USAGE);
    return 0;
  }
  if (options.value('d') !== undefined) return tool.die('this model of stress has no hdd workers: use dd to write');
  const plan = await planOf(tool, (name) => options.value(name), options.has('vm-keep'));
  const workers = [
    ...new Array<Worker>(plan.cpu).fill(spin),
    ...new Array<Worker>(plan.io).fill(flush),
    ...new Array<Worker>(plan.vm).fill(allocate),
  ];
  if (workers.length === 0) {
    await tool.out.write(USAGE);
    return 0;
  }
  const tells = (text: string): Promise<void> => (options.has('q') ? Promise.resolve() : speaks(tool, 'info', text));
  await tells(`dispatching hogs: ${plan.cpu} cpu, ${plan.io} io, ${plan.vm} vm, 0 hdd`);
  if (options.has('n')) return 0;
  const startedNs = tool.sys.clock.monotonicNs();
  const pids = new Set<number>();
  for (const work of workers) {
    await tool.sys.sleep(plan.backoffMs);
    pids.add(begin(tool, plan, work));
  }
  const failures = await reap(tool, pids);
  const seconds = Number((tool.sys.clock.monotonicNs() - startedNs) / 1_000_000_000n);
  if (failures === 0) await tells(`successful run completed in ${seconds}s`);
  else await speaks(tool, 'FAIL', `(452) failed run completed in ${seconds}s`);
  return failures === 0 ? 0 : 1;
};

/** Waits for all; the first that ends badly takes the others with it. */
async function reap(tool: Tool, pids: Set<number>): Promise<number> {
  let failures = 0;
  while (pids.size > 0) {
    const gone = await tool.sys.wait(-1);
    if (gone === null || !pids.delete(gone.pid)) continue;
    const how = complaint(gone);
    if (how === undefined) continue;
    failures += 1;
    await speaks(tool, 'FAIL', how);
    tool.sys.on('SIGUSR1', 'ignore');
    await speaks(tool, 'WARN', '(418) now reaping child worker processes');
    try {
      tool.sys.kill(-tool.sys.pid, 'SIGUSR1');
    } catch (error) {
      if (!isErrno(error)) throw error;
      await speaks(tool, 'FAIL', `(422) kill error: ${error.message}`);
    }
  }
  return failures;
}

function complaint({ pid, signal, status = 0 }: Exited): string | undefined {
  if (signal === 'SIGALRM' || signal === 'SIGUSR1') return undefined;
  if (signal !== undefined) return `(416) <-- worker ${pid} got signal ${signalNumber(signal)}`;
  return status === 0 ? undefined : `(402) <-- worker ${pid} returned error ${status}`;
}

/** It comes with a package alone, and is on no disk from the start. */
export const stressProgram = programOf(stress, 'gnu');
