import { CliError } from '../../errors.ts';
import { absolutePath } from '../../path.ts';

export interface VolumeSpecs {
  readonly binds: readonly string[];
  readonly anonymous: Readonly<Record<string, object>>;
}

/** Reads `--volume`: paths of the host become absolute, a path alone is an anonymous volume. */
export function parseVolumes(specs: readonly string[], cwd: string): VolumeSpecs {
  const binds: string[] = [];
  const anonymous: Record<string, object> = {};
  for (const spec of specs) {
    checkSpec(spec);
    // The colon behind a single letter is that of a drive, here too.
    const colon = spec.indexOf(':', isDrive(spec.split(':')[0]) ? 2 : 0);
    if (colon < 0) anonymous[spec] = {};
    else binds.push(absoluteSource(spec, colon, cwd));
  }
  return { binds, anonymous };
}

/** Upstream: docker/cli internal/volumespec. */
function checkSpec(spec: string): void {
  if (spec === '') throw new CliError('invalid empty volume spec');
  if (spec.length <= 2) return;
  const [source, target, , more] = spec.split(':');
  if (spec.split(':').some((part) => part === '')) throw new CliError(`invalid spec: ${spec}: empty section between colons`);
  // A single letter may be a drive of Windows: its colon does not count here, and the daemon says what is wrong.
  if (more !== undefined && !isDrive(source) && !isDrive(target)) throw new CliError(`invalid spec: ${spec}: too many colons`);
}

const isDrive = (part: string | undefined): boolean => /^[a-zA-Z]$/.test(part ?? '');

function absoluteSource(spec: string, colon: number, cwd: string): string {
  const source = spec.slice(0, colon);
  return source.startsWith('.') ? absolutePath(cwd, source) + spec.slice(colon) : spec;
}
