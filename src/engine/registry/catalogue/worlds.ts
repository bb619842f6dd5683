/** The index of each world's layout; both stand over the same blobs. */
export const WORLD_INDEX = { book: 'index.json', oracle: 'index.oracle.json' } as const;
