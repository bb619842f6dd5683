import { checkContextName, readContext, writeContext } from '../../config/context-store.ts';
import { string, stringToString } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { contextEndpoint } from './endpoint.ts';

export const update = command({
  names: ['context update'],
  summary: 'Update a context',
  description: `Update a context\n\nDocker endpoint config:\n\nNAME                DESCRIPTION\nfrom                Copy named context's Docker endpoint configuration\nhost                Docker endpoint on which to connect\nca                  Trust certs signed only by this CA\ncert                Path to TLS certificate file\nkey                 Path to TLS key file\nskip-tls-verify     Skip TLS certificate validation\n\nExample:\n\n$ docker context update my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
  usage: '[OPTIONS] CONTEXT',
  args: exactly(1),
  complete: 'contexts',
  completeMost: 1,
  flags: {
    description: string('Description of the context'),
    docker: stringToString('set the docker endpoint'),
  },
  run: async ({ io, config, args: [name = ''], flags, changed, out, err }) => {
    checkContextName(name);
    const before = readContext(io, config, name);
    writeContext(io, config, {
      Name: name,
      Metadata: flags.description !== '' ? { ...before.Metadata, Description: flags.description } : before.Metadata,
      Endpoints: changed.has('docker') ? { docker: contextEndpoint({ io, config }, flags.docker) } : before.Endpoints,
    });
    await out.line(name);
    await err.line(`Successfully updated context ${JSON.stringify(name)}`);
  },
});
