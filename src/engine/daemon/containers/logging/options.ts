/** What a container's log is asked for when it is opened. */
import type { HostConfig } from '../../../api-types/index.ts';
import { type DockerError, system } from '../../errors.ts';

/** Drivers whose services no machine of the model has: what Docker says when it looks for them. */
const NO_SERVICE: Readonly<Record<string, string>> = {
  syslog: 'Unix syslog delivery error',
  journald: 'journald is not enabled on this host',
};

const refused = (why: string): DockerError => system(`failed to create task for container: failed to initialize logging driver: ${why}`);

/** What Go's units package has against a size; undefined if it is one. */
export function sizeProblem(text: string): string | undefined {
  const last = Math.max(...[...'0123456789. '].map((sign) => text.lastIndexOf(sign)));
  if (last < 0) return `invalid size: '${text}'`;
  const [number, suffix] = [text.slice(0, last + 1).trimEnd(), text.slice(last + 1)];
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(number)) return `strconv.ParseFloat: parsing ${JSON.stringify(number)}: invalid syntax`;
  if (number.startsWith('-')) return `invalid size: '${text}'`;
  return /^([kmgtp]?(i?b)?|b)$/i.test(suffix) ? undefined : `invalid suffix: '${suffix}'`;
}

/** Whether the log can be opened: sizes are read only then. Throws DockerError. */
export function checkLogOpens({ Type, Config }: HostConfig['LogConfig']): void {
  const missing = NO_SERVICE[Type];
  if (missing !== undefined) throw refused(missing);
  if (Type !== 'json-file') return;
  const { 'max-size': size, 'max-file': files, compress } = Config ?? {};
  const wrong = size === undefined ? undefined : sizeProblem(size);
  if (wrong !== undefined) throw refused(wrong);
  if (files !== undefined && !/^[-+]?\d+$/.test(files)) throw refused(`strconv.Atoi: parsing "${files}": invalid syntax`);
  if (files !== undefined && Number(files) < 1) throw refused('max-file cannot be less than 1');
  if (compress !== undefined && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(compress))
    throw refused(`strconv.ParseBool: parsing "${compress}": invalid syntax`);
}

/** What `max-size` and `max-file` ask for; undefined: one file that grows. Sizes are decimal, as Go's units.FromHumanSize reads them. */
export function rotationOf({
  Type,
  Config,
}: HostConfig['LogConfig']): { readonly maxSizeBytes: number; readonly maxFiles: number } | undefined {
  const { 'max-size': size = '', 'max-file': files = '1' } = Config ?? {};
  if (Type !== 'json-file' || sizeProblem(size) !== undefined) return undefined;
  const unit = /[kmgtp]/i.exec(size)?.[0].toLowerCase() ?? ' ';
  return { maxSizeBytes: Number.parseFloat(size) * 1000 ** ' kmgtp'.indexOf(unit), maxFiles: Number(files) };
}
