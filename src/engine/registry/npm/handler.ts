/** The registry's answers: what there is of a package, and its archives. */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { encodeBase64 } from '../../http/base64.ts';
import { readAll } from '../../http/responses.ts';
import type { Handler, HttpResponse } from '../../http/types.ts';
import { gzip, writeTar } from '../../oci/index.ts';
import { NPM_HOST } from './hosts.ts';
import type { PackageVersion, RegistryPackage } from './package.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Which of these packages somebody has advisories of. */
const BULK = '/-/npm/v1/security/advisories/bulk';
const json = (value: unknown, status = 200): HttpResponse => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: encoder.encode(JSON.stringify(value)),
});

function manifestOf({ name, description, license = 'MIT' }: RegistryPackage, own: PackageVersion): Readonly<Record<string, unknown>> {
  const { version, dependencies, bin, main = 'index.js', type, exports, engines, funding } = own;
  return {
    name,
    version,
    description,
    ...(type && { type }),
    main,
    ...(exports !== undefined && { exports }),
    ...(bin && { bin }),
    ...(dependencies && { dependencies }),
    ...(engines && { engines: { node: engines } }),
    ...(funding && { funding }),
    license,
  };
}

interface Archive {
  readonly bytes: Uint8Array;
  readonly integrity: string;
  readonly shasum: string;
}
const archives = new Map<string, Archive>();

/** A package's archive, made when it is first asked for. */
function archiveOf(found: RegistryPackage, own: PackageVersion): Archive {
  const key = `${found.name}@${own.version}`;
  const known = archives.get(key);
  if (known !== undefined) return known;
  const files = { 'package.json': `${JSON.stringify(manifestOf(found, own), null, 2)}\n`, ...own.files };
  const bins = Object.values(own.bin ?? {}).map((path) => path.replace(/^\.\//, ''));
  const bytes = gzip(
    writeTar(
      Object.entries(files).map(([path, text]) => ({
        name: `package/${path}`,
        mode: bins.includes(path) ? 0o755 : 0o644,
        mtimeNs: 499_162_500_000_000_000n,
        content: encoder.encode(text),
      })),
    ),
  );
  const hex = [...sha1(bytes)].map((one) => one.toString(16).padStart(2, '0')).join('');
  const made = { bytes, integrity: `sha512-${encodeBase64(sha512(bytes))}`, shasum: hex };
  archives.set(key, made);
  return made;
}

function packument(found: RegistryPackage): HttpResponse {
  const versions = Object.fromEntries(
    found.versions.map((own) => {
      const { integrity, shasum } = archiveOf(found, own);
      const file = `${found.name.replace(/^@[^/]*\//, '')}-${own.version}.tgz`;
      const dist = { integrity, shasum, tarball: `https://${NPM_HOST}/${found.name}/-/${file}` };
      return [own.version, { ...manifestOf(found, own), _id: `${found.name}@${own.version}`, dist }];
    }),
  );
  return json({
    _id: found.name,
    name: found.name,
    description: found.description,
    'dist-tags': { latest: found.versions.at(-1)?.version },
    versions,
  });
}

export const npmHandler = (packages: readonly RegistryPackage[]): Handler => {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const bulk = (question: string): HttpResponse => {
    try {
      const known = Object.keys(JSON.parse(question)).flatMap((name) => byName.get(name) ?? []);
      return json(Object.fromEntries(known.flatMap(({ name, advisories }) => (advisories ? [[name, advisories]] : []))));
    } catch (error) {
      if (error instanceof SyntaxError) return json({ error: 'Invalid JSON' }, 400);
      throw error;
    }
  };
  return async (request) => {
    const { path, method } = request;
    const plain = decodeURIComponent(path.slice(1));
    if (method === 'POST' && path === BULK) return bulk(decoder.decode(await readAll(request)));
    if (method !== 'GET' && method !== 'HEAD') return json({ error: 'Not found' }, 404);
    const archive = /^(.+)\/-\/[^/]+-(\d+\.\d+\.\d+.*)\.tgz$/.exec(plain);
    const found = byName.get(archive?.[1] ?? plain);
    if (found === undefined) return json({ error: 'Not found' }, 404);
    if (archive === null) return packument(found);
    const own = found.versions.find(({ version }) => version === archive[2]);
    if (own === undefined) return json({ error: 'Not found' }, 404);
    return { status: 200, headers: [['Content-Type', 'application/octet-stream']], body: archiveOf(found, own).bytes };
  };
};
