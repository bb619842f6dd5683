import { atLeast } from '../../command/command.ts';
import { exec as containerExec } from '../../command/container/exec.ts';
import { bool, int, list, string } from '../../flags/index.ts';
import { call } from '../call.ts';
import { composeCommand } from '../command.ts';
import { oneContainer } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

export const exec = composeCommand({
  name: 'exec',
  summary: 'Execute a command in a running container',
  usage: '[OPTIONS] SERVICE COMMAND [ARGS...]',
  args: atLeast(2),
  interspersed: false,
  flags: {
    detach: bool('Detached mode: Run command in the background', { short: 'd' }),
    env: list('Set environment variables', { short: 'e', type: 'stringArray' }),
    index: int('Index of the container if service has multiple replicas'),
    interactive: bool('Keep STDIN open even if not attached', { short: 'i', initial: true, hidden: true }),
    'no-tty': bool("Disable pseudo-TTY allocation. By default 'docker compose exec' allocates a TTY.", {
      short: 'T',
      shownDefault: 'true',
    }),
    privileged: bool('Give extended privileges to the process'),
    tty: bool('Allocate a pseudo-TTY', { short: 't', initial: true, hidden: true }),
    user: string('Run the command as this user', { short: 'u' }),
    workdir: string('Path to workdir directory for this command', { short: 'w' }),
  },
  run: async (context) => {
    const { client, args, flags, changed, out, io } = context;
    const [service = '', ...words] = args;
    const container = await oneContainer(client, await projectName(context), { service, index: flags.index });
    const noTty = changed.has('no-tty') ? flags['no-tty'] : !out.isTerminal || !io.stdin.isTerminal;
    return call(context, containerExec, [
      ...(flags.detach ? ['--detach'] : []),
      ...flags.env.flatMap((one) => ['--env', one]),
      ...(flags.interactive && !flags.detach ? ['--interactive'] : []),
      ...(noTty || flags.detach ? [] : ['--tty']),
      ...(flags.privileged ? ['--privileged'] : []),
      ...(flags.user === '' ? [] : ['--user', flags.user]),
      ...(flags.workdir === '' ? [] : ['--workdir', flags.workdir]),
      container.Id,
      ...words,
    ]);
  },
});
