import { decodeStatusResponse } from '../../../../api-types/build-trace.ts';
import { readBase64 } from '../../../../http/base64.ts';
import { Printer } from '../../../build/progress/printer.ts';
import { string } from '../../../flags/index.ts';
import { atMost, command } from '../../command.ts';
import { BUILDER } from '../plugin-flags.ts';
import { findRecord } from './records.ts';

export const logs = command({
  names: ['builder history logs'],
  summary: 'Print the logs of a build record',
  as: 'buildx history logs',
  usage: '[OPTIONS] [REF]',
  args: atMost(1),
  complete: 'nothing',
  values: { progress: ['plain', 'rawjson', 'tty'] },
  flags: { ...BUILDER, progress: string('Set type of progress output (plain, rawjson, tty)', { initial: 'plain' }) },
  run: async (context) => {
    const { io, args, flags } = context;
    const record = await findRecord(context, flags.builder, args[0] ?? '');
    const printer = new Printer(io, io.stderr, { mode: flags.progress === 'auto' ? 'plain' : flags.progress, silentWarnings: true });
    for (const message of record.Trace ?? []) await printer.write(decodeStatusResponse(readBase64(message)));
    await printer.end();
  },
});
