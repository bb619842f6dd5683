/** What every program knows without an import. */
import { ANY, BASICS, ERROR, INT32, interfaceOf, UINT8, UNTYPED_BOOL, UNTYPED_INT } from '../types/types.ts';
import { type Meaning, Scope } from './scope.ts';

const BUILTINS = 'append cap clear close copy delete len make max min new panic print println recover'.split(' ');

const truth = (name: string, value: boolean): readonly [string, Meaning] => [name, { kind: 'const', name, type: UNTYPED_BOOL, value }];

export const UNIVERSE = new Scope(null);
const ALL: readonly (readonly [string, Meaning])[] = [
  ...BASICS.map((type): readonly [string, Meaning] => [type.name, { kind: 'type', type }]),
  ['byte', { kind: 'type', type: UINT8 }],
  ['rune', { kind: 'type', type: INT32 }],
  ['any', { kind: 'type', type: ANY }],
  ['error', { kind: 'type', type: ERROR }],
  ['comparable', { kind: 'type', type: interfaceOf([], { comparable: true }) }],
  truth('true', true),
  truth('false', false),
  ['iota', { kind: 'const', name: 'iota', type: UNTYPED_INT, value: 0n }],
  ['nil', { kind: 'nil' }],
  ...BUILTINS.map((name): readonly [string, Meaning] => [name, { kind: 'builtin', name }]),
];
for (const [name, meaning] of ALL) UNIVERSE.names.set(name, meaning);
