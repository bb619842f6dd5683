import { CliError } from '../../errors.ts';
import { fullString } from '../../reference.ts';
import { atLeast, command } from '../command.ts';
import { experimental } from './experimental.ts';
import { named } from './remote.ts';
import { getList, removeList } from './store.ts';

const SUMMARY = 'Delete one or more manifest lists from local storage';

export const rm = command({
  names: ['manifest rm'],
  summary: SUMMARY,
  description: experimental(SUMMARY, 'rm'),
  usage: 'MANIFEST_LIST [MANIFEST_LIST...]',
  args: atLeast(1),
  flags: {},
  run: async (context) => {
    const errors: string[] = [];
    for (const text of context.args) {
      try {
        const list = fullString(named(text));
        getList(context, list);
        removeList(context, list);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        errors.push(error.message);
      }
    }
    if (errors.length > 0) throw new CliError(errors.join('\n'));
  },
});
