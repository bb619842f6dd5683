import { metaDirectory, readContext, tlsDirectory } from '../../config/context-store.ts';
import { currentContext, DEFAULT_CONTEXT } from '../../config/current-context.ts';
import { string } from '../../flags/index.ts';
import { inspectAll } from '../../formatter/inspect.ts';
import { escapeForHtml } from '../../template/index.ts';
import { encodeText } from '../../text.ts';
import { anyArgs, command } from '../command.ts';
import { FORMAT_INSPECT } from '../texts.ts';

export const inspect = command({
  names: ['context inspect'],
  summary: 'Display detailed information on one or more contexts',
  usage: '[OPTIONS] [CONTEXT] [CONTEXT...]',
  args: anyArgs,
  complete: 'contexts',
  flags: {
    format: string(FORMAT_INSPECT, { short: 'f' }),
  },
  run: ({ io, config, args, flags, out, err }) => {
    const names = args.length === 0 ? [currentContext(io, config)] : args;
    return inspectAll({ names, format: flags.format, out, err, kind: 'context' }, async (name) => {
      const memory = '<IN MEMORY>';
      const inMemory = name === DEFAULT_CONTEXT;
      const Storage = {
        MetadataPath: inMemory ? memory : metaDirectory(config, name),
        TLSPath: inMemory ? memory : tlsDirectory(config, name),
      };
      const { Name, Metadata, Endpoints } = readContext(io, config, name);
      return encodeText(escapeForHtml(JSON.stringify({ Name, Metadata, Endpoints, TLSMaterial: {}, Storage })));
    });
  },
});
