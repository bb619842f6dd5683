import { describe, expect, it } from 'vitest';
import { placeInWords, timelineView } from '../../../src/components/timeline/view-model.ts';
import { worldLines } from '../../../src/components/worlds/view-model.ts';

const steps = ['docker run -d --name db postgres', 'docker rm -f db'].map((command) => ({ command, input: [] }));

describe('the lines of two worlds', () => {
  it('differ in one word of one line', () => {
    const lines = worldLines(steps, 1, '-v dbdata:/var/lib');
    expect(lines.map(({ left }) => left.command)).toEqual(steps.map(({ command }) => command));
    expect(lines.map(({ right }) => right.command)).toEqual(['docker run -v dbdata:/var/lib -d --name db postgres', 'docker rm -f db']);
    expect(lines.map(({ isFork }) => isFork)).toEqual([true, false]);
  });

  it('say what an author got wrong', () => {
    expect(() => worldLines(steps, 3, '-v x:/y')).toThrow('the example has 2 lines');
    expect(() => worldLines([{ command: 'ls', input: [] }], 1, '-v x:/y')).toThrow('no docker command');
  });
});

describe('a timeline', () => {
  const timeline = {
    steps: [
      { label: 'one', atNs: '1', terminal: 1 },
      { label: 'two', atNs: '2', terminal: 1 },
      { label: 'three', atNs: '3', terminal: 1 },
    ],
    position: 2,
    peeked: null,
    worlds: [],
  };

  it('knows what was done, where one stands, and what can be gone forward to', () => {
    const view = timelineView(timeline, 'en');
    expect(view.steps.map(({ label, state }) => `${label} ${state}`)).toEqual(['Start past', 'one past', 'two here', 'three undone']);
    expect([view.canUndo, view.canRedo]).toEqual([true, true]);
    expect(placeInWords(view, 'en')).toBe('Step 2/3: two (here)');
  });

  it('says what is looked at, in both languages', () => {
    const view = timelineView({ ...timeline, peeked: 3 }, 'ko');
    expect(placeInWords(view, 'ko')).toBe('단계 3/3: three (보는 중, 되돌림)');
    expect([view.canUndo, view.canRedo]).toEqual([true, false]);
  });
});
