import { describe, expect, it } from 'vitest';
import type { Deed } from '../../../src/components/provenance/view-model.ts';
import { deedsByLine, sentAt } from '../../../src/components/terminal/spans.ts';

const steps = ['docker ps', 'echo elsewhere', 'docker run x', 'docker ps'].map((label, index) => ({
  ...{ label, atNs: String(index * 10) },
  terminal: index === 1 ? 2 : 1,
}));
const deed = (atNs: number, command: string): Deed => ({ key: command, command, atNs: String(atNs), things: [], isPreparation: false });
const did = (deeds: readonly Deed[], lines: readonly string[], position = 4): readonly (readonly string[])[] =>
  deedsByLine(deeds, { lines, terminal: 1 }, { steps, position }).map((list) => list.map(({ command }) => command));

describe('when the commands of a screen were sent', () => {
  it('is told by the steps of the timeline, from the last one back', () => {
    expect(sentAt({ lines: ['docker ps', 'docker run x', 'docker ps '], terminal: 1 }, { steps, position: 4 })).toEqual([0n, 20n, 30n]);
  });

  it('is told by the steps of this terminal', () => {
    expect(sentAt({ lines: ['docker ps', 'echo elsewhere'], terminal: 2 }, { steps, position: 4 })).toEqual([null, 10n]);
  });

  it('knows only what was not taken back', () => {
    expect(sentAt({ lines: ['docker ps'], terminal: 1 }, { steps, position: 3 })).toEqual([0n]);
  });
});

describe('what the commands of a screen did', () => {
  it('is what was done from one to the next, but for what a button did', () => {
    const deeds = [deed(31, 'docker ps'), deed(25, 'docker run x'), deed(24, 'POST /containers/web/stop'), deed(21, 'docker pull x')];
    expect(did(deeds, ['docker run x', 'docker ps'])).toEqual([['docker pull x', 'docker run x'], ['docker ps']]);
  });

  it('knows what was typed ahead by its words', () => {
    const deeds = [deed(21, 'docker run x'), deed(22, 'docker volume create two words'), deed(23, 'docker rm x'), deed(31, 'docker ps')];
    const lines = ['docker run x', "docker volume create 'two words'", 'docker rm x; true', 'docker ps'];
    expect(did(deeds, lines)).toEqual([['docker run x'], ['docker volume create two words'], ['docker rm x'], ['docker ps']]);
  });

  it('is nothing for a line that made nothing, and nobody’s for what was before all of them', () => {
    expect(did([deed(1, 'docker ps')], ['docker run x'])).toEqual([[]]);
  });

  it('is not what was done on another terminal afterwards, even while it still runs', () => {
    const lines = ['docker ps', 'sleep 12; docker run x'];
    const timeline = {
      steps: [
        { label: 'sleep 12; docker run x', atNs: '0', terminal: 1 },
        { label: 'docker volume create y', atNs: '5', terminal: 2 },
        { label: './script', atNs: '20', terminal: 3 },
      ],
      position: 3,
    };
    const deeds = [deed(6, 'docker volume create y'), deed(12, 'docker run x'), deed(21, 'docker ps -a'), deed(22, 'docker rm y')];
    expect(deedsByLine(deeds, { lines, terminal: 1 }, timeline).map((own) => own.map(({ command }) => command))).toEqual([
      [],
      ['docker run x'],
    ]);
    expect(deedsByLine(deeds, { lines: ['./script'], terminal: 3 }, timeline)).toHaveLength(1);
    expect(deedsByLine(deeds, { lines: ['./script'], terminal: 3 }, timeline)[0]?.map(({ command }) => command)).toEqual([
      'docker ps -a',
      'docker rm y',
    ]);
  });
});
