/** How a command is run: bits, because they are passed at every node. */
export type RunFlags = number;

/** Somebody looks at the status (`if`, `&&`, `!`): `set -e` does not apply. */
export const TESTED = 1;
/** Nothing follows in this process: the command may take its place. */
export const TAIL = 2;

export type Status = number | Promise<number>;
