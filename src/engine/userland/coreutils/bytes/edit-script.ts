/** The shortest way from one list of lines to another, by Myers' algorithm ("An O(ND) Difference Algorithm", 1986). */

/** Lines `from`..`to` of the old (from 0, the end not included) become these of the new. */
export interface Change {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Beyond so many differences what is left is one change: the search's cost grows with their square. */
const MAX_DIFFERENCES = 3000;

export function changesBetween(left: readonly string[], right: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  return search(left.slice(start, leftEnd), right.slice(start, rightEnd)).map((change) => ({
    oldFrom: change.oldFrom + start,
    oldTo: change.oldTo + start,
    newFrom: change.newFrom + start,
    newTo: change.newTo + start,
  }));
}

function search(left: readonly string[], right: readonly string[]): readonly Change[] {
  if (left.length === 0 && right.length === 0) return [];
  const trace = paths(left, right);
  if (trace === null) return [{ oldFrom: 0, oldTo: left.length, newFrom: 0, newTo: right.length }];
  return backtrack(trace, left.length, right.length);
}

type Frontier = ReadonlyMap<number, number>;

/** How far each diagonal was reached after so many differences; null if there are too many. */
function paths(left: readonly string[], right: readonly string[]): readonly Frontier[] | null {
  let frontier: Frontier = new Map([[1, 0]]);
  const trace: Frontier[] = [];
  for (let d = 0; d <= Math.min(left.length + right.length, MAX_DIFFERENCES); d += 1) {
    trace.push(frontier);
    const next = new Map(frontier);
    for (let k = -d; k <= d; k += 2) {
      let x = comesDown(frontier, k, d) ? (frontier.get(k + 1) ?? 0) : (frontier.get(k - 1) ?? 0) + 1;
      while (x < left.length && x - k < right.length && left[x] === right[x - k]) x += 1;
      next.set(k, x);
      if (x >= left.length && x - k >= right.length) return trace;
    }
    frontier = next;
  }
  return null;
}

const comesDown = (frontier: Frontier, k: number, d: number): boolean =>
  k === -d || (k !== d && (frontier.get(k - 1) ?? -1) < (frontier.get(k + 1) ?? -1));

function backtrack(trace: readonly Frontier[], leftLength: number, rightLength: number): readonly Change[] {
  const changes: Change[] = [];
  let [x, y] = [leftLength, rightLength];
  for (let d = trace.length - 1; d > 0; d -= 1) {
    const frontier = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const isInsert = comesDown(frontier, k, d);
    const before = isInsert ? k + 1 : k - 1;
    const fromX = frontier.get(before) ?? 0;
    const fromY = fromX - before;
    join(changes, { oldFrom: fromX, oldTo: isInsert ? fromX : fromX + 1, newFrom: fromY, newTo: isInsert ? fromY + 1 : fromY });
    [x, y] = [fromX, fromY];
  }
  return changes.reverse();
}

/** Neighbours become one change; they come from the last to the first. */
function join(changes: Change[], change: Change): void {
  const after = changes.at(-1);
  if (after === undefined || after.oldFrom !== change.oldTo || after.newFrom !== change.newTo) {
    changes.push(change);
    return;
  }
  changes[changes.length - 1] = { oldFrom: change.oldFrom, oldTo: after.oldTo, newFrom: change.newFrom, newTo: after.newTo };
}
