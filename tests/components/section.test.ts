import { describe, expect, it } from 'vitest';
import { drawSection } from '../../src/components/section/draw.ts';
import { markup, type Shape, shorten } from '../../src/components/section/shape.ts';
import { instruction, platesOf, type SectionContainer, sectionContainer, sectionInWords } from '../../src/components/section/view-model.ts';
import { emptySection, sectionWords } from '../../src/components/section/words.ts';

const container = (name: string, chains: readonly string[], more: Partial<SectionContainer> = {}): SectionContainer => ({
  name,
  image: 'nginx',
  state: 'running',
  address: '172.17.0.2',
  process: 'nginx',
  port: null,
  plates: chains.map((chain) => ({ chain, label: chain })),
  ...more,
});
const all = (shape: Shape): readonly Shape[] => [
  shape,
  ...shape.children.flatMap((child) => (typeof child === 'string' ? [] : all(child))),
];
const count = (shape: Shape, className: string): number => all(shape).filter(({ attributes }) => attributes.class === className).length;
const draw = (containers: readonly SectionContainer[], width = 1280): Shape =>
  drawSection({ ...emptySection, containers }, width, sectionWords.en);

describe('the picture', () => {
  it('draws a layer that neighbours share once, under all of them', () => {
    expect(count(draw([container('a', ['x', 'xy']), container('b', ['x', 'xz'])]), 'layer')).toBe(3);
    expect(count(draw([container('a', ['x', 'xy']), container('b', ['x', 'xy'])]), 'layer')).toBe(2);
  });

  it('gives each container a writable layer of its own', () => {
    expect(count(draw([container('a', ['x']), container('b', ['x'])]), 'write')).toBe(2);
  });

  it('hangs only those on the bridge that have an address', () => {
    expect(count(draw([container('a', ['x']), container('b', ['x'], { address: '', process: null, state: 'exited' })]), 'veth')).toBe(1);
  });

  it('opens the wall for a published port', () => {
    expect(count(draw([container('a', ['x'])]), 'opening')).toBe(0);
    expect(count(draw([container('a', ['x'], { port: { host: 8080, inside: 80 } })]), 'opening')).toBe(1);
  });

  it.each([360, 768, 1280, 1920])('stays inside of %i pixels', (width) => {
    const boxes = all(draw([container('a', ['x']), container('b', ['y'])], width)).filter(
      ({ tag, attributes }) => tag === 'rect' && 'x' in attributes,
    );
    for (const { attributes } of boxes) expect(Number(attributes.x) + Number(attributes.width)).toBeLessThanOrEqual(width);
  });

  it('writes no name of a container as markup', () => {
    expect(markup(draw([container('<img src=x onerror=alert(1)>', ['x'])]))).not.toContain('<img');
  });
});

it('reads an instruction as its author wrote it', () => {
  expect(instruction('COPY nginx.conf /etc/nginx/ # buildkit')).toBe('COPY nginx.conf /etc/nginx/');
  expect(instruction('/bin/sh -c #(nop)  CMD ["sh"]')).toBe('CMD ["sh"]');
  expect(instruction('RUN /bin/sh -c apk add curl # buildkit')).toBe('RUN apk add curl');
});

it('puts many layers together as one plate, and leaves out what has no layer', () => {
  const image = { Id: 'x', RootFS: { Layers: ['a', 'b', 'c', 'd', 'e', 'f'] } };
  const history = ['f', 'e', 'd', 'c', 'b', 'a'].map((name) => ({ CreatedBy: `COPY ${name}`, Size: 1 }));
  expect(platesOf(image, [{ CreatedBy: 'CMD', Size: 0 }, ...history], (between) => `${between} more`).map(({ label }) => label)).toEqual([
    'COPY a',
    '4 more',
    'COPY f',
  ]);
  expect(platesOf(null, [], String)).toEqual([]);
});

it('takes from the API what it draws', () => {
  const summary = {
    Id: 'x',
    Names: ['/web'],
    Image: 'nginx',
    ImageID: 'y',
    Command: 'nginx',
    State: 'running',
    Status: 'Up',
    Ports: [{ PrivatePort: 80, PublicPort: 8080 }],
    NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
  };
  const top = { Titles: ['PID', 'CMD'], Processes: [['7', 'nginx: master']] };
  const view = sectionContainer({ summary, image: null, history: [], top }, String);
  expect(view).toMatchObject({ name: 'web', process: 'nginx: master', address: '172.17.0.2', port: { host: 8080, inside: 80 } });
  expect(sectionInWords({ ...emptySection, containers: [view] }, 'en')[0]).toContain('Port 8080 of the host leads to its port 80.');
});

it('shortens what has no room', () => {
  expect(shorten('abcdefghij', 36, 6)).toBe('abcde…');
  expect(shorten('abc', 36, 6)).toBe('abc');
});
