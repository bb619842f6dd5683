import { checkContextName, contextExists, DEFAULT_DESCRIPTION, readContext, writeContext } from '../../config/context-store.ts';
import { currentContext, DEFAULT_CONTEXT } from '../../config/current-context.ts';
import { CliError } from '../../errors.ts';
import { string, stringToString } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { contextEndpoint } from './endpoint.ts';

export const create = command({
  names: ['context create'],
  summary: 'Create a context',
  description: `Create a context\n\nDocker endpoint config:\n\nNAME                DESCRIPTION\nfrom                Copy named context's Docker endpoint configuration\nhost                Docker endpoint on which to connect\nca                  Trust certs signed only by this CA\ncert                Path to TLS certificate file\nkey                 Path to TLS key file\nskip-tls-verify     Skip TLS certificate validation\n\nExample:\n\n$ docker context create my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
  usage: '[OPTIONS] CONTEXT',
  args: exactly(1),
  flags: {
    description: string('Description of the context'),
    docker: stringToString('set the docker endpoint'),
    from: string('create context from a named context'),
  },
  run: async ({ io, config, args: [name = ''], flags, changed, out, err }) => {
    checkContextName(name);
    if (contextExists(io, config, name)) throw new CliError(`context ${JSON.stringify(name)} already exists`);
    const from = flags.from === '' && changed.has('docker') ? undefined : readContext(io, config, flags.from || currentContext(io, config));
    const docker = from?.Endpoints.docker ?? contextEndpoint({ io, config }, flags.docker);
    const described = from?.Name === DEFAULT_CONTEXT ? DEFAULT_DESCRIPTION : from?.Metadata.Description;
    const description = flags.description || described;
    writeContext(io, config, { Name: name, Metadata: description ? { Description: description } : {}, Endpoints: { docker } });
    await out.line(name);
    await err.line(`Successfully created context ${JSON.stringify(name)}`);
  },
});
