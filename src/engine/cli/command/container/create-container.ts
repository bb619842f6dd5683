import type { ContainerCreateRequest } from '../../../api-types/index.ts';
import type { RunClient } from '../../client/run.ts';
import { CliError, DaemonError, errorCode, systemError } from '../../errors.ts';
import { absolutePath } from '../../path.ts';
import { familiarString, InvalidReference, parseReference, type Reference, withDefaultTag } from '../../reference.ts';
import { encodeText } from '../../text.ts';
import type { Context } from '../command.ts';
import { pullImage } from '../image/pull-image.ts';
import type { CreateFlags } from './create-flags.ts';

type CreateContext = Context<CreateFlags, RunClient>;

/** Creates a container, pulling its image if that is not there. Answers its id. */
export async function createContainer(context: CreateContext, body: ContainerCreateRequest): Promise<string> {
  const { flags, client, err } = context;
  const writeId = reserveIdFile(context);
  const reference = referenceOf(body.Image ?? '');
  // The platform that an image is wanted for may depend on the engine, so it is asked once more.
  await client.http.version();
  await client.http.ping();
  if (flags.pull === 'always' && reference !== null) await pull(context, reference);
  const created = await createOrPull(context, body, reference);
  for (const warning of created.Warnings ?? []) await err.line(`WARNING: ${warning}`);
  writeId(created.Id);
  return created.Id;
}

/** Throws CliError. */
export function checkPull({ pull }: Pick<CreateFlags, 'pull'>): void {
  if (!['always', 'missing', 'never'].includes(pull))
    throw new CliError(`invalid pull option: '${pull}': must be one of "always", "missing" or "never"`);
}

async function createOrPull(context: CreateContext, body: ContainerCreateRequest, reference: Reference | null) {
  const { client, flags, err } = context;
  const create = () => client.containers.create(body, { name: flags.name, platform: wantedPlatform(context) });
  try {
    return await create();
  } catch (error) {
    // The client takes whatever is missing for the image.
    const missing = error instanceof DaemonError && error.httpStatus === 404;
    if (!missing || reference === null || flags.pull !== 'missing') throw error;
    if (!flags.quiet) await err.line(`Unable to find image '${familiarString(withDefaultTag(reference))}' locally`);
    await pull(context, reference);
    return create();
  }
}

const pull = (context: CreateContext, reference: Reference): Promise<void> =>
  pullImage(context, {
    reference: withDefaultTag(reference),
    platform: wantedPlatform(context),
    out: context.flags.quiet ? null : context.err,
  });

const wantedPlatform = ({ flags, io }: CreateContext): string => flags.platform || (io.env.get('DOCKER_DEFAULT_PLATFORM') ?? '');

/** An image may also be named by its id. */
function referenceOf(image: string): Reference | null {
  try {
    return parseReference(image);
  } catch (error) {
    if (error instanceof InvalidReference && /^(sha256:)?[0-9a-f]{64}$/.test(image)) return null;
    throw error;
  }
}

/** `--cidfile`: refuses a file that is there. */
function reserveIdFile({ io, flags }: CreateContext): (id: string) => void {
  if (flags.cidfile === '') return () => {};
  const path = absolutePath(io.cwd, flags.cidfile);
  if (io.files.lstat(path) !== null)
    throw new CliError(`container ID file found, make sure the other container isn't running or delete ${flags.cidfile}`);
  try {
    io.files.write(path, new Uint8Array(), 0o666);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CliError(`failed to create the container ID file: open ${flags.cidfile}: ${systemError(error)}`);
  }
  return (id) => io.files.write(path, encodeText(id), 0o666);
}
