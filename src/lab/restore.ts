/** From what is on the disk to a machine that stands where the reader left it, or as near to that as can honestly be had. */
import type { Machine, MachineSpec } from '../engine/machine/types.ts';
import { OtherMachine } from './crew.ts';
import { History } from './history.ts';
import type { JournalFile } from './journal-file.ts';
import type { Choice, Notice } from './protocol.ts';
import type { Stage } from './stage.ts';
import type { Head, Saved } from './store.ts';

export interface Restoring {
  readonly spec: MachineSpec;
  readonly stageOf: (spec: MachineSpec, history: History) => Stage;
  readonly onProgress: (share: number) => void;
  readonly tell: (notice: Notice, detail: string) => void;
}

export interface Restored {
  readonly stage: Stage;
  readonly spec: MachineSpec;
  readonly terminals: readonly string[];
}

/** What was brought as a file or a link, as if it had been on the disk. */
export function savedOf({ spec, entries, terminals }: JournalFile, lab: string): Saved {
  const head: Head = { lab, run: 0, spec, terminals, live: entries.length, loose: [], end: entries.at(-1)?.at ?? 0n, worlds: [] };
  return { head, line: entries };
}

/** A machine with those images that a registry still has. */
async function createFrom(spec: MachineSpec, create: (spec: MachineSpec) => Promise<Machine>): Promise<MachineSpec> {
  const images = [...(spec.images ?? [])];
  for (;;) {
    const tried: MachineSpec = { ...spec, images };
    try {
      await create(tried);
      return tried;
    } catch (error) {
      const missing = images.findIndex((image) => error instanceof Error && error.message.includes(`docker pull ${image} ended`));
      if (missing < 0) throw error;
      images.splice(missing, 1);
    }
  }
}

/**
 * Plays what was saved. With `all-but-last` the last step waits to be gone forward to. A journal that plays differently than it was
 * played gives way to its snapshot, and the reader is told.
 */
export async function restore(
  saved: Saved,
  choice: Choice,
  restoring: Restoring & { readonly create: (spec: MachineSpec) => Promise<Machine> },
): Promise<Restored> {
  const { spec, stageOf, onProgress, tell, create } = restoring;
  const { head, line } = saved;
  const history = new History({ ...head, line });
  if (choice === 'all-but-last' && history.position > 0) {
    const label = history.steps[history.position - 1]?.label ?? '';
    history.goTo(history.position - 1, line.at(-1)?.at ?? 0n);
    tell('left-out', label);
  }
  const known: MachineSpec = { ...head.spec, engineVersion: spec.engineVersion };
  const total = Math.max(1, history.lived.length);
  try {
    const stage = stageOf(known, history);
    await stage.open({ onProgress: (played) => onProgress(played / total) });
    return { stage, spec: known, terminals: head.terminals };
  } catch (error) {
    if (!(error instanceof OtherMachine)) throw error;
    tell('snapshot', history.lived[error.entry]?.step ?? '');
  }
  const { images = known.images ?? [], files = [] } = head.snapshot ?? {};
  const kept = await createFrom({ ...known, start: 'images', images, files: [...(known.files ?? []), ...files] }, create);
  const stage = stageOf(kept, new History());
  await stage.open();
  return { stage, spec: kept, terminals: [] };
}
