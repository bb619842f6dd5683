/** OCI's documents as templates see them: keys of the JSON under the names of Go's fields (`mediaType` is `.MediaType`). */
import { escapeForHtml, struct } from '../template/index.ts';

/** Objects under these keys are maps: their own keys are data. */
const MAPS = new Set(['annotations', 'Labels', 'ExposedPorts', 'Volumes']);
const NAMES: Readonly<Record<string, string>> = {
  os: 'OS',
  rootfs: 'RootFS',
  diff_ids: 'DiffIDs',
  urls: 'URLs',
  'os.version': 'OSVersion',
  'os.features': 'OSFeatures',
  created_by: 'CreatedBy',
  empty_layer: 'EmptyLayer',
};

const fieldName = (key: string): string => NAMES[key] ?? key.slice(0, 1).toUpperCase() + key.slice(1);

/** A document, or a map of documents (`isMap`). */
export function goFields(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => goFields(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  if (isMap) return Object.fromEntries(entries.map(([key, one]) => [key, goFields(one)]));
  const fields = Object.entries(whole(value)).map(([key, one]) => [fieldName(key), goFields(one, MAPS.has(key))] as const);
  return struct('v1.Document', new Map(fields), () => escapeForHtml(JSON.stringify(value)));
}

/** Fields that a document leaves out and a struct has all the same, in the struct's order. */
const PLATFORM = { architecture: '', os: '', 'os.version': '', 'os.features': [], variant: '' };
const DESCRIPTOR = { mediaType: '', digest: '', size: 0, urls: [], annotations: {}, data: [], platform: undefined, artifactType: '' };

function whole(value: object): object {
  const shape = 'os' in value && !('rootfs' in value) ? PLATFORM : 'digest' in value && !('manifests' in value) ? DESCRIPTOR : {};
  const all = { ...shape, ...value };
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
}

const IMAGE_FIELDS = ['created', 'author', 'architecture', 'variant', 'os', 'os.version', 'os.features', 'config', 'rootfs', 'history'];
const CONFIG_FIELDS = [
  ...['User', 'ExposedPorts', 'Env', 'Entrypoint', 'Cmd', 'Volumes', 'WorkingDir', 'Labels', 'StopSignal', 'ArgsEscaped'],
];

/** An image's configuration as Go's struct has it: its fields in their order, and no others. */
export function imageDocument(image: unknown): unknown {
  if (!isRecord(image)) return image;
  const { config } = image;
  return inOrder({ ...image, ...(isRecord(config) ? { config: inOrder(config, CONFIG_FIELDS) } : {}) }, IMAGE_FIELDS);
}

type Fields = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const inOrder = (value: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.filter((name) => ![undefined, null, ''].includes(value[name] as string)).map((name) => [name, value[name]]));
