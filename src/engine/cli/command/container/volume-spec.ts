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
    const colon = spec.indexOf(':');
    if (colon < 0) anonymous[spec] = {};
    else binds.push(absoluteSource(spec, colon, cwd));
  }
  return { binds, anonymous };
}

/** Upstream: docker/cli internal/volumespec. */
function checkSpec(spec: string): void {
  if (spec === '') throw new CliError('invalid empty volume spec');
  const parts = spec.split(':');
  if (parts.length === 1) return;
  if (parts.some((part) => part === '')) throw new CliError(`invalid spec: ${spec}: empty section between colons`);
  if (parts.length > 3) throw new CliError(`invalid spec: ${spec}: too many colons`);
}

function absoluteSource(spec: string, colon: number, cwd: string): string {
  const source = spec.slice(0, colon);
  return source.startsWith('.') ? absolutePath(cwd, source) + spec.slice(colon) : spec;
}
