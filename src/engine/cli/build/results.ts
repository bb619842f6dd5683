/** Files that a build leaves beside its result: `--iidfile`, `--metadata-file`. */

import type { BuildSessionResult } from '../../api-types/build-session.ts';
import { readBase64 } from '../../http/base64.ts';
import { CliError, errorCode, systemError } from '../errors.ts';
import { byBytes } from '../formatter/text.ts';
import type { Io } from '../io.ts';
import { absolutePath, dirName } from '../path.ts';
import { escapeForHtml } from '../template/index.ts';
import { decodeText, encodeText } from '../text.ts';
import type { Solved } from './solve.ts';

const DIGEST = 'containerimage.digest';
const CONFIG_DIGEST = 'containerimage.config.digest';
const REF = 'buildx.build.ref';

/** The image's id as `-q` prints it; '' where no image was made. */
export function imageIdOf({ result, imageId }: Solved): string {
  if (result === undefined) return imageId;
  return result.ExporterResponse[CONFIG_DIGEST] ?? result.ExporterResponse[DIGEST] ?? '';
}

/** An old file must not be taken for the result of a build that failed. */
export function removeIdFile(io: Io, path: string): void {
  const full = absolutePath(io.cwd, path);
  if (io.files.stat(full) === null) return;
  try {
    io.files.remove(full);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`removing image ID file: remove ${path}: ${systemError(error)}`);
  }
}

export function writeResultFile(io: Io, path: string, { text, what }: { readonly text: string; readonly what: string }): void {
  try {
    io.files.write(absolutePath(io.cwd, path), encodeText(text), 0o644);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`${what}open ${path}: ${systemError(error)}`);
  }
}

/** The directory has to be there. Throws CliError. */
export function writeMetadataFile(io: Io, path: string, text: string): void {
  const directory = dirName(path);
  if (io.files.stat(absolutePath(io.cwd, directory)) === null)
    throw new CliError(`invalid output path: stat ${directory}: no such file or directory`);
  writeResultFile(io, path, { text, what: '' });
}

/** What the exporters answered as one JSON document. Values that are JSON themselves, in base64, are put in as such. */
export function metadata(result: BuildSessionResult, builder: string, env: ReadonlyMap<string, string>): string {
  const withProvenance = !/^(disabled|0|f|F|false|FALSE|False)$/.test(env.get('BUILDX_METADATA_PROVENANCE') ?? '');
  const entries: readonly (readonly [string, unknown])[] = Object.entries(result.ExporterResponse)
    .filter(([key]) => withProvenance || !key.startsWith('buildx.build.provenance'))
    .map(([key, value]) => [key, key === 'result.json' ? (parsed(value) ?? value) : (parsed(fromBase64(value)) ?? value)]);
  const all = Object.fromEntries([...entries, [REF, `${builder}/${builder}/${result.Ref}`] as const].sort(([a], [b]) => byBytes(a, b)));
  return escapeForHtml(JSON.stringify(all, null, 2));
}

const fromBase64 = (text: string): string => (/^[A-Za-z0-9+/]+={0,2}$/.test(text) ? decodeText(readBase64(text)) : '');

/** An object that is not empty, or a list of such; anything else is undefined. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
