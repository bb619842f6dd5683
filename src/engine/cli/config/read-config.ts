/** Reading the client's settings, and what is said of a file that is none. */

import { jsonFault } from '../../api-types/go-json.ts';
import { readBase64 } from '../../http/base64.ts';
import { errorCode, systemError } from '../errors.ts';
import type { Io } from '../io.ts';
import { decodeText } from '../text.ts';
import type { ConfigData, Read } from './config-file.ts';

export function readConfig(io: Io, path: string): Read {
  let text: string;
  try {
    text = decodeText(io.files.read(path));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return errorCode(error) === 'ENOENT' ? { data: {} } : { data: {}, fault: `read ${path}: ${systemError(error)}` };
  }
  if (text.trim() === '') return { data: {} };
  try {
    const data: unknown = JSON.parse(text);
    const fault = misfit(data);
    if (fault !== undefined) return { data: {}, fault };
    const account = accountFault(data as ConfigData);
    return { data: data as ConfigData, ...(account === undefined ? {} : { fault: account }) };
  } catch {
    const fault = jsonFault(text, 'first');
    return fault === null ? { data: {} } : { data: {}, fault };
  }
}

const STRINGS = ['psFormat', 'imagesFormat', 'networksFormat', 'volumesFormat', 'statsFormat', 'detachKeys', 'currentContext'];
const MAPS: Readonly<Record<string, string>> = { auths: 'types.AuthConfig', HttpHeaders: 'string', aliases: 'string' };
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value);

/** A value of another type than its field, in the words of Go's decoder. */
function misfit(data: unknown): string | undefined {
  const cannot = (value: unknown, into: string): string => `json: cannot unmarshal ${kindOf(value)} into Go ${into}`;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return cannot(data, 'value of type configfile.ConfigFile');
  for (const [key, value] of Object.entries(data)) {
    if (STRINGS.includes(key) && typeof value !== 'string') return cannot(value, `struct field ConfigFile.${key} of type string`);
    const item = MAPS[key];
    if (item !== undefined && kindOf(value) !== 'object') return cannot(value, `struct field ConfigFile.${key} of type map[string]${item}`);
  }
  return undefined;
}

/** What is wrong with the account of a registry. Upstream: docker/cli cli/config/configfile/file.go decodeAuth. */
function accountFault({ auths = {} }: ConfigData): string | undefined {
  for (const { auth = '' } of Object.values(auths)) {
    if (auth === '') continue;
    const at = illegalAt(auth.replace(/[\r\n]/g, ''));
    if (at !== undefined) return `illegal base64 data at input byte ${at}`;
    if (!/^[^:]+:/.test(decodeText(readBase64(auth)))) return 'invalid auth configuration file';
  }
  return undefined;
}

/** Where Go's decoder stops: at a sign that is none of its alphabet, or where the last group of four begins if it is not whole. */
function illegalAt(text: string): number | undefined {
  const rest = text.replace(/={1,2}$/, '');
  const bad = rest.search(/[^A-Za-z0-9+/]/);
  if (bad !== -1) return bad;
  return text.length % 4 === 0 ? undefined : text.length - (text.length % 4);
}
