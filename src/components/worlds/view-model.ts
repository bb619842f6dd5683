/** The lines of two worlds: the same, but for one word in one of them. */
import type { Command } from '../example/player.ts';

export interface WorldLine {
  readonly left: Command;
  readonly right: Command;
  readonly isFork: boolean;
}

/** Puts `words` where flags of a docker command go: after its verb. */
function withWords(command: string, words: string): string {
  const verb = /\bdocker(?: (?:container|image|volume|network))? [a-z]+/.exec(command);
  if (!verb) throw new Error(`“${command}” is no docker command: <Worlds with> has nowhere to put “${words}”`);
  const end = verb.index + verb[0].length;
  return `${command.slice(0, end)} ${words}${command.slice(end)}`;
}

/** `fork`: which line is another one on the right, from 1, and wherever it comes again. Throws an error that names what there is. */
export function worldLines(steps: readonly Command[], fork: number, words: string): readonly WorldLine[] {
  const forked = steps[fork - 1];
  if (!forked) throw new Error(`<Worlds fork="${fork}">: the example has ${steps.length} lines`);
  return steps.map(({ command, input }, index) => {
    const isFork = index >= fork - 1 && command === forked.command;
    return { left: { command, input }, right: { command: isFork ? withWords(command, words) : command, input }, isFork };
  });
}
