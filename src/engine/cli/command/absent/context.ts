/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, list, string } from '../../flags/index.ts';
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['context create'],
    summary: 'Create a context',
    description: `Docker endpoint config:\n\nNAME                DESCRIPTION\nfrom                Copy named context's Docker endpoint configuration\nhost                Docker endpoint on which to connect\nca                  Trust certs signed only by this CA\ncert                Path to TLS certificate file\nkey                 Path to TLS key file\nskip-tls-verify     Skip TLS certificate validation\n\nExample:\n\n$ docker context create my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
    usage: '[OPTIONS] CONTEXT',
    args: anyArgs,
    flags: {
        description: string('Description of the context'),
        docker: list('set the docker endpoint', { type: 'stringToString', shownDefault: '[]' }),
        from: string('create context from a named context'),
      },
    run: absent,
  }),
  command({
    names: ['context export'],
    summary: 'Export a context to a tar archive FILE or a tar stream on STDOUT.',
    usage: '[OPTIONS] CONTEXT [FILE|-]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['context import'],
    summary: 'Import a context from a tar or zip file',
    usage: 'CONTEXT FILE|-',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['context inspect'],
    summary: 'Display detailed information on one or more contexts',
    usage: '[OPTIONS] [CONTEXT] [CONTEXT...]',
    args: anyArgs,
    flags: {
        format: string(FORMAT_INSPECT, { short: 'f' }),
      },
    run: absent,
  }),
  command({
    names: ['context ls', 'context list'],
    summary: 'List contexts',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        format: string(FORMAT_TABLE),
        quiet: bool('Only show context names', { short: 'q' }),
      },
    run: absent,
  }),
  command({
    names: ['context rm', 'context remove'],
    summary: 'Remove one or more contexts',
    usage: 'CONTEXT [CONTEXT...]',
    args: anyArgs,
    flags: {
        force: bool('Force the removal of a context in use', { short: 'f' }),
      },
    run: absent,
  }),
  command({
    names: ['context show'],
    summary: 'Print the name of the current context',
    usage: '',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['context update'],
    summary: 'Update a context',
    description: `Docker endpoint config:\n\nNAME                DESCRIPTION\nfrom                Copy named context's Docker endpoint configuration\nhost                Docker endpoint on which to connect\nca                  Trust certs signed only by this CA\ncert                Path to TLS certificate file\nkey                 Path to TLS key file\nskip-tls-verify     Skip TLS certificate validation\n\nExample:\n\n$ docker context update my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
    usage: '[OPTIONS] CONTEXT',
    args: anyArgs,
    flags: {
        description: string('Description of the context'),
        docker: list('set the docker endpoint', { type: 'stringToString', shownDefault: '[]' }),
      },
    run: absent,
  }),
  command({
    names: ['context use'],
    summary: 'Set the default docker context',
    usage: 'CONTEXT',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
];
