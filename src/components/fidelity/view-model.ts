/** What the fidelity page shows: how much of the recordings of a real Docker the model prints to the letter. */

/** One difference that stays, in the words of who looked at it. */
export interface Difference {
  readonly command: string;
  readonly why: string;
}

export interface Area {
  readonly area: string;
  readonly steps: number;
  readonly equal: number;
  readonly differences?: readonly Difference[];
}

/** The data file, as the conformance tests write it. */
export interface Fidelity {
  /** The version of the Docker that was recorded. */
  readonly docker: string;
  readonly areas: readonly Area[];
}

export interface AreaRow extends Required<Area> {
  /** Rounded down: a hundred is said only of all. */
  readonly percent: number;
}

export const areaRows = ({ areas }: Fidelity): readonly AreaRow[] =>
  [...areas]
    .sort((a, b) => (a.area < b.area ? -1 : 1))
    .map((area) => ({ differences: [], ...area, percent: area.steps === 0 ? 0 : Math.floor((area.equal / area.steps) * 100) }));

/** All areas together; null as long as nothing was measured. */
export function total(fidelity: Fidelity): AreaRow | null {
  if (fidelity.areas.length === 0) return null;
  const sum = (of: (area: Area) => number): number => fidelity.areas.reduce((all, area) => all + of(area), 0);
  const [steps, equal] = [sum((area) => area.steps), sum((area) => area.equal)];
  return { area: '', steps, equal, differences: [], percent: steps === 0 ? 0 : Math.floor((equal / steps) * 100) };
}
