/**
 * Images that help a build: the one that `# syntax=` names, and the scanner of `--sbom`. The first is fetched and then understood by the
 * builder itself, which speaks the newest Dockerfile; the second cannot be run.
 */
import { canonicalName, InvalidReference, parseReference, withDefaultTag } from '../../oci/reference.ts';
import { messageOf } from '../errors.ts';
import { HOST_PLATFORM } from '../images/image.ts';
import { BuildFailure } from './failure.ts';
import { type Definition, type FrontendContext, internalStep } from './frontend.ts';
import type { BuildRequest } from './request.ts';

const SCANNER = 'docker/buildkit-syft-scanner:stable-1';
const SYNTAX = /^#[ \t]*syntax[ \t]*=[ \t]*(\S+)/i;

/** Throws BuildFailure. */
export async function checkFrontend(context: FrontendContext, { text }: Definition): Promise<void> {
  const given = context.request.buildArgs.get('BUILDKIT_SYNTAX');
  const written = SYNTAX.exec(text.replace(/^\uFEFF?(?:#[ \t]*(?:escape|check)[ \t]*=.*\r?\n)*/i, ''))?.[1];
  const name = given ?? written;
  if (name === undefined || name === '') return;
  const lineNumber = text.slice(0, text.indexOf(name)).split('\n').length;
  await resolveHelper(context, name, given === undefined ? { start: lineNumber, end: lineNumber } : undefined);
}

/** Throws BuildFailure for a kind of attestation that there is not. */
export function checkAttestations({ session }: BuildRequest): void {
  const unknown = Object.keys(session?.request.Attests ?? {}).find((type) => type !== 'sbom' && type !== 'provenance');
  if (unknown !== undefined) throw new BuildFailure(`unknown attestation type ${JSON.stringify(unknown)}`);
}

/** Throws BuildFailure. */
export async function checkScanner(context: FrontendContext): Promise<void> {
  const asked = context.request.session?.request.Attests?.sbom;
  if (asked === undefined || asked === null || asked === 'false') return;
  const generator = /(?:^|,)generator=([^,]+)/.exec(asked)?.[1] ?? SCANNER;
  await resolveHelper(context, generator, undefined);
  throw new BuildFailure('an SBOM cannot be made: scanners are not supported');
}

async function resolveHelper(
  { progress, images }: FrontendContext,
  name: string,
  lines: { start: number; end: number } | undefined,
): Promise<void> {
  const full = fullName(name, lines);
  const step = internalStep(`resolve image config for docker-image://${full}`);
  await progress.start(step);
  try {
    await images.look(withDefaultTag(parseReference(name)), HOST_PLATFORM);
    await progress.complete(step.digest);
  } catch (error) {
    await progress.complete(step.digest, { error: messageOf(error) });
    throw new BuildFailure(`failed to resolve source metadata for ${full}: ${messageOf(error)}`, { lines, vertex: step.digest });
  }
}

function fullName(name: string, lines: { start: number; end: number } | undefined): string {
  try {
    return canonicalName(withDefaultTag(parseReference(name)));
  } catch (error) {
    if (error instanceof InvalidReference) throw new BuildFailure(`failed to parse stage name "${name}": ${error.message}`, { lines });
    throw error;
  }
}
