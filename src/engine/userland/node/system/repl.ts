/** The prompt of node. */
import type { Sys } from '../../../kernel/sys.ts';
import { encode } from '../../encoding.ts';
import type { Flags } from './flags.ts';

export async function repl(sys: Sys, _: { readonly flags: Flags; readonly version: string }): Promise<number> {
  await sys.write(2, encode('node: this model has no prompt yet\n'));
  return 1;
}
