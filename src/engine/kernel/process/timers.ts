/** What will happen by itself: a heap ordered by instant, and among equals by when it was asked for. */
export interface Timer {
  readonly atNs: number;
  readonly sequence: number;
  readonly fire: () => void;
  cancelled: boolean;
}

export class Timers {
  readonly #heap: Timer[] = [];
  #sequence = 0;

  add(atNs: number, fire: () => void): Timer {
    this.#sequence += 1;
    const timer: Timer = { atNs, sequence: this.#sequence, fire, cancelled: false };
    this.#heap.push(timer);
    this.#up(this.#heap.length - 1);
    return timer;
  }

  /** The instant of the earliest timer, or Infinity. */
  nextNs(): number {
    let top = this.#heap[0];
    while (top?.cancelled) {
      this.#pop();
      top = this.#heap[0];
    }
    return top === undefined ? Number.POSITIVE_INFINITY : top.atNs;
  }

  /** Takes the earliest timer if it is due. */
  takeDue(nowNs: number): Timer | undefined {
    return this.nextNs() <= nowNs ? this.#pop() : undefined;
  }

  #pop(): Timer | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down(0);
    }
    return top;
  }

  #up(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfLess(at, parent)) return;
      at = parent;
    }
  }

  #down(start: number): void {
    let at = start;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const child = this.#less(right, left) ? right : left;
      if (!this.#swapIfLess(child, at)) return;
      at = child;
    }
  }

  #less(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return false;
    return first.atNs < second.atNs || (first.atNs === second.atNs && first.sequence < second.sequence);
  }

  #swapIfLess(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined || !this.#less(a, b)) return false;
    this.#heap[a] = second;
    this.#heap[b] = first;
    return true;
  }
}
