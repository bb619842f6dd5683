/** The Engine API as functions, one object for each resource. Nothing else of the client knows paths and parameters. */
import type { Io } from '../io.ts';
import { container } from './container-streams.ts';
import { containers } from './containers.ts';
import type { Endpoint } from './endpoint.ts';
import { execs } from './execs.ts';
import { DockerHttp } from './http.ts';
import { images } from './images.ts';
import { networks } from './networks.ts';
import { runClient } from './run.ts';
import { system } from './system.ts';
import { volumes } from './volumes.ts';

export function resources(http: DockerHttp) {
  const run = runClient(http);
  return {
    http,
    containers: { ...run.containers, ...containers(http), ...container(http) },
    execs: execs(http),
    images: { ...run.images, ...images(http) },
    networks: networks(http),
    system: system(http),
    volumes: volumes(http),
  };
}
export type DockerClient = ReturnType<typeof resources>;

export const dockerClient = (io: Io, endpoint: Endpoint): DockerClient => resources(new DockerHttp(io, endpoint));
