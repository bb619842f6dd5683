/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, string, strings } from '../../flags/index.ts';
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['manifest annotate'],
    summary: 'Add additional information to a local image manifest',
    description:
      'Add additional information to a local image manifest\n\nEXPERIMENTAL:\n  docker manifest annotate is an experimental feature.\n  Experimental features provide early access to product functionality. These\n  features may change between releases without warning, or can be removed from a\n  future release. Learn more about experimental features in our documentation:\n  https://docs.docker.com/go/experimental/',
    usage: '[OPTIONS] MANIFEST_LIST MANIFEST',
    args: anyArgs,
    flags: {
      arch: string('Set architecture'),
      os: string('Set operating system'),
      'os-features': strings('Set operating system feature'),
      'os-version': string('Set operating system version'),
      variant: string('Set architecture variant'),
    },
    run: absent,
  }),
  command({
    names: ['manifest create'],
    summary: 'Create a local manifest list for annotating and pushing to a registry',
    description:
      'Create a local manifest list for annotating and pushing to a registry\n\nEXPERIMENTAL:\n  docker manifest create is an experimental feature.\n  Experimental features provide early access to product functionality. These\n  features may change between releases without warning, or can be removed from a\n  future release. Learn more about experimental features in our documentation:\n  https://docs.docker.com/go/experimental/',
    usage: 'MANIFEST_LIST MANIFEST [MANIFEST...]',
    args: anyArgs,
    flags: {
      amend: bool('Amend an existing manifest list', { short: 'a' }),
      insecure: bool('Allow communication with an insecure registry'),
    },
    run: absent,
  }),
  command({
    names: ['manifest inspect'],
    summary: 'Display an image manifest, or manifest list',
    description:
      'Display an image manifest, or manifest list\n\nEXPERIMENTAL:\n  docker manifest inspect is an experimental feature.\n  Experimental features provide early access to product functionality. These\n  features may change between releases without warning, or can be removed from a\n  future release. Learn more about experimental features in our documentation:\n  https://docs.docker.com/go/experimental/',
    usage: '[OPTIONS] [MANIFEST_LIST] MANIFEST',
    args: anyArgs,
    flags: {
      insecure: bool('Allow communication with an insecure registry'),
      verbose: bool('Output additional info including layers and platform', { short: 'v' }),
    },
    run: absent,
  }),
  command({
    names: ['manifest push'],
    summary: 'Push a manifest list to a repository',
    description:
      'Push a manifest list to a repository\n\nEXPERIMENTAL:\n  docker manifest push is an experimental feature.\n  Experimental features provide early access to product functionality. These\n  features may change between releases without warning, or can be removed from a\n  future release. Learn more about experimental features in our documentation:\n  https://docs.docker.com/go/experimental/',
    usage: '[OPTIONS] MANIFEST_LIST',
    args: anyArgs,
    flags: {
      insecure: bool('Allow push to an insecure registry'),
      purge: bool('Remove the local manifest list after push', { short: 'p' }),
    },
    run: absent,
  }),
  command({
    names: ['manifest rm'],
    summary: 'Delete one or more manifest lists from local storage',
    description:
      'Delete one or more manifest lists from local storage\n\nEXPERIMENTAL:\n  docker manifest rm is an experimental feature.\n  Experimental features provide early access to product functionality. These\n  features may change between releases without warning, or can be removed from a\n  future release. Learn more about experimental features in our documentation:\n  https://docs.docker.com/go/experimental/',
    usage: 'MANIFEST_LIST [MANIFEST_LIST...]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
];
