/** Reading the client's settings, and what is said of a file that is none. */

import { jsonFault } from '../../api-types/go-json.ts';
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
    return fault === undefined ? { data: data as ConfigData } : { data: {}, fault };
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
