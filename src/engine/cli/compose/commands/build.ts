import { anyArgs } from '../../command/command.ts';
import { notYet } from '../../command/not-yet.ts';
import { bool, bytes, list, string } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { bakeDefinition } from '../engine/bake.ts';
import { buildServices } from '../engine/build-service.ts';
import { checkServices } from '../engine/services.ts';
import { readProject } from '../engine/session.ts';
import { progressTo } from '../progress/progress.ts';
import { withServices } from '../project/profiles.ts';

export const build = composeCommand({
  name: 'build',
  summary: 'Build or rebuild services',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    'build-arg': list('Set build-time variables for services', { type: 'stringArray' }),
    builder: string('Set builder to use'),
    check: bool('Check build configuration'),
    memory: bytes('Set memory limit for the build container. Not supported by BuildKit.', { short: 'm' }),
    'no-cache': bool('Do not use cache when building the image'),
    print: bool('Print equivalent bake file'),
    progress: string('Set type of ui output', { hidden: true }),
    provenance: string('Add a provenance attestation'),
    pull: bool('Always attempt to pull a newer version of the image'),
    push: bool('Push service images'),
    quiet: bool('Suppress the build output', { short: 'q' }),
    sbom: string('Add a SBOM attestation'),
    ssh: string("Set SSH authentications used when building service images. (use 'default' for using your default SSH Agent)"),
    'with-dependencies': bool('Also build dependencies (transitively)'),
  },
  run: async (context) => {
    const { io, args, flags, changed, out, err, warn } = context;
    if (changed.has('progress'))
      await err.text('--progress is a global compose flag, better use `docker compose --progress xx build ...\n');
    for (const name of ['check', 'provenance', 'sbom', 'ssh'] as const)
      if (changed.has(name)) throw notYet(`'docker compose build --${name}'`);
    const whole = await readProject(context, { services: args });
    checkServices(whole, args);
    const project = withServices(whole, args, { alone: !flags['with-dependencies'] });
    const services = Object.values(project.services).filter((service) => service.build !== undefined);
    if (services.length === 0) return warn('No services to build');
    const own = flags['build-arg'].map((text) => [
      text.split('=')[0] ?? '',
      text.includes('=') ? text.slice(text.indexOf('=') + 1) : (whole.environment.get(text) ?? ''),
    ]);
    const choice = {
      quiet: flags.quiet || flags.progress === 'quiet',
      display: flags.progress === 'plain' ? ('plain' as const) : undefined,
      noCache: flags['no-cache'],
      pull: flags.pull,
      push: flags.push,
      args: Object.fromEntries(own) as Readonly<Record<string, string>>,
    };
    if (flags.print) {
      await out.line(bakeDefinition(project, services, choice));
      return warn('No services to build');
    }
    const progress = changed.has('progress') ? progressTo(io, err, { mode: flags.progress, ansi: 'auto' }) : context.progress;
    await progress.during('build', () => buildServices({ ...context, progress }, project, services, choice));
  },
});
