/** Every challenge of the book. A new one is a file and a line here. */
import type { Challenge } from '../../components/challenge/types.ts';
import { bridgePeer } from './bridge-peer.ts';
import { cacheOrder } from './cache-order.ts';
import { dockerfileAgain } from './dockerfile-again.ts';
import { engineDead } from './engine-dead.ts';
import { engineRaw } from './engine-raw.ts';
import { firstTrace } from './first-trace.ts';
import { layersLean } from './layers-lean.ts';
import { lifecycleDiary } from './lifecycle-diary.ts';
import { lifecycleShell } from './lifecycle-shell.ts';
import { mountsPage } from './mounts-page.ts';
import { namesShop } from './names-shop.ts';
import { registriesPush } from './registries-push.ts';
import { registriesStale } from './registries-stale.ts';
import { slimSafe } from './slim-safe.ts';
import { startSay } from './start-say.ts';
import { vmThree } from './vm-three.ts';
import { volumesKeep } from './volumes-keep.ts';

export const challenges: readonly Challenge[] = [
  firstTrace,
  vmThree,
  engineRaw,
  engineDead,
  lifecycleDiary,
  lifecycleShell,
  layersLean,
  registriesPush,
  registriesStale,
  dockerfileAgain,
  startSay,
  cacheOrder,
  slimSafe,
  volumesKeep,
  mountsPage,
  bridgePeer,
  namesShop,
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
