/** `stop` and `restart` both send a signal and wait for an end; the one does so with all containers at once, the other one by one. */
import { int, string } from '../../flags/index.ts';
import { atLeast, type Command, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';
import { sideBySide } from '../side-by-side.ts';

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
    run: ({ client, flags, changed, ...call }) => {
      const timeoutSeconds = changed.has('time') ? flags.time : changed.has('timeout') ? flags.timeout : undefined;
      const end = async (name: string): Promise<true> => {
        await client.containers[verb](name, { signal: flags.signal, ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) });
        return true;
      };
      if (verb === 'stop') return sideBySide(call, end);
      return eachArgument(call.args, async (name) => {
        await end(name);
        await call.out.line(name);
      });
    },
  });

export const stop = stopOrRestart({ verb: 'stop', summary: 'Stop one or more running containers', complete: 'running-containers' });
