import { Printer } from '../../build/progress/printer.ts';
import { stepOf } from '../../build/progress/step.ts';
import { CliError } from '../../errors.ts';
import { bool, list, string } from '../../flags/index.ts';
import { absolutePath } from '../../path.ts';
import { anyArgs, command } from '../command.ts';
import { BUILDER, PROGRESS } from './plugin-flags.ts';

const FILES = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
];

const texts = (usage: string, short?: string) => list(usage, { type: 'stringArray', ...(short === undefined ? {} : { short }) });

export const bake = command({
  names: ['buildx bake', 'buildx f'],
  summary: 'Build from a file',
  as: 'buildx bake',
  usage: '[OPTIONS] [TARGET...]',
  args: anyArgs,
  values: { progress: ['auto', 'none', 'plain', 'quiet', 'rawjson', 'tty'] },
  flags: {
    allow: texts('Allow build to access specified resources'),
    ...BUILDER,
    call: string('Set method for evaluating build ("check", "outline", "targets")', { initial: 'build' }),
    check: bool('Shorthand for "--call=check"'),
    file: texts('Build definition file', 'f'),
    list: string('List targets or variables'),
    load: bool('Shorthand for "--set=*.output=type=docker". Conditional.'),
    'metadata-file': string('Write build result metadata to a file'),
    'no-cache': bool('Do not use cache when building the image'),
    policy: texts('Global policy evaluation options (format: "[disabled=true|false][,strict=true|false][,log-level=level]")'),
    print: bool('Print the options without building'),
    progress: PROGRESS('"auto", "none",  "plain", "quiet", "rawjson", "tty"', 'auto'),
    provenance: string('Shorthand for "--set=*.attest=type=provenance"'),
    pull: bool('Always attempt to pull all referenced images'),
    push: bool('Shorthand for "--set=*.output=type=registry". Conditional.'),
    sbom: string('Shorthand for "--set=*.attest=type=sbom"'),
    set: texts('Override target value (e.g., "targetpattern.key=value")'),
    var: texts('Set a variable value (e.g., "name=value")'),
  },
  run: async ({ io, flags }) => {
    const file = flags.file[0] ?? FILES.find((name) => io.files.stat(absolutePath(io.cwd, name)) !== null);
    const printer = new Printer(io, io.stderr, {
      mode: flags.progress,
      ...(flags.print ? {} : { description: { plain: 'building with "default" instance using docker driver', console: 'docker:default' } }),
    });
    try {
      if (file === undefined) await stepOf(io, printer, '[internal] load local bake definitions').run(async () => {});
    } finally {
      await printer.end();
    }
    if (file === undefined) throw new CliError("couldn't find a bake definition");
    throw new CliError(
      'building from a bake file is not there in this client: use "docker build" for each target, or "docker compose build"',
    );
  },
});
