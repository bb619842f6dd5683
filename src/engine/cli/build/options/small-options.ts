/** Options of a build that are a line of text each. Upstream: docker/buildx util/buildflags, commands/build.go. */
import { encodeBase64 } from '../../../http/base64.ts';
import { isIpAddress } from '../../address.ts';
import { CliError, errorCode, systemError } from '../../errors.ts';
import { parseBool } from '../../flags/bool.ts';
import { FlagValueError } from '../../flags/index.ts';
import type { Io } from '../../io.ts';
import { absolutePath } from '../../path.ts';
import { familiarString, InvalidReference, parseReference } from '../../reference.ts';
import { encodeText } from '../../text.ts';
import { csvFields, cutPair, pairOf } from './csv.ts';

type Texts = Readonly<Record<string, string>>;
const given = (list: readonly string[]): readonly string[] => list.filter((text) => text !== '');

/** `--build-arg`, `--label`. A name without a value is looked up, or left empty where there is nowhere to look. */
export function keyValues(list: readonly string[], env?: ReadonlyMap<string, string>): Texts {
  const pairs = list.map((text): readonly [string, string | undefined] => {
    const [key, value] = cutPair(text);
    if (key === '') throw new CliError(`invalid key-value pair ${JSON.stringify(text)}: empty key`);
    return [key, value ?? (env === undefined ? '' : env.get(key))];
  });
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

/** `--tag`, as it is typed; refuses what cannot be a name. */
export function checkTag(tag: string): string {
  const bad = (why: string) => new CliError(`invalid tag ${JSON.stringify(tag)}: ${why}`);
  if (tag === '') throw bad('repository name must have at least one component');
  try {
    parseReference(tag);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw bad(error.message.includes('must be lowercase') ? faultOfCase(tag) : error.message);
  }
  return tag;
}

/** Capitals are to blame only if all would be well without them. */
function faultOfCase(tag: string): string {
  try {
    parseReference(tag.toLowerCase());
    return 'repository name must be lowercase';
  } catch (error) {
    if (error instanceof InvalidReference) return error.message;
    throw error;
  }
}

interface Secret {
  readonly id: string;
  readonly file: string;
  readonly env: string;
}

function parseSecret(text: string): Secret {
  let [id, file, env, type] = ['', '', '', ''];
  for (const field of csvFields(text)) {
    const [name, value] = cutPair(field);
    const key = name.toLowerCase();
    if (value === undefined) throw new CliError(`invalid field '${field}' must be a key=value pair`);
    if (key === 'type' && value !== 'file' && value !== 'env') throw new CliError(`unsupported secret type ${JSON.stringify(value)}`);
    if (key === 'type') type = value;
    else if (key === 'id') id = value;
    else if (key === 'source' || key === 'src') file = value;
    else if (key === 'env') env = value;
    else throw new CliError(`unexpected key '${key}' in '${field}'`);
  }
  return type === 'env' && env === '' ? { id, file: '', env: file } : { id, file, env };
}

export const parseSecrets = (list: readonly string[]): readonly Secret[] => given(list).map(parseSecret);

const LARGEST_SECRET_BYTES = 500 * 1024;

/** The secrets themselves, in base64 by id. */
export function readSecrets(io: Io, secrets: readonly Secret[]): Texts {
  return Object.fromEntries(
    secrets.map((secret) => {
      if (secret.id === '') throw new CliError('secret missing ID');
      const isBare = secret.env === '' && secret.file === '';
      const env = isBare && io.env.has(secret.id) ? secret.id : secret.env;
      const file = isBare && env === '' ? secret.id : secret.file;
      const fromFile = file === '' ? undefined : readSecretFile(io, secret.id, file);
      return [secret.id, encodeBase64(env === '' ? (fromFile ?? new Uint8Array()) : encodeText(io.env.get(env) ?? ''))];
    }),
  );
}

function readSecretFile(io: Io, id: string, file: string): Uint8Array {
  const path = absolutePath(io.cwd, file);
  const found = io.files.stat(path);
  if (found === null) throw new CliError(`failed to stat ${file}: stat ${file}: no such file or directory`);
  if (found.sizeBytes > LARGEST_SECRET_BYTES) throw new CliError(`secret ${id} too big. max size ${LARGEST_SECRET_BYTES / 1024}KiB`);
  try {
    return io.files.read(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`open ${file}: ${systemError(error)}`);
  }
}

/** `--cache-from`, `--cache-to`. A bare name is an image in a registry. */
export function parseCaches(list: readonly string[]): readonly Texts[] {
  return given(list).flatMap((text) => {
    const fields = csvFields(text);
    if (!text.includes('=')) return fields.map((ref) => ({ type: 'registry', ref }));
    const pairs = fields.map((field) => {
      const [key, value] = cutPair(field);
      if (value === undefined) throw new CliError(`invalid value ${field}`);
      return [key.toLowerCase(), value] as const;
    });
    const cache = Object.fromEntries(pairs);
    if ((cache.type ?? '') === '') throw new CliError(`type required for ${JSON.stringify(text)}`);
    return [cache];
  });
}

/** `--attest`, `--provenance`, `--sbom`: attributes by type; null switches one off. The first of a type counts. */
export function parseAttests(list: readonly string[]): Readonly<Record<string, string | null>> {
  const attests: Record<string, string | null> = {};
  for (const text of given(list)) {
    const pairs = csvFields(text).map((field) => [...pairOf(field), field] as const);
    const type = pairs.findLast(([key]) => key === 'type')?.[1] ?? '';
    if (type === '') throw new CliError('attestation type not specified');
    const off = pairs.findLast(([key]) => key === 'disabled');
    const attrs = pairs.filter(([key]) => key !== 'type' && key !== 'disabled').map(([, , field]) => field);
    if (attests[type] === undefined) attests[type] = off !== undefined && boolOf(off[1], off[2]) ? null : attrs.join(',');
  }
  return attests;
}

function boolOf(value: string, field: string): boolean {
  try {
    return parseBool(value);
  } catch (error) {
    if (!(error instanceof FlagValueError)) throw error;
    throw new CliError(`invalid value ${field}: ${error.message}`);
  }
}

/** `--provenance=mode=max` and `--sbom=false` as `--attest` has them. */
export function shorthandAttest(type: string, text: string): string {
  if (text === '') return '';
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return `type=${type},disabled=false`;
  if (/^(0|f|F|FALSE|false|False)$/.test(text)) return `type=${type},disabled=true`;
  return `type=${type},${text}`;
}

export interface Call {
  readonly name: string;
  readonly format: string;
  readonly ignoresStatus: boolean;
}

/** `--call`; undefined is a build. */
export function parseCall(text: string): Call | undefined {
  if (text === '') return undefined;
  let call: Call = { name: '', format: '', ignoresStatus: false };
  for (const field of csvFields(text)) {
    const [key, value] = cutPair(field);
    if (value === undefined) {
      if (call.name !== '') throw new CliError(`invalid print value: ${text}`);
      call = { ...call, name: field === 'check' ? 'lint' : field };
    } else if (key === 'format') call = { ...call, format: value };
    else if (key === 'ignorestatus') call = { ...call, ignoresStatus: callBool(value) };
    else throw new CliError(`invalid print field: ${field}`);
  }
  return call.name === 'build' ? undefined : call;
}

function callBool(value: string): boolean {
  try {
    return parseBool(value);
  } catch (error) {
    if (!(error instanceof FlagValueError)) throw error;
    throw new CliError(`invalid ignorestatus print value: ${value}: ${error.message}`);
  }
}

/** `--build-context`: sources by name. */
export function parseContexts(list: readonly string[]): Texts {
  return Object.fromEntries(
    given(list).map((text) => {
      const [key, value] = cutPair(text);
      if (value === undefined) throw new CliError(`invalid context value: ${text}, expected key=value`);
      try {
        return [familiarString(parseReference(key)).replace(/:latest$/, ''), value];
      } catch (error) {
        if (!(error instanceof InvalidReference)) throw error;
        throw new CliError(`invalid context name ${key}: ${error.message}`);
      }
    }),
  );
}

const ANNOTATION_TYPES = ['index', 'index-descriptor', 'manifest', 'manifest-descriptor'];

/** `--annotation`: values by key, the key with its level in front (`index:key`, `manifest[linux/arm64]:key`) if it was given. */
export function parseAnnotations(list: readonly string[]): Texts {
  const annotations: Record<string, string> = {};
  const fail = (why: string) => new CliError(`parse annotations: ${why}`);
  for (const text of given(list)) {
    const [key, value] = cutPair(text);
    if (value === undefined) throw fail(`invalid annotation ${JSON.stringify(text)}, expected key=value`);
    const colon = key.indexOf(':');
    if (colon < 0) annotations[key] = value;
    for (const level of colon < 0 ? [] : key.slice(0, colon).split(',')) {
      const type = /^([a-z-]+)(?:\[[A-Za-z0-9_/-]+\])?$/.exec(level)?.[1];
      if (type === undefined)
        throw fail(`invalid annotation type ${JSON.stringify(level)}, expected type and optional platform in square brackets`);
      if (!ANNOTATION_TYPES.includes(type)) throw fail(`unknown annotation type ${JSON.stringify(type)}`);
      annotations[`${level}:${key.slice(colon + 1)}`] = value;
    }
  }
  return annotations;
}

/** `--add-host`, as the engine takes it: `host:ip`. */
export function extraHosts(list: readonly string[]): readonly string[] {
  return list.flatMap((text) => {
    const at = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
    const [host, addresses] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
    if (at < 0 || host === '' || addresses === '') throw new CliError(`invalid host ${text}`);
    if (addresses === 'host-gateway') return [`${host}:${addresses}`];
    return addresses.split(',').map((address) => {
      const bare = address.replace(/^\[(.+)\]$/, '$1');
      if (!isIpAddress(bare)) throw new CliError(`invalid host ${text}`);
      return `${host}:${bare}`;
    });
  });
}

/** `--network`: what BuildKit knows. */
export function checkNetwork(mode: string): string {
  if (!['', 'default', 'host', 'none'].includes(mode))
    throw new CliError(
      `network mode ${JSON.stringify(mode)} not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create`,
    );
  return mode;
}
