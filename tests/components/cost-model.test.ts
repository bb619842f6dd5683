import { describe, expect, it } from 'vitest';
import { drawCost } from '../../src/components/cost-model/draw.ts';
import { ASSUMED, assumed, costInWords, costOfContainers, costOfMachines, costRows } from '../../src/components/cost-model/view-model.ts';
import { markup } from '../../src/components/section/shape.ts';

describe('one model of cost', () => {
  it('counts a kernel and a system for each machine, and the image once for all containers', () => {
    const more = (copies: number) => costOfMachines(copies, ASSUMED).diskMb - costOfContainers(copies, ASSUMED).diskMb;
    expect(more(10)).toBeGreaterThan(9 * more(1));
    expect(costOfContainers(50, ASSUMED).diskMb - costOfContainers(1, ASSUMED).diskMb).toBeCloseTo(49 * ASSUMED.writtenMb);
    expect(costOfMachines(1, ASSUMED).fit).toBe(8);
  });

  it('says the same in both languages', () => {
    expect(costRows(10, ASSUMED, 'en').map(({ machines }) => machines)).toEqual(['5.08GB', '20.5GB', '15 s', '8']);
    expect(costRows(10, ASSUMED, 'ko').map(({ containers }) => containers)).toEqual(
      costRows(10, ASSUMED, 'en').map(({ containers }) => containers),
    );
    expect(costInWords(3, ASSUMED, 'ko')).toHaveLength(costInWords(3, ASSUMED, 'en').length);
  });

  it('takes a reader’s assumption if it is a number', () => {
    expect(assumed(ASSUMED, 'bootS', '3').bootS).toBe(3);
    for (const [key, text] of [
      ['bootS', '-1'],
      ['bootS', 'x'],
      ['bootS', ''],
      ['nothing', '1'],
    ])
      expect(assumed(ASSUMED, key ?? '', text ?? '')).toBe(ASSUMED);
    expect(costOfContainers(2, { ...ASSUMED, appMemoryMb: 0, shimMemoryMb: 0 }).fit).toBeGreaterThan(0);
  });

  it('draws as many as there is room for', () => {
    const containersAt = (width: number) => markup(drawCost(50, width, 'en')).split('class="container"').length - 1;
    expect([containersAt(640), containersAt(290)]).toEqual([14, 6]);
    expect(markup(drawCost(1, 290, 'ko'))).not.toContain('NaN');
  });
});
