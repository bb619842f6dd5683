/** Every challenge of the book. A new one is a file and a line here. */
import type { Challenge } from '../../components/challenge/types.ts';
import { engineDead } from './engine-dead.ts';
import { engineRaw } from './engine-raw.ts';
import { lifecycleDiary } from './lifecycle-diary.ts';
import { lifecycleShell } from './lifecycle-shell.ts';

export const challenges: readonly Challenge[] = [engineRaw, engineDead, lifecycleDiary, lifecycleShell];

/** Throws an error that names what there is. */
export function challengeById(id: string): Challenge {
  const found = challenges.find((challenge) => challenge.id === id);
  if (!found)
    throw new Error(
      `<Challenge id="${id}">: there is no such challenge. There are: ${challenges.map((challenge) => challenge.id).join(', ')}`,
    );
  return found;
}
