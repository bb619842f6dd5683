import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { fullString } from '../../reference.ts';
import { atLeast, command } from '../command.ts';
import { experimental } from './experimental.ts';
import { fetchOne, named } from './remote.ts';
import { findList, findLocal, save } from './store.ts';

const SUMMARY = 'Create a local manifest list for annotating and pushing to a registry';

export const create = command({
  names: ['manifest create'],
  summary: SUMMARY,
  description: experimental(SUMMARY, 'create'),
  usage: 'MANIFEST_LIST MANIFEST [MANIFEST...]',
  args: atLeast(2),
  flags: {
    amend: bool('Amend an existing manifest list', { short: 'a' }),
    insecure: bool('Allow communication with an insecure registry'),
  },
  run: async (context) => {
    const {
      args: [target = '', ...manifests],
      flags,
      out,
    } = context;
    const list = fullString(named(target));
    if (findList(context, list) && !flags.amend) throw new CliError('refusing to amend an existing manifest list with no --amend flag');
    for (const text of manifests) {
      const reference = named(text);
      const name = fullString(reference);
      save(context, list, findLocal(context, list, name) ?? (await fetchOne(context, reference, flags.insecure)));
    }
    await out.line(`Created manifest list ${list}`);
  },
});
