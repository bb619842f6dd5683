import { CliError } from '../../errors.ts';
import { familiarName, InvalidReference, parseReference } from '../../reference.ts';
import { command, exactly } from '../command.ts';

export const tag = command({
  names: ['image tag', 'tag'],
  summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  args: exactly(2),
  complete: 'images',
  completeMost: 2,
  flags: {},
  run: async ({ client, args: [from = '', to = ''] }) => {
    if (!/^(sha256:)?[0-9a-f]{64}$/.test(from)) parseTarget(from);
    const target = parseTarget(to);
    if (target.digest !== '') throw new CliError('refusing to create a tag with a digest reference');
    await client.images.tag(from, { repo: familiarName(target), tag: target.tag || 'latest' });
  },
});

function parseTarget(text: string) {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof InvalidReference)
      throw new CliError(`error parsing reference: ${JSON.stringify(text)} is not a valid repository/tag: ${error.message}`);
    throw error;
  }
}
