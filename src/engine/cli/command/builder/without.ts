/** Commands that need what is not here: Docker Desktop, a debugger, policies. They are known, with their help, and say so. */
import { CliError } from '../../errors.ts';
import { bool, list, string } from '../../flags/index.ts';
import { type ArgsRule, anyArgs, atMost, type Command, type Context, command, exactly } from '../command.ts';
import { BUILD_FLAGS } from './build-flags.ts';
import { findRecord } from './history/records.ts';
import { BUILDER } from './plugin-flags.ts';

interface Absent {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly args: ArgsRule;
  readonly flags: Command['flags'];
  readonly needs: string;
  /** What it asks for before it misses that. */
  readonly first?: (context: Context) => Promise<unknown>;
}

/** The record that is meant has to be there in any case. */
const record = async (context: Context): Promise<unknown> => {
  const { builder = '' } = context.flags as { readonly builder?: string };
  const refs = context.args.length > 0 ? context.args : [''];
  for (const ref of refs) await findRecord(context, builder, ref);
  return undefined;
};

const absent = ({ name, needs, first, ...rest }: Absent): Command =>
  command({
    names: [`builder ${name}`],
    as: `buildx ${name}`,
    ...rest,
    run: async (context) => {
      await first?.(context);
      throw new CliError(`docker buildx ${name} needs ${needs}, which is not there`);
    },
  });

const DESKTOP = 'Docker Desktop';
const POLICIES = 'an evaluator of Rego policies';

export const dapBuild = absent({
  name: 'dap build',
  summary: 'Start a build',
  usage: '[OPTIONS] PATH | URL | -',
  args: exactly(1),
  flags: BUILD_FLAGS,
  needs: 'a debugger of the editor',
});
export const historyExport = absent({
  name: 'history export',
  summary: 'Export build records into Docker Desktop bundle',
  usage: '[OPTIONS] [REF...]',
  args: anyArgs,
  first: record,
  flags: {
    all: bool('Export all build records for the builder'),
    ...BUILDER,
    finalize: bool('Ensure build records are finalized before exporting'),
    output: string('Output file path', { short: 'o' }),
  },
  needs: DESKTOP,
});
export const historyImport = absent({
  name: 'history import',
  summary: 'Import build records into Docker Desktop',
  usage: '[OPTIONS] -',
  args: anyArgs,
  flags: { ...BUILDER, file: list('Import from a file path', { type: 'stringArray', short: 'f' }) },
  needs: DESKTOP,
});
export const historyOpen = absent({
  name: 'history open',
  summary: 'Open a build record in Docker Desktop',
  usage: '[OPTIONS] [REF]',
  args: atMost(1),
  first: record,
  flags: BUILDER,
  needs: DESKTOP,
});
export const historyTrace = absent({
  name: 'history trace',
  summary: 'Show the OpenTelemetry trace of a build record',
  usage: '[OPTIONS] [REF]',
  args: atMost(1),
  first: record,
  flags: {
    addr: string('Address to bind the UI server', { initial: '127.0.0.1:0' }),
    ...BUILDER,
    compare: string('Compare with another build record'),
  },
  needs: 'a viewer of OpenTelemetry traces',
});
export const policyEval = absent({
  name: 'policy eval',
  summary: 'Evaluate policy for a source',
  usage: '[OPTIONS] source',
  args: exactly(1),
  flags: {
    ...BUILDER,
    fields: list('Fields to evaluate', { type: 'strings' }),
    file: string('Policy filename to evaluate', { short: 'f', initial: 'Dockerfile' }),
    platform: string('Target platform for policy evaluation'),
    print: bool('Print policy output'),
  },
  needs: POLICIES,
});
export const policyTest = absent({
  name: 'policy test',
  summary: 'Run policy tests',
  usage: '<path>',
  args: exactly(1),
  flags: {
    ...BUILDER,
    filename: string('Policy filename to test', { initial: 'Dockerfile' }),
    run: string('Run only tests with name containing this substring'),
  },
  needs: POLICIES,
});
