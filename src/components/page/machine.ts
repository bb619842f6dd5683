/** The way to the page's machine for what is there before the first touch: the lab's own code is fetched when it is first needed. */
import type { Lab } from '../../lab/lab.ts';
import { launchAhead } from '../../lab/worker-ahead.ts';
import { firstMachine } from './first-machine.ts';

type Arrival = (lab: Lab) => void;

let here: Lab | null = null;
let isAsked = false;
const waiting: Arrival[] = [];

const visitKey = (): string => `drydock:used:${location.pathname}`;

/** Storage can be refused (a private window); then a machine comes back with its first use. */
function remembered(): boolean {
  try {
    return localStorage.getItem(visitKey()) !== null;
  } catch {
    return false;
  }
}

/** From now on this page's machine goes on by itself when the page is opened. */
export function remember(): void {
  try {
    localStorage.setItem(visitKey(), '1');
  } catch {
    // Nothing depends on it.
  }
}

/** The session in the page's address, if a link brought one. */
export const broughtByLink = (): string | null => /^#lab=([\w-]+)$/.exec(location.hash)?.[1] ?? null;

/** The page's lab; its worker is not started by this. */
export async function fetchLab(): Promise<Lab> {
  const { labOfPage } = await import('./lab-of-page.ts');
  return labOfPage();
}

export async function startMachine(): Promise<Lab> {
  if (!here) launchAhead(firstMachine());
  const lab = await fetchLab();
  lab.start();
  return lab;
}

/** Calls back with the page's lab once there is one, before its worker says a word. It never brings the lab by itself. */
export function whenLab(arrival: Arrival): void {
  if (here) return arrival(here);
  waiting.push(arrival);
  if (isAsked) return;
  isAsked = true;
  // A machine that was used here before goes on by itself, once the page stands; one that was not waits for the reader.
  if (remembered()) setTimeout(() => void startMachine());
  else if (broughtByLink() !== null) setTimeout(() => void fetchLab());
}

/** The same, once the machine runs or something keeps it from that: who only shows how it is leaves it the way to there. */
export function whenStarted(arrival: Arrival): void {
  whenLab((lab) => {
    let isStarted = false;
    lab.onState((state) => {
      if (isStarted || state === 'off' || state === 'starting') return;
      isStarted = true;
      arrival(lab);
    });
  });
}

/** The lab tells that it is there. */
export function labIsHere(lab: Lab): void {
  here = lab;
  for (const arrival of waiting.splice(0)) arrival(lab);
}
