import { CliError } from '../../errors.ts';
import { atLeast, command } from '../command.ts';
import { eachArgument } from '../each-argument.ts';

export const wait = command({
  names: ['container wait', 'wait'],
  summary: 'Block until one or more containers stop, then print their exit codes',
  usage: 'CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'running-containers',
  flags: {},
  run: ({ client, args, out }) =>
    eachArgument(args, async (name) => {
      const waiting = await client.containers.wait(name);
      const result = await waiting.done();
      if (result.Error !== undefined) throw new CliError(result.Error.Message);
      await out.line(String(result.StatusCode));
    }),
});
