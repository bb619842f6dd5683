import type { ProgressMessage } from '../../../api-types/index.ts';
import type { ClientResponse } from '../../../http/index.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { readBody } from '../../client/read-body.ts';
import type { RunClient } from '../../client/run.ts';
import { authHeader, authOf } from '../../config/config-file.ts';
import { CliError } from '../../errors.ts';
import type { Output } from '../../output.ts';
import { fullName, type Reference, registryOf } from '../../reference.ts';
import { showProgress } from '../../stream/progress.ts';
import type { Context } from '../command.ts';

export interface Pull {
  readonly reference: Reference;
  readonly platform: string;
  readonly allTags?: boolean;
  /** Null: nothing is shown. */
  readonly out: Output | null;
}

type Client = Pick<Context<unknown, Pick<RunClient, 'images'>>, 'client' | 'config'>;

/** Has the daemon pull an image, with this client's account for its registry. Answers the stream of progress. */
export function pullAnswer({ client, config }: Client, { reference, platform, allTags }: Omit<Pull, 'out'>): Promise<ClientResponse> {
  const auth = authOf(config, registryOf(reference));
  return client.images.pull({
    image: fullName(reference),
    tag: allTags === true ? '' : reference.digest || reference.tag,
    platform,
    ...(auth.username === undefined ? {} : { auth: authHeader(auth) }),
  });
}

/** Has the daemon pull an image, and shows the progress. */
export async function pullImage(context: Client, pull: Pull): Promise<void> {
  const answer = await pullAnswer(context, pull);
  if (pull.out !== null) return showProgress(answer, pull.out);
  await eachJsonLine<ProgressMessage>(answer, (message) => {
    if (message.error !== undefined) throw new CliError(message.error);
  });
  await readBody(answer);
}
