import type { ProgressMessage } from '../../../api-types/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { authHeader, authOf } from '../../config/config-file.ts';
import { CliError } from '../../errors.ts';
import type { Output } from '../../output.ts';
import { fullName, type Reference, registryOf } from '../../reference.ts';
import { readBody } from '../../stream/files.ts';
import { showProgress } from '../../stream/progress.ts';
import type { Context } from '../command.ts';

export interface Pull {
  readonly reference: Reference;
  readonly platform: string;
  readonly allTags?: boolean;
  /** Null: nothing is shown. */
  readonly out: Output | null;
}

/** Has the daemon pull an image, with this client's account for its registry. */
export async function pullImage({ client, config }: Pick<Context, 'client' | 'config'>, pull: Pull): Promise<void> {
  const { reference } = pull;
  const auth = authOf(config, registryOf(reference));
  const answer = await client.images.pull({
    image: fullName(reference),
    tag: pull.allTags === true ? '' : reference.digest || reference.tag,
    platform: pull.platform,
    ...(auth.username === undefined ? {} : { auth: authHeader(auth) }),
  });
  if (pull.out !== null) return showProgress(answer, pull.out);
  await eachJsonLine<ProgressMessage>(answer, (message) => {
    if (message.error !== undefined) throw new CliError(message.error);
  });
  await readBody(answer);
}
