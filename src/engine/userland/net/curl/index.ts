/** curl: transfers, what it says of them, and the status that each kind of failure has. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import type { Options } from '../../options.ts';
import { say } from '../../program-io.ts';
import type { Applet } from '../applet.ts';
import { parseUrl } from '../http-url.ts';
import { baseName } from '../text.ts';
import { Meter, newProgress, type Progress } from './meter.ts';
import { CurlError, parseCall, type Transfer } from './options.ts';
import { type Report, transfer } from './transfer.ts';

export const curl: Applet = async (sys, args) => {
  try {
    const { options, transfers } = parseCall(args);
    if (options.has('V')) return await version(sys);
    if (transfers.length === 0) throw new CurlError(2, 'no URL specified');
    const call: Call = { sys, options, progress: newProgress(), meter: null };
    watch(call);
    let status = 0;
    for (const one of transfers) status = await attempts(call, one);
    return status;
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    await say(
      sys,
      2,
      `curl: ${error.status === 2 ? '' : `(${error.status}) `}${error.message}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
    return error.status;
  }
};

async function version(sys: Sys): Promise<number> {
  await say(sys, 1, 'curl 8.14.1 (x86_64-pc-linux-gnu)\nProtocols: http\nFeatures: IPv6 UnixSockets\n');
  return 0;
}

interface Call {
  readonly sys: Sys;
  readonly options: Options;
  /** Of the transfer that is going on. */
  progress: Progress;
  meter: Meter | null;
}

/** `-m`: the whole call ends when its time is over. */
function watch(call: Call): void {
  const { sys, options } = call;
  const limitMs = Math.round(Number(options.value('m') ?? '0') * 1000);
  if (!(limitMs > 0)) return;
  sys.thread(async () => {
    await sys.sleep(limitMs);
    await call.meter?.end();
    if (!options.has('s') || options.has('S')) await say(sys, 2, `curl: (28) ${timedOut(call.progress, limitMs)}\n`);
    sys.exit(28);
  });
}

function timedOut({ phase, received, toReceive }: Progress, limitMs: number): string {
  if (phase === 'resolving') return `Resolving timed out after ${limitMs} milliseconds`;
  if (phase === 'connecting') return `Connection timed out after ${limitMs} milliseconds`;
  const part = toReceive === undefined ? `${received}` : `${received} out of ${toReceive}`;
  return `Operation timed out after ${limitMs} milliseconds with ${part} bytes received`;
}

async function attempts(call: Call, one: Transfer): Promise<number> {
  const { sys, options } = call;
  const retries = Number(options.value('retry') ?? '0');
  for (let tried = 0; ; tried += 1) {
    const status = await attempt(call, one);
    const isWorth = status === 28 || (status === 7 && options.has('retry-connrefused'));
    if (!isWorth || tried >= retries) return status;
    await sys.sleep(Number(options.value('retry-delay') ?? 2 ** tried) * 1000);
  }
}

const SILENT = ['s', '#', 'no-progress-meter'] as const;

async function attempt(call: Call, one: Transfer): Promise<number> {
  const { sys, options } = call;
  const out = await output(sys, one);
  call.progress = newProgress();
  call.meter = options.has(...SILENT) || sys.fds.isatty(out) ? null : new Meter(sys, call.progress);
  try {
    await call.meter?.begin();
    const report = await transfer(sys, options, { url: one.url, out, progress: call.progress }).finally(() => call.meter?.end());
    await writeOut(sys, options, report);
    return options.has('fail-with-body') && report.status >= 400 ? 22 : 0;
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    if (!options.has('s') || options.has('S')) await say(sys, 2, `curl: (${error.status}) ${error.message}\n`);
    await writeOut(sys, options, undefined);
    return error.status;
  } finally {
    if (out !== 1) sys.fds.close(out);
  }
}

async function output(sys: Sys, { output: path, remoteName, url }: Transfer): Promise<Fd> {
  const name = remoteName ? baseName(parseUrl(url)?.path.replace(/\?.*$/, '') ?? '') : path;
  if (name === undefined || name === '-') return 1;
  if (name === '') throw new CurlError(23, 'Failed to extract a filename to use for storage');
  try {
    return await sys.open(name, { write: true, create: true, truncate: true }, 0o644);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CurlError(23, `client returned ERROR on write, errno ${error.number}`);
  }
}

/** `-w`: a text with the transfer's figures in it. */
async function writeOut(sys: Sys, options: Options, report: Report | undefined): Promise<void> {
  const format = options.value('w');
  if (format === undefined) return;
  const text = format
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r')
    .replace(/%\{(\w+)\}/g, (_, name: string) => figure(name, report))
    .replace(/%%/g, '%');
  await say(sys, 1, text);
}

function figure(name: string, report: Report | undefined): string {
  const seconds = (ns: bigint | undefined): string =>
    (report === undefined || ns === undefined ? 0 : Number(ns - report.startNs) / 1e9).toFixed(6);
  switch (name) {
    case 'http_code':
    case 'response_code':
      return String(report?.status ?? 0).padStart(3, '0');
    case 'content_type':
      return report?.contentType ?? '';
    case 'size_download':
      return String(report?.sizeBytes ?? 0);
    case 'size_header':
      return String(report?.headerBytes ?? 0);
    case 'time_total':
      return seconds(report?.endNs);
    case 'time_connect':
      return seconds(report?.connectedNs);
    case 'time_namelookup':
      return seconds(report?.lookedUpNs);
    case 'time_starttransfer':
      return seconds(report?.firstByteNs);
    case 'num_redirects':
      return String(report?.redirects ?? 0);
    case 'redirect_url':
      return report?.redirectUrl ?? '';
    case 'remote_ip':
      return report?.remoteIp ?? '';
    case 'remote_port':
      return String(report?.remotePort ?? 0);
    case 'url_effective':
    case 'url':
      return report === undefined
        ? ''
        : `${report.url.scheme}://${report.url.host}${report.url.port === 80 ? '' : `:${report.url.port}`}${report.url.path}`;
    default:
      return '';
  }
}
