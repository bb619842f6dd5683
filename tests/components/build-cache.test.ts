import { describe, expect, it } from 'vitest';
import { toldBuild } from '../../src/components/build-cache/told.ts';
import { buildsOf, moved, type ToldBuild, waveOf } from '../../src/components/build-cache/view-model.ts';
import { encodeStatusResponse, type Vertex } from '../../src/engine/api-types/build-trace.ts';

const vertex = (digest: string, name: string, inputs: readonly string[], more: Partial<Vertex> = {}): Vertex => ({
  ...{ digest, name, inputs, started: 1_000_000_000n, completed: 1_100_000_000n },
  ...more,
});
const build = (ref: string, vertexes: readonly Vertex[]): ToldBuild => ({ ref, name: 'app Dockerfile', vertexes });
const cached = { cached: true };

const first = build('1', [
  vertex('i', '[internal] load build definition', []),
  vertex('a', '[1/4] FROM busybox', []),
  vertex('b', '[2/4] COPY deps.txt /', ['a']),
  vertex('c', '[3/4] RUN install', ['b']),
  vertex('d', '[4/4] COPY . /', ['c']),
]);
const second = build('2', [
  vertex('a', '[1/4] FROM busybox', [], cached),
  vertex('b', '[2/4] COPY deps.txt /', ['a']),
  vertex('c', '[3/4] RUN install', ['b']),
  vertex('d', '[4/4] COPY . /', ['c']),
]);

describe('a build', () => {
  it('says of each step whether it was a hit, and why not', () => {
    const [now, before] = buildsOf([second, first]);
    expect(now?.steps.map(({ result, why }) => [result, why])).toEqual([
      ['CACHED', 'hit'],
      ['DONE 0.1s', 'files'],
      ['DONE 0.1s', 'parent'],
      ['DONE 0.1s', 'parent'],
    ]);
    expect(before?.steps.map(({ why }) => why)).toEqual(['first', 'first', 'first', 'first']);
  });

  it('tells a new line from one whose result is gone, and a failure from both', () => {
    const third = build('3', [
      vertex('a', '[1/4] FROM busybox', [], cached),
      vertex('b2', '[2/4] COPY other.txt /', ['a']),
      vertex('e', '[1/2] RUN nothing', [], { error: 'exit code: 1' }),
    ]);
    const fourth = build('4', [vertex('a', '[1/2] FROM busybox', [], cached), vertex('e', '[2/2] RUN nothing', ['a'])]);
    expect(buildsOf([fourth, third, first])[0]?.steps.map(({ why }) => why)).toEqual(['hit', 'gone']);
    expect(buildsOf([third, first])[0]?.steps.map(({ why }) => why)).toEqual(expect.arrayContaining(['hit', 'line', 'failed']));
  });

  it('is read off what the client was told', () => {
    const trace = [{ vertexes: [vertex('a', '[1/1] FROM x', [])] }, { vertexes: [vertex('a', '[1/1] FROM x', [], cached)] }];
    const Trace = [...trace.map((one) => btoa(String.fromCharCode(...encodeStatusResponse(one)))), '!'];
    expect(
      buildsOf([toldBuild({ Ref: 'r', Context: 'app', Dockerfile: 'Dockerfile', Trace })])[0]?.steps.map(({ result }) => result),
    ).toEqual(['CACHED']);
  });
});

describe('what the next change would cost', () => {
  const steps = buildsOf([first])[0]?.steps ?? [];

  it('is everything after it', () => {
    expect([...waveOf(steps, 'b')]).toEqual(['b', 'c', 'd']);
    expect([...waveOf(steps, 'd')]).toEqual(['d']);
    expect(waveOf(steps, 'nothing').size).toBe(0);
  });

  it('is less in another order; FROM stays first', () => {
    const later = moved(steps, 'b', 1);
    expect(later.map(({ digest }) => digest)).toEqual(['a', 'c', 'b', 'd']);
    expect(waveOf(later, 'b').size).toBe(2);
    expect(moved(steps, 'a', 2)).toBe(steps);
    expect(moved(steps, 'b', -5)).toBe(steps);
    expect(moved(steps, 'b', 50).map(({ digest }) => digest)).toEqual(['a', 'c', 'd', 'b']);
  });

  it('goes on into a stage that copies from this one', () => {
    const two = buildsOf([
      build('s', [
        vertex('a', '[build 1/2] FROM x', []),
        vertex('b', '[build 2/2] RUN make', ['a']),
        vertex('c', '[stage-1 1/3] FROM y', []),
        vertex('d', '[stage-1 2/3] COPY --from=build /x /', ['c', 'b']),
        vertex('e', '[stage-1 3/3] RUN end', ['d']),
      ]),
    ])[0];
    expect([...waveOf(two?.steps ?? [], 'a')].sort()).toEqual(['a', 'b', 'd', 'e']);
  });
});
