import { int, string } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const restart = command({
  names: ['container restart', 'restart'],
  summary: 'Restart one or more containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'containers',
  valueKinds: { signal: 'signals' },
  flags: {
    signal: string('Signal to send to the container', { short: 's' }),
    timeout: int('Seconds to wait before killing the container', { short: 't' }),
    time: int('Seconds to wait before killing the container', { hidden: true, deprecated: 'use --timeout instead' }),
  },
  run: ({ client, args, flags, changed, out }) => {
    const timeoutSeconds = changed.has('time') ? flags.time : changed.has('timeout') ? flags.timeout : undefined;
    return eachArgument(args, async (name) => {
      await client.containers.restart(name, { signal: flags.signal, ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) });
      await out.line(name);
    });
  },
});
