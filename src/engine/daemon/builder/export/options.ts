/** What an output's options may say, looked at before anything is built. Upstream: buildkit exporter/containerimage/opts.go. */
import type { BuildOutput } from '../../../api-types/build-session.ts';
import { canonicalName, InvalidReference, parseReference, withDefaultTag } from '../../../oci/reference.ts';
import { BuildFailure } from '../failure.ts';

type Attrs = BuildOutput['Attrs'];

const COMPRESSIONS = ['uncompressed', 'gzip', 'estargz', 'zstd'];
const FOR_OCI_ALONE = ['estargz'];
const OF_IMAGES = ['oci-mediatypes', 'oci-artifact', 'attestation-inline', 'prefer-nondist-layers', 'rewrite-timestamp'];
const OF_STORED = ['push', 'push-by-digest', 'registry.insecure', 'unpack', 'store', 'dangling-name-empty-only', 'name-canonical'];
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** Throws BuildFailure for an option that means nothing. */
export function checkOptions({ Type, Attrs }: BuildOutput): void {
  if (Type === 'local' || Type === 'tar') return checkFiles(Attrs);
  if (Type === 'cacheonly') return;
  const isArchive = Type === 'oci' || Type === 'docker';
  if (!isArchive) checkNames(Attrs.name ?? '');
  checkCompression(Attrs);
  for (const key of OF_IMAGES) checkSwitch(Attrs, key, false);
  for (const key of isArchive ? ['tar'] : OF_STORED) checkSwitch(Attrs, key, true);
  checkTypes(Attrs);
}

function checkFiles(attrs: Attrs): void {
  const split = attrs['platform-split'];
  if (split !== undefined && !isSwitch(split))
    throw new BuildFailure(
      `non-bool value for platform-split: ${split}: strconv.ParseBool: parsing ${JSON.stringify(split)}: invalid syntax`,
    );
}

function checkNames(names: string): void {
  for (const name of names.split(',').filter((one) => one !== ''))
    try {
      const reference = parseReference(name);
      if (reference.digest !== undefined) throw new BuildFailure('build tag cannot contain a digest');
      canonicalName(withDefaultTag(reference));
    } catch (error) {
      if (error instanceof InvalidReference) throw new BuildFailure(`invalid reference format: ${error.message}`);
      throw error;
    }
}

function checkCompression(attrs: Attrs): void {
  const { compression } = attrs;
  if (compression !== undefined && !COMPRESSIONS.includes(compression))
    throw new BuildFailure(`unsupported compression type ${compression}`);
  const forced = attrs['force-compression'];
  if (forced !== undefined && forced !== '' && !isSwitch(forced))
    throw new BuildFailure(`non-bool value ${forced} specified for force-compression: ${invalidSyntax('ParseBool', forced)}`);
  const level = attrs['compression-level'];
  if (level !== undefined && !/^[+-]?\d+$/.test(level))
    throw new BuildFailure(`non-integer value ${level} specified for compression-level: ${invalidSyntax('ParseInt', level)}`);
}

function checkSwitch(attrs: Attrs, key: string, mayBeEmpty: boolean): void {
  const value = attrs[key];
  if (value === undefined || (mayBeEmpty && value === '') || isSwitch(value)) return;
  throw new BuildFailure(`non-bool value specified for ${key}: ${invalidSyntax('ParseBool', value)}`);
}

/** Old media types know less. */
function checkTypes(attrs: Attrs): void {
  if (!FALSE.includes(attrs['oci-mediatypes'] ?? '')) return;
  if (FOR_OCI_ALONE.includes(attrs.compression ?? ''))
    throw new BuildFailure(`exporter option "compression=${attrs.compression ?? ''}" conflicts with "oci-mediatypes=false"`);
  if (TRUE.includes(attrs['oci-artifact'] ?? ''))
    throw new BuildFailure('exporter option "oci-artifact=true" conflicts with "oci-mediatypes=false"');
}

const isSwitch = (text: string): boolean => TRUE.includes(text) || FALSE.includes(text);
const invalidSyntax = (by: string, text: string): string => `strconv.${by}: parsing ${JSON.stringify(text)}: invalid syntax`;
