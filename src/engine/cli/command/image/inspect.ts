import { checkPlatform } from '../../client/platform.ts';
import { string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { atLeast, command } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const inspect = command({
  names: ['image inspect'],
  summary: 'Display detailed information on one or more images',
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  args: atLeast(1),
  complete: 'images',
  valueKinds: { platform: 'platforms' },
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
    platform: string(
      "Inspect a specific platform of the multi-platform image.\nIf the image or the server is not multi-platform capable, the command will error out if the platform does not match.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)",
    ),
  },
  run: async ({ client, args, flags, out, err }) => {
    checkPlatform(flags.platform);
    await inspectAll({ names: args, format: flags.format, out, err, kind: 'image' }, (name) =>
      client.images.inspectRaw(name, { platform: flags.platform }),
    );
  },
});
