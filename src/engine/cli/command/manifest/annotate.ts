import { CliError } from '../../errors.ts';
import { string, strings } from '../../flags/index.ts';
import { fullString } from '../../reference.ts';
import { command, exactly } from '../command.ts';
import { experimental } from './experimental.ts';
import { type Platform, withPlatform } from './image-manifest.ts';
import { named } from './remote.ts';
import { findLocal, save } from './store.ts';

const SUMMARY = 'Add additional information to a local image manifest';

/** What Go can be built for: nothing else is taken. */
const KNOWN: Readonly<Record<string, string>> = {
  darwin: '386 amd64 arm arm64',
  dragonfly: 'amd64',
  freebsd: '386 amd64 arm',
  linux: '386 amd64 arm arm64 ppc64le mips64 mips64le riscv64 s390x',
  netbsd: '386 amd64 arm',
  openbsd: '386 amd64 arm',
  plan9: '386 amd64',
  solaris: 'amd64',
  windows: '386 amd64',
};

interface Annotations {
  readonly arch: string;
  readonly os: string;
  readonly variant: string;
  readonly 'os-version': string;
  readonly 'os-features': readonly string[];
}

export const annotate = command({
  names: ['manifest annotate'],
  summary: SUMMARY,
  description: experimental(SUMMARY, 'annotate'),
  usage: '[OPTIONS] MANIFEST_LIST MANIFEST',
  args: exactly(2),
  flags: {
    arch: string('Set architecture'),
    os: string('Set operating system'),
    'os-features': strings('Set operating system feature'),
    'os-version': string('Set operating system version'),
    variant: string('Set architecture variant'),
  },
  run: async (context) => {
    const {
      args: [target = '', image = ''],
      flags,
    } = context;
    const list = fullString(named(target));
    const manifest = findLocal(context, list, fullString(named(image)));
    if (!manifest) throw new CliError(`manifest for image ${image} does not exist in ${target}`);
    const platform = annotated(manifest.Descriptor.platform ?? { architecture: '', os: '' }, flags);
    if (!(KNOWN[platform.os] ?? '').split(' ').includes(platform.architecture))
      throw new CliError(`manifest entry for image has unsupported os/arch combination: ${flags.os}/${flags.arch}`);
    save(context, list, withPlatform(manifest, platform));
  },
});

function annotated(before: Platform, flags: Annotations): Platform {
  const features = [...new Set([...(before['os.features'] ?? []), ...flags['os-features']])];
  return {
    ...before,
    architecture: flags.arch || before.architecture,
    os: flags.os || before.os,
    ...(flags.variant === '' ? {} : { variant: flags.variant }),
    ...(flags['os-version'] === '' ? {} : { 'os.version': flags['os-version'] }),
    ...(features.length === 0 ? {} : { 'os.features': features }),
  };
}
