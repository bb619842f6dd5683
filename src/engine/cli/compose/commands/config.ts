import { anyArgs } from '../../command/command.ts';
import { notYet } from '../../command/not-yet.ts';
import { CliError } from '../../errors.ts';
import { bool, type FlagValues, string } from '../../flags/index.ts';
import { alignTabs } from '../../formatter/tabs.ts';
import { absolutePath } from '../../path.ts';
import { encodeText } from '../../text.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { imagesOf, withDigests } from '../engine/digests.ts';
import { imageOf } from '../engine/services.ts';
import { reading, readProject } from '../engine/session.ts';
import { noService } from '../project/errors.ts';
import { serviceHash } from '../project/hash.ts';
import { loadModel, loadVariables } from '../project/load.ts';
import { withoutUnused, withServices } from '../project/profiles.ts';
import { modelText, projectText } from '../project/show.ts';
import type { Project } from '../project/types.ts';
import { byText, mappingOf } from '../project/value.ts';

const FLAGS = {
  environment: bool('Print environment used for interpolation.'),
  format: string('Format the output. Values: [yaml | json]'),
  hash: string('Print the service config hash, one per line.'),
  images: bool('Print the image names, one per line.'),
  'lock-image-digests': bool('Produces an override file with image digests'),
  models: bool('Print the model names, one per line.'),
  networks: bool('Print the network names, one per line.'),
  'no-consistency': bool("Don't check model consistency - warning: may produce invalid Compose output"),
  'no-env-resolution': bool("Don't resolve service env files"),
  'no-interpolate': bool("Don't interpolate environment variables"),
  'no-normalize': bool("Don't normalize compose model"),
  'no-path-resolution': bool("Don't resolve file paths"),
  output: string('Save to file (default to stdout)', { short: 'o' }),
  profiles: bool('Print the profile names, one per line.'),
  quiet: bool("Only validate the configuration, don't print anything", { short: 'q' }),
  'resolve-image-digests': bool('Pin image tags to digests'),
  services: bool('Print the service names, one per line.'),
  variables: bool('Print model variables and default values.'),
  volumes: bool('Print the volume names, one per line.'),
};
type Flags = FlagValues<typeof FLAGS>;

/** What prints names instead of a file. */
const LISTS = ['images', 'models', 'networks', 'profiles', 'services', 'volumes'] as const;

export const config = composeCommand({
  name: 'config',
  summary: 'Parse, resolve and render compose file in canonical format',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: FLAGS,
  run: async (context) => {
    const { flags, out, args } = context;
    if (flags.variables) return out.text(await variables(context));
    if (flags['no-interpolate']) return showModel(context);
    const listed = LISTS.some((name) => flags[name]);
    const whole = await readProject(context, {
      services: args,
      check: !flags['no-consistency'],
      asWritten: flags['no-normalize'],
      ...(flags['no-path-resolution'] && { paths: 'as-written' }),
      ...(flags['no-env-resolution'] && { envFiles: 'unread' }),
    });
    if (flags.environment) return out.text(lines([...whole.environment].map(([name, value]) => `${name}=${value}`).sort(byText)));
    if (flags.hash !== '') return out.text(hashes(whole, flags.hash));
    if (listed && !flags['no-normalize'] && !flags['no-consistency']) return out.text(lines(listOf(withServices(whole, args), flags)));
    const pins = flags['lock-image-digests'] || flags['resolve-image-digests'];
    const plain = withoutUnused(withServices(whole, args));
    const pinned = pins ? await withDigests(context, plain) : plain;
    const project = flags['lock-image-digests'] ? imagesOf(pinned) : pinned;
    if (flags.format !== '' && flags.format !== 'yaml' && flags.format !== 'json')
      throw new CliError(`unsupported format ${JSON.stringify(flags.format)}`);
    return write(context, projectText(project, flags.format).replaceAll('$', '$$$$'));
  },
});

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

async function write({ io, flags, out }: ComposeContext<Flags>, text: string): Promise<void> {
  if (flags.quiet) return;
  if (flags.output === '') return out.text(text);
  io.files.write(absolutePath(io.cwd, flags.output), encodeText(text));
}

async function showModel(context: ComposeContext<Flags>): Promise<void> {
  for (const name of ['lock-image-digests', 'resolve-image-digests'] as const)
    if (context.flags[name]) throw notYet(`'docker compose config --no-interpolate --${name}'`);
  if (context.args.length > 0)
    await context.warn('service filtering is not applied when --no-interpolate is set, the full model will be rendered');
  const model = await reading(context, context.flags['no-path-resolution'] ? { paths: 'as-written' } : {}, loadModel);
  if (context.flags.services) return context.out.text(lines(Object.keys(mappingOf(model.services))));
  return write(context, modelText(model, context.flags.format));
}

function listOf(project: Project, flags: Flags): readonly string[] {
  const services = Object.values(project.services);
  if (flags.services) return services.map(({ name }) => name);
  if (flags.volumes) return Object.keys(project.volumes);
  if (flags.networks) return Object.keys(project.networks);
  if (flags.images) return services.map((service) => imageOf(project, service));
  if (flags.models) return [];
  const profiles = [...services, ...Object.values(project.disabled)].flatMap((service) => service.profiles ?? []);
  return [...new Set(profiles)].sort(byText);
}

function hashes(project: Project, wanted: string): string {
  const names = wanted === '*' ? Object.keys(project.services) : wanted.split(',');
  return lines(
    names.sort(byText).map((name) => {
      const service = project.services[name];
      if (service === undefined) throw noService(name);
      return `${name} ${serviceHash(service)}`;
    }),
  );
}

async function variables(context: ComposeContext<Flags>): Promise<string> {
  const all = await reading(context, {}, loadVariables);
  const rows = all.map(({ name, required, initial, alternate }) => [name, String(required), initial, alternate]);
  return alignTabs(
    ['NAME\tREQUIRED\tDEFAULT VALUE\tALTERNATE VALUE', ...rows.map((row) => row.join('\t'))].map((row) => `${row}\n`).join(''),
    {
      minWidth: 20,
    },
  );
}
