/**
 * What a command is: its names, flags and arguments, and what it does. Help, errors about usage and completion are read off this
 * record. A command talks to the engine through `client` and writes to `out` and `err`; it throws what goes wrong.
 */
import type { DockerClient } from '../client/index.ts';
import type { ConfigFile } from '../config/config-file.ts';
import type { FlagTable, FlagValues } from '../flags/index.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output.ts';
import type { Interrupts } from '../signals.ts';

export interface Context<Values = unknown, Client = DockerClient> {
  readonly io: Io;
  readonly client: Client;
  readonly config: ConfigFile;
  readonly args: readonly string[];
  readonly flags: Values;
  /** Long names of the flags that were given. */
  readonly changed: ReadonlySet<string>;
  readonly out: Output;
  readonly err: Output;
  readonly interrupts: Interrupts;
  /** The command as help calls it: `docker container ls`. */
  readonly path: string;
  /** `docker --debug`. */
  readonly debug: boolean;
  /** The context in use: which engine is meant. */
  readonly contextName: string;
}

/** How many arguments: at least, and at most. */
export interface ArgsRule {
  readonly min: number;
  readonly max: number;
  /** A wrong number is said in Cobra's own words, without the usage. */
  readonly plain?: boolean;
  /** A word too many is called an unknown command. */
  readonly unknown?: boolean;
}
export const noArgs: ArgsRule = { min: 0, max: 0 };
export const exactly = (count: number): ArgsRule => ({ min: count, max: count });
export const atLeast = (min: number): ArgsRule => ({ min, max: Number.POSITIVE_INFINITY });
export const atMost = (max: number): ArgsRule => ({ min: 0, max });
export const between = (min: number, max: number): ArgsRule => ({ min, max });
export const anyArgs: ArgsRule = { min: 0, max: Number.POSITIVE_INFINITY };

/** What stands in an argument's place, for completion. */
export type Completion =
  | 'containers'
  | 'running-containers'
  | 'unpaused-containers'
  | 'paused-containers'
  | 'stopped-containers'
  | 'removable-containers'
  | 'images'
  | 'images-with-base'
  | 'networks'
  | 'network-to-join'
  | 'network-to-leave'
  | 'volumes'
  | 'contexts'
  | 'context-names'
  | 'objects'
  | 'variables'
  | 'capabilities'
  | 'detach-keys'
  | 'ipc'
  | 'pid'
  | 'container-links'
  | 'log-drivers'
  | 'log-options'
  | 'volume-drivers'
  | 'platforms'
  | 'security-options'
  | 'signals'
  | 'storage-options'
  | 'ulimits'
  | 'event-filters'
  | 'services'
  | 'nodes'
  | 'secrets'
  | 'configs'
  | 'files'
  | 'directories'
  | 'nothing';

/** An exit status; nothing is 0. */
export type Status = number | void;

export interface Definition<Table extends FlagTable> {
  /** All its names after `docker`, as help lists them; one name alone means no aliases. */
  readonly names: readonly string[];
  readonly summary: string;
  /** What its own help says instead of the summary. */
  readonly description?: string;
  /** A plugin's command knows itself under this name only: `buildx build`. */
  readonly as?: string;
  /** What stands after its name: `[OPTIONS] CONTAINER`. */
  readonly usage: string;
  readonly args: ArgsRule;
  readonly complete?: Completion;
  /** So many arguments are completed; absent: all. */
  readonly completeMost?: number;
  /** What stands behind those. */
  readonly completeRest?: 'files';
  /** What flags may be given, for completion: by their names. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Flags that take names of something. */
  readonly valueKinds?: Readonly<Record<string, Completion>>;
  /** The whole help text, for a command that has commands of its own. */
  readonly helpText?: (columns: number) => string;
  /** What a flag that is wrong ends it with, the bare sentence said. */
  readonly flagStatus?: number;
  /** Said before anything else, on standard error. */
  readonly notice?: string;
  readonly flags: Table;
  /** What help says of flags that do not say it themselves, where that is fetched with help. */
  readonly usages?: () => Promise<Readonly<Record<string, string>>>;
  /** It asks no more of the engine than a run does: its context has a `RunClient`. */
  readonly client?: 'run';
  /** False: the first word that is no flag ends the flags. */
  readonly interspersed?: boolean;
  readonly run: (context: Context<FlagValues<Table>>) => Promise<Status>;
}

/** A definition whose flags are known by their table only. */
export interface Command extends Omit<Definition<FlagTable>, 'run'> {
  readonly run: (context: Context<never>) => Promise<Status>;
}

/** Ties the type of the flags that `run` gets to the table. */
export function command<Table extends FlagTable>(definition: Definition<Table>): Command {
  return definition as unknown as Command;
}
