/** `stop` and `restart` differ in what is asked of the daemon alone: both send a signal and wait for an end. */
import { int, string } from '../../flags/index.ts';
import { atLeast, type Command, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

interface Wish {
  readonly verb: 'stop' | 'restart';
  readonly summary: string;
  readonly complete: 'containers' | 'running-containers';
}

export const stopOrRestart = ({ verb, summary, complete }: Wish): Command =>
  command({
    names: [`container ${verb}`, verb],
    summary,
    usage: '[OPTIONS] CONTAINER [CONTAINER...]',
    args: atLeast(1),
    complete,
    valueKinds: { signal: 'signals' },
    flags: {
      signal: string('Signal to send to the container', { short: 's' }),
      timeout: int('Seconds to wait before killing the container', { short: 't' }),
      time: int('Seconds to wait before killing the container', { hidden: true, deprecated: 'use --timeout instead' }),
    },
    run: ({ client, args, flags, changed, out }) => {
      const timeoutSeconds = changed.has('time') ? flags.time : changed.has('timeout') ? flags.timeout : undefined;
      return eachArgument(args, async (name) => {
        await client.containers[verb](name, { signal: flags.signal, ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) });
        await out.line(name);
      });
    },
  });

export const stop = stopOrRestart({ verb: 'stop', summary: 'Stop one or more running containers', complete: 'running-containers' });
