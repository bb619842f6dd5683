/** A session as somebody takes it away: a file, a link, or an example that plays it again. */
import type { Host, MachineSpec } from '../engine/machine/types.ts';
import { pack, toLink } from './journal-file.ts';
import type { Exported } from './lab-types.ts';
import { snapshotOf } from './snapshot.ts';
import type { Stage } from './stage.ts';

export interface ExportOptions {
  readonly stage: Stage;
  readonly spec: MachineSpec;
  readonly terminals: readonly string[];
  readonly host: Host;
}

export async function exported(as: 'file' | 'link' | 'console', { stage, spec, terminals, host }: ExportOptions): Promise<Exported> {
  const file = { spec, entries: stage.history.lived, terminals };
  if (as === 'file') return { content: pack(file), isWhole: true };
  if (as === 'link') {
    const link = toLink(file);
    return { content: link?.text ?? null, isWhole: link?.isWhole ?? true };
  }
  const { reproduction } = await import('./reproduction.ts');
  return { content: await reproduction(file, await snapshotOf(stage), host), isWhole: true };
}
