/**
 * What lies beyond the host's card, as data: the sites of the internet with their addresses (of the block that is kept for documentation,
 * RFC 5737), and the names of the machines on the local network. A new site is one line here.
 */
import type { Sys } from '../../kernel/sys.ts';
import type { CatalogueReader } from '../../registry/catalogue-reader.ts';
import { ECR_HOSTS } from '../../registry/ecr/hosts.ts';
import { GHCR_HOST } from '../../registry/ghcr/hosts.ts';
import { HUB_HOSTS } from '../../registry/hub-hosts.ts';
import { NPM_HOST } from '../../registry/npm/hosts.ts';
import { MIRROR_HOSTS } from '../../registry/packages/hosts.ts';
import { PYPI_HOSTS } from '../../registry/pypi/hosts.ts';
import type { LoadCode } from '../../registry/server/context.ts';
import type { Site } from '../programs/sites.ts';
import type { MachineSpec } from '../types.ts';
import { HOST_IP, ROUTER_IP, SECOND_IP, SECOND_NAME } from './host-files.ts';

export interface OutsideOptions {
  readonly world: MachineSpec['world'];
  readonly catalogue: CatalogueReader;
  readonly hasSetupEnded: () => boolean;
}

/** Images and packages are miniatures, so the line is slow, and a pull takes about as long as a real one on a fast line. */
const LINE_BYTES_PER_SECOND = 40_000;
const PRIVATE_BYTES_PER_SECOND = 200_000;
const NS_PER_SECOND = 1_000_000_000n;

const loadBy =
  (sys: Sys): LoadCode =>
  (code) =>
    sys.stall(code);

const secondsOf = (sys: Sys) => (): number => Number(sys.clock.nowNs() / NS_PER_SECOND);

function hub({ world, catalogue, hasSetupEnded }: OutsideOptions, ip: string): Site {
  return {
    names: HUB_HOSTS,
    ip,
    // The images of the recordings have their true size.
    ...(world === 'book' ? { bytesPerSecond: LINE_BYTES_PER_SECOND } : { tlsOnly: true }),
    load: async (sys) => {
      const { hubHandler } = await import('../../registry/hub.ts');
      const read = (path: string) => sys.stall(() => catalogue.read(path));
      return hubHandler({ read }, { world, hasSetupEnded, now: secondsOf(sys), load: loadBy(sys) });
    },
  };
}

/** A company's private registry, and the API that gives passwords for it. */
const ecr = (ip: string): Site => ({
  names: ECR_HOSTS,
  ip,
  bytesPerSecond: PRIVATE_BYTES_PER_SECOND,
  load: async (sys) =>
    (await import('../../registry/ecr/handler.ts')).ecrHandler({
      now: secondsOf(sys),
      random: sys.random,
      load: loadBy(sys),
    }),
});

/** GitHub's registry: by a token service, and a name of one's own. */
const ghcr = (ip: string): Site => ({
  names: [GHCR_HOST],
  ip,
  bytesPerSecond: PRIVATE_BYTES_PER_SECOND,
  load: async (sys) =>
    (await import('../../registry/ghcr/handler.ts')).ghcrHandler({ now: secondsOf(sys), random: sys.random, load: loadBy(sys) }),
});

/** All that answers on the web. In the world of the recordings the router stands for the internet, and it is Docker Hub and nothing else. */
export const sitesOf = (options: OutsideOptions): readonly Site[] =>
  options.world === 'oracle'
    ? [hub(options, ROUTER_IP)]
    : [
        hub(options, '203.0.113.10'),
        ecr('203.0.113.20'),
        ghcr('203.0.113.22'),
        {
          names: MIRROR_HOSTS,
          ip: '203.0.113.30',
          bytesPerSecond: LINE_BYTES_PER_SECOND,
          load: async () => {
            const { mirrorHandler } = await import('../../registry/packages/mirror.ts');
            const { makeExecutable } = await import('../../kernel/elf.ts');
            return mirrorHandler(makeExecutable);
          },
        },
        {
          names: [NPM_HOST],
          ip: '203.0.113.32',
          bytesPerSecond: PRIVATE_BYTES_PER_SECOND,
          load: async () => {
            const { npmHandler } = await import('../../registry/npm/handler.ts');
            return npmHandler((await import('../../registry/npm/packages/index.ts')).PACKAGES);
          },
        },
        {
          names: PYPI_HOSTS,
          ip: '203.0.113.40',
          bytesPerSecond: LINE_BYTES_PER_SECOND,
          load: async () => (await import('../../registry/pypi/handler.ts')).pypiHandler,
        },
        {
          names: ['example.com', 'www.example.com'],
          ip: '203.0.113.80',
          load: async () => (await import('../programs/example-site.ts')).exampleSite,
        },
      ];

/** Names of the local network, as its router gives them out. */
export const LOCAL_NAMES: readonly { readonly name: string; readonly ip: string }[] = [
  { name: 'router.lan', ip: ROUTER_IP },
  { name: 'docker-host.lan', ip: HOST_IP },
  { name: `${SECOND_NAME}.lan`, ip: SECOND_IP },
];
