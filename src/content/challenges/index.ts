/** Every challenge of the book. A new one is a file and a line here. */
import type { Challenge } from '../../components/challenge/types.ts';
import { backgroundCurl } from './background-curl.ts';
import { bridgePeer } from './bridge-peer.ts';
import { cacheOrder } from './cache-order.ts';
import { composeLate } from './compose-late.ts';
import { dockerfileAgain } from './dockerfile-again.ts';
import { driversTwo } from './drivers-two.ts';
import { engineDead } from './engine-dead.ts';
import { engineRaw } from './engine-raw.ts';
import { firstTrace } from './first-trace.ts';
import { imageThree } from './image-three.ts';
import { isolationSpy } from './isolation-spy.ts';
import { layersLean } from './layers-lean.ts';
import { lifecycleDiary } from './lifecycle-diary.ts';
import { lifecycleShell } from './lifecycle-shell.ts';
import { limitsGreedy } from './limits-greedy.ts';
import { mountsPage } from './mounts-page.ts';
import { namesShop } from './names-shop.ts';
import { ownPage } from './own-page.ts';
import { pid1Slow } from './pid1-slow.ts';
import { publishListen } from './publish-listen.ts';
import { registriesPush } from './registries-push.ts';
import { registriesStale } from './registries-stale.ts';
import { scaleCanary } from './scale-canary.ts';
import { shareBack } from './share-back.ts';
import { sizesRoom } from './sizes-room.ts';
import { slimSafe } from './slim-safe.ts';
import { startSay } from './start-say.ts';
import { swarmFour } from './swarm-four.ts';
import { vmThree } from './vm-three.ts';
import { volumesKeep } from './volumes-keep.ts';
import { whyBoth } from './why-both.ts';

export const challenges: readonly Challenge[] = [
  whyBoth,
  firstTrace,
  vmThree,
  engineRaw,
  engineDead,
  lifecycleDiary,
  lifecycleShell,
  backgroundCurl,
  isolationSpy,
  pid1Slow,
  limitsGreedy,
  ownPage,
  imageThree,
  layersLean,
  sizesRoom,
  registriesPush,
  registriesStale,
  dockerfileAgain,
  startSay,
  cacheOrder,
  slimSafe,
  volumesKeep,
  mountsPage,
  shareBack,
  bridgePeer,
  publishListen,
  namesShop,
  driversTwo,
  composeLate,
  scaleCanary,
  swarmFour,
];

/** Throws an error that names what there is. */
export function challengeById(id: string): Challenge {
  const found = challenges.find((challenge) => challenge.id === id);
  if (!found)
    throw new Error(
      `<Challenge id="${id}">: there is no such challenge. There are: ${challenges.map((challenge) => challenge.id).join(', ')}`,
    );
  return found;
}
