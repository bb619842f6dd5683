/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, list, string, strings } from '../../flags/index.ts';
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['image history', 'history'],
    summary: 'Show the history of an image',
    usage: '[OPTIONS] IMAGE',
    args: anyArgs,
    flags: {
        format: string(FORMAT_TABLE),
        human: bool('Print sizes and dates in human readable format', { short: 'H', initial: true }),
        'no-trunc': bool("Don't truncate output"),
        platform: string('Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")'),
        quiet: bool('Only show image IDs', { short: 'q' }),
      },
    run: absent,
  }),
  command({
    names: ['image import', 'import'],
    summary: 'Import the contents from a tarball to create a filesystem image',
    usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
    args: anyArgs,
    flags: {
        change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
        message: string('Set commit message for imported image', { short: 'm' }),
        platform: string('Set platform if server is multi-platform capable'),
      },
    run: absent,
  }),
  command({
    names: ['image inspect'],
    summary: 'Display detailed information on one or more images',
    usage: '[OPTIONS] IMAGE [IMAGE...]',
    args: anyArgs,
    flags: {
        format: string(FORMAT_INSPECT, { short: 'f' }),
        platform: string("Inspect a specific platform of the multi-platform image. If the image or the server is not multi-platform capable, the command will error out if the platform does not match.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)"),
      },
    run: absent,
  }),
  command({
    names: ['image load', 'load'],
    summary: 'Load an image from a tar archive or STDIN',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        input: string('Read from tar archive file, instead of STDIN', { short: 'i' }),
        platform: strings('Load only the given platform(s). Formatted as a comma-separated list of "os[/arch[/variant]]" (e.g., "linux/amd64,linux/arm64/v8").'),
        quiet: bool('Suppress the load output', { short: 'q' }),
      },
    run: absent,
  }),
  command({
    names: ['image prune'],
    summary: 'Remove unused images',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        all: bool('Remove all unused images, not just dangling ones', { short: 'a' }),
        filter: filter('Provide filter values (e.g. "until=<timestamp>")'),
        force: bool('Do not prompt for confirmation', { short: 'f' }),
      },
    run: absent,
  }),
  command({
    names: ['image push', 'push'],
    summary: 'Upload an image to a registry',
    usage: '[OPTIONS] NAME[:TAG]',
    args: anyArgs,
    flags: {
        'all-tags': bool('Push all tags of an image to the repository', { short: 'a' }),
        platform: string("Push a platform-specific manifest as a single-platform image to the registry. Image index won't be pushed, meaning that other manifests, including attestations won't be preserved.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)"),
        quiet: bool('Suppress verbose output', { short: 'q' }),
      },
    run: absent,
  }),
  command({
    names: ['image save', 'save'],
    summary: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
    usage: '[OPTIONS] IMAGE [IMAGE...]',
    args: anyArgs,
    flags: {
        output: string('Write to a file, instead of STDOUT', { short: 'o' }),
        platform: strings('Save only the given platform(s). Formatted as a comma-separated list of "os[/arch[/variant]]" (e.g., "linux/amd64,linux/arm64/v8")'),
      },
    run: absent,
  }),
  command({
    names: ['image tag', 'tag'],
    summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
    usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
];
