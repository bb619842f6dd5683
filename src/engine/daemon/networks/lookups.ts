/** What containers asked the embedded name servers lately, and what they were told: a ring of bounded size. */
export interface Lookup {
  readonly id: number;
  readonly atNs: bigint;
  readonly container: string;
  readonly name: string;
  readonly type: string;
  /** Addresses or names; none, if there is nobody of that name. */
  readonly answers: readonly string[];
  /** Who knew: the Engine itself, or the address of a server that it asked. Empty: nobody answered. */
  readonly source: string;
}

const MAX_LOOKUPS = 256;

export class Lookups {
  readonly #kept: Lookup[] = [];
  #last = 0;

  add(lookup: Omit<Lookup, 'id'>): void {
    this.#last += 1;
    this.#kept.push({ id: this.#last, ...lookup });
    if (this.#kept.length > MAX_LOOKUPS) this.#kept.shift();
  }

  /** Oldest first. */
  list(): readonly Lookup[] {
    return this.#kept;
  }
}
