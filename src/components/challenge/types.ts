/** A challenge is data: it is shown, played by a test with its solution and with a wrong one, and can be exported as a script. */
import type { Language } from '../page/words.ts';

export type Text = Readonly<Record<Language, string>>;

/** What must be true of the machine. */
export type Goal = {
  readonly id: string;
  readonly text: Text;
} & (
  | { readonly container: string; readonly where: Readonly<Record<string, string | number | boolean>> }
  /** The same container as when the challenge began: nothing else has its id. */
  | { readonly container: string; readonly unchanged: 'Id' }
  /** With `prints`: what it wrote to standard output has this in it. */
  | { readonly exec: readonly [container: string, ...command: string[]]; readonly exit: number; readonly prints?: string }
  /** Networks that it is in, and no others. */
  | { readonly container: string; readonly networks: readonly string[] }
  /** How many of a kind there are under these filters. */
  | {
      readonly list: 'containers' | 'images' | 'volumes' | 'networks' | 'nodes';
      readonly filters?: Readonly<Record<string, readonly string[]>>;
      readonly atLeast?: number;
      readonly atMost?: number;
    }
  /** So many tasks of a service run, and on so many hosts of the swarm. */
  | { readonly service: string; readonly tasks: number; readonly hosts: number }
  /** So many events passed these filters since the machine was switched on. */
  | { readonly events: Readonly<Record<string, readonly string[]>>; readonly atLeast: number }
  /** Every running container runs this: so many different outputs. */
  | { readonly everywhere: readonly string[]; readonly different: number }
  /** What `inspect` says of an image. */
  | { readonly image: string; readonly where: Readonly<Record<string, string | number | boolean>> }
  /** Its history from the bottom: no step above the base is larger, and steps with these words are there in this order. */
  | { readonly image: string; readonly base: string; readonly stepsUpToBytes?: number; readonly historyHas?: readonly string[] }
  /** A container of it that runs this, or what the image says, prints these words. */
  | { readonly run: string; readonly command?: readonly string[]; readonly prints: string }
  /** The Engine answers this request with that status. */
  | { readonly request: string; readonly status: number }
  /** No request of the docker client made it: the API was used by hand. */
  | { readonly createdBy: 'not-the-cli'; readonly container: string }
);

export interface Hint {
  /** The goal that is missed; with `state`, only while the container is in it; with `reached`, only once that goal holds. */
  readonly when: { readonly goal: string; readonly state?: string; readonly reached?: string };
  readonly text: Text;
}

export interface Challenge {
  readonly id: string;
  readonly lesson: string;
  readonly title: Text;
  readonly task: Text;
  readonly start: string;
  readonly images: readonly string[];
  readonly setup: readonly string[];
  readonly goals: readonly Goal[];
  readonly hints: readonly Hint[];
  readonly solution: readonly string[];
  readonly wrong: readonly string[];
}
