import { expect, it } from 'vitest';
import { createPlayer } from '../../src/components/example/player.ts';

const commands = [
  { command: 'one', input: [] },
  { command: 'two', input: ['typed'] },
  { command: 'three', input: [] },
];

function played() {
  const typed: string[] = [];
  const states: boolean[] = [];
  const player = createPlayer(
    commands,
    { run: ({ command, input }) => typed.push(command, ...input), interrupt: () => typed.push('^C') },
    () => states.push(player.playing),
  );
  return { player, typed, states };
}

it('types a command when there is a prompt, and the next at the next prompt', () => {
  const { player, typed } = played();
  player.play(0);
  expect(typed).toEqual([]);
  player.prompt();
  expect(typed).toEqual(['one']);
  player.prompt();
  expect(typed).toEqual(['one', 'two', 'typed']);
});

it('is done at the prompt after the last', () => {
  const { player, states } = played();
  player.play(2, 1);
  player.prompt();
  expect(player.playing).toBe(true);
  player.prompt();
  expect(player.playing).toBe(false);
  expect(states.at(-1)).toBe(false);
});

it('starts at once if the shell waits already', () => {
  const { player, typed } = played();
  player.prompt();
  player.play(1, 1);
  expect(typed).toEqual(['two', 'typed']);
});

it('waits while the reader’s own line runs', () => {
  const { player, typed } = played();
  player.prompt();
  player.busy();
  player.play(0, 1);
  expect(typed).toEqual([]);
  player.prompt();
  expect(typed).toEqual(['one']);
});

it('interrupts what runs, and types nothing more', () => {
  const { player, typed } = played();
  player.prompt();
  player.play(0);
  player.stop();
  player.prompt();
  expect(typed).toEqual(['one', '^C']);
});
