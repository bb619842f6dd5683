/** `errors`, `fmt`, `io`, `bufio`, `sort`, `slices`, `maps`, `cmp`, and their like: mostly written in Go. */
import { holds } from '../compile/assertions.ts';
import { dispatch } from '../compile/selectors.ts';
import { invoke, type Steps } from '../runtime/frame.ts';
import { Boxed, equalOf, type Pointer, Slice, type Value } from '../runtime/values.ts';
import { isComparable, under } from '../types/types.ts';
import { sprint, sprintf } from './format.ts';
import type { LibraryPackage } from './packages.ts';
import { scanned } from './scan.ts';
import { SOURCE as BUFIO_SOURCE } from './source/bufio.ts';
import { SOURCE as CMP_SOURCE } from './source/cmp.ts';
import { SOURCE as ERRORS_SOURCE } from './source/errors.ts';
import { SOURCE as FMT_SOURCE } from './source/fmt.ts';
import { SOURCE as IO_SOURCE } from './source/io.ts';
import { SOURCE as MAPS_SOURCE } from './source/maps.ts';
import { SOURCE as SLICES_SOURCE } from './source/slices.ts';
import { SOURCE as SORT_SOURCE } from './source/sort.ts';

const items = (list: Value): Value[] => (list instanceof Slice ? list.list() : []);

export const ERRORS: LibraryPackage = {
  source: ERRORS_SOURCE,
  natives: {
    now: {
      same: ([a, b]) =>
        a instanceof Boxed && b instanceof Boxed && isComparable(b.type) && a.type.key === b.type.key && equalOf(a.type)(a.value, b.value),
      assignTo: ([error, target]) => {
        if (!(target instanceof Boxed) || !(error instanceof Boxed)) return false;
        const below = under(target.type);
        if (below.kind !== 'pointer' || !holds(error, below.element)) return false;
        (target.value as Pointer).v = under(below.element).kind === 'interface' ? error : error.value;
        return true;
      },
    },
  },
};

/** The errors that `%w` stands for. */
function wrapped(format: string, values: readonly Value[]): readonly Value[] {
  const verbs = [...format.matchAll(/%[-+# 0]*\d*(?:\.\d*)?(?:\[\d+\])?([a-zA-Z%])/g)]
    .map(([, verb]) => verb)
    .filter((verb) => verb !== '%');
  return values.filter((value, index) => verbs[index] === 'w' && value instanceof Boxed && dispatch(value.type, 'Error'));
}

export const FMT: LibraryPackage = {
  source: FMT_SOURCE,
  natives: {
    now: {
      wrapped: ([format, values]) => new Slice([...wrapped(format as string, items(values))]),
      scanWords: ([words, targets]) => scanned(items(words) as string[], items(targets)),
      scanFormat: ([text, format, targets]) => {
        const pattern = (format as string)
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replace(/%[dvsqtfgx]/g, '(\\S+?)')
          .replace(/\s+/g, '\\s+');
        const match = new RegExp(`^\\s*${pattern}(?:\\s|$)`).exec(text as string);
        return match ? scanned(match.slice(1), items(targets)) : [0, 'input does not match format'];
      },
    },
    steps: {
      *Sprint([values], goroutine): Steps {
        return yield* sprint(goroutine, items(values), false);
      },
      *Sprintln([values], goroutine): Steps {
        return yield* sprint(goroutine, items(values), true);
      },
      *Sprintf([format, values], goroutine): Steps {
        return yield* sprintf(goroutine, format as string, items(values));
      },
    },
  },
};

export const IO: LibraryPackage = {
  source: IO_SOURCE,
};

export const BUFIO: LibraryPackage = {
  source: BUFIO_SOURCE,
};

/** Sorts in place: as many comparisons as a merge needs, each of which may wait. */
function* mergeSort(list: readonly Value[], less: (a: Value, b: Value) => Steps<boolean>): Steps<Value[]> {
  if (list.length < 2) return [...list];
  const middle = list.length >> 1;
  const [left, right] = [yield* mergeSort(list.slice(0, middle), less), yield* mergeSort(list.slice(middle), less)];
  const merged: Value[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) merged.push((yield* less(right[j], left[i])) ? right[j++] : left[i++]);
  return [...merged, ...left.slice(i), ...right.slice(j)];
}

function put(slice: Slice, values: readonly Value[]): null {
  values.forEach((one, index) => {
    slice.array[slice.from + index] = one;
  });
  return null;
}

export const SORT: LibraryPackage = {
  source: SORT_SOURCE,
  natives: {
    now: {
      sortValues: ([boxed]) => {
        const slice = boxed instanceof Boxed ? boxed.value : null;
        return slice instanceof Slice
          ? put(
              slice,
              slice.list().sort((a, b) => ((a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0)),
            )
          : null;
      },
    },
    steps: {
      *sortBy([boxed, less], goroutine): Steps {
        const slice = boxed instanceof Boxed ? boxed.value : null;
        if (!(slice instanceof Slice)) return null;
        const spare = slice.list();
        // The function is asked by places: both values are put where it looks.
        const [first, second] = [slice.from, slice.from + 1];
        const sorted = yield* mergeSort(spare, function* (a, b) {
          [slice.array[first], slice.array[second]] = [a, b];
          return (yield* invoke(goroutine, less, [0, 1])) as boolean;
        });
        return put(slice, sorted);
      },
    },
  },
};

export const SLICES: LibraryPackage = {
  source: SLICES_SOURCE,
};

export const MAPS: LibraryPackage = {
  source: MAPS_SOURCE,
};

export const CMP: LibraryPackage = {
  source: CMP_SOURCE,
};
