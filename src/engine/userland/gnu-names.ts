/** The names of the programs in the family `gnu`, for whoever lays out a disk. */
import { GNU_TABLE } from './gnu.ts';
import { GNU_NET_NAMES } from './net/index.ts';

export const gnuNames: readonly string[] = [...new Set([...Object.keys(GNU_TABLE), ...GNU_NET_NAMES])].sort();
