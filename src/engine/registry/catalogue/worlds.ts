/** The index of each world's layout. */
export const WORLD_INDEX = { book: 'index.json', oracle: 'index.oracle.json' } as const;
