/** A command of `docker compose`: the same record as any command's, with the project that was asked for in what `run` gets. */
import { type ArgsRule, type Command, type Context, command, type Status } from '../command/command.ts';
import type { FlagTable, FlagValues } from '../flags/index.ts';
import { bool } from '../flags/index.ts';
import type { Progress } from './progress/progress.ts';
import type { Asked } from './project/files.ts';

export interface ComposeContext<Values = unknown> extends Context<Values> {
  readonly asked: Asked;
  readonly progress: Progress;
  /** How builds show theirs, as `docker build --progress` has it. */
  readonly buildProgress: string;
  /** May colours and movements of the cursor be written? `--ansi`. */
  readonly ansi: boolean;
  /** `--dry-run`: `client` changes nothing. */
  readonly isDryRun: boolean;
  readonly warn: (message: string) => Promise<void>;
}

const DRY_RUN = { 'dry-run': bool('Execute command in dry run mode') };
type WithDryRun<Table> = Table & typeof DRY_RUN;

interface ComposeDefinition<Table extends FlagTable> {
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly usage: string;
  readonly args: ArgsRule;
  readonly flags: Table;
  readonly interspersed?: boolean;
  readonly run: (context: ComposeContext<FlagValues<WithDryRun<Table>>>) => Promise<Status>;
}

export interface ComposeCommand extends Omit<Command, 'run'> {
  readonly run: (context: ComposeContext<never>) => Promise<Status>;
}

export function composeCommand<Table extends FlagTable>(definition: ComposeDefinition<Table>): ComposeCommand {
  const { name, flags, run, ...rest } = definition;
  const base = command({ ...rest, names: [`compose ${name}`], flags: { ...flags, ...DRY_RUN }, run: async () => {} });
  return { ...base, run: run as unknown as ComposeCommand['run'] };
}
