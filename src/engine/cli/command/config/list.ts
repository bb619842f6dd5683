/** Lists of what has a name in the swarm's store and is no object of its own: configs and secrets. */
import { bool, type FlagValues, filter, string } from '../../flags/index.ts';
import { formatList, type ListFormat, sourceOf } from '../../formatter/list.ts';
import { byNature } from '../../formatter/text.ts';
import type { Context } from '../command.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const LIST_FLAGS = {
  filter: filter('Filter output based on conditions provided', { short: 'f' }),
  format: string(FORMAT_TABLE),
  quiet: bool('Only display IDs', { short: 'q' }),
};

/** Prints them by name; `configured` is the setting of the client's file that has their format. */
export async function printNamed<Row extends { readonly Spec: { readonly Name: string } }>(
  { config, flags, out }: Context<FlagValues<typeof LIST_FLAGS>>,
  { list, found, configured }: { readonly list: ListFormat<Row>; readonly found: readonly Row[]; readonly configured: string },
): Promise<void> {
  const setting = (config.data as Readonly<Record<string, string | undefined>>)[configured] ?? '';
  const rows = [...found].sort((a, b) => byNature(a.Spec.Name, b.Spec.Name));
  const format = flags.format || (flags.quiet ? '' : setting);
  await out.text(formatList(list, sourceOf(list, { format, quiet: flags.quiet }), rows));
}
