/** What the compiler makes: instructions for a machine with a stack, and the places in the source that they come from. */

import type { Value } from '../runtime/values.ts';
import { CODE } from '../runtime/values.ts';
import type { Span } from '../syntax/ast.ts';

/** Instructions, by their numbers. */
export const OPS = [
  'LOAD_FAST',
  'LOAD_CONST',
  'STORE_FAST',
  'LOAD_GLOBAL',
  'LOAD_ATTR',
  'LOAD_METHOD',
  'CALL_METHOD',
  'CALL',
  'CALL_KW',
  'CALL_EX',
  'ADD',
  'SUB',
  'MUL',
  'TRUEDIV',
  'FLOORDIV',
  'MOD',
  'POW',
  'MATMUL',
  'LSHIFT',
  'RSHIFT',
  'AND',
  'OR',
  'XOR',
  'INPLACE',
  'LT',
  'LE',
  'GT',
  'GE',
  'EQ',
  'NE',
  'IS',
  'IS_NOT',
  'IN',
  'NOT_IN',
  'NOT',
  'UNARY',
  'SUBSCR',
  'STORE_SUBSCR',
  'DELETE_SUBSCR',
  'JUMP',
  'JUMP_BACK',
  'POP_JUMP_FALSE',
  'POP_JUMP_TRUE',
  'JUMP_FALSE_OR_POP',
  'JUMP_TRUE_OR_POP',
  'GET_ITER',
  'FOR_ITER',
  'FOR_CHECK',
  'POP',
  'DUP',
  'DUP2',
  'ROT2',
  'ROT3',
  'RETURN',
  'YIELD',
  'STORE_GLOBAL',
  'DELETE_GLOBAL',
  'LOAD_NAME',
  'STORE_NAME',
  'DELETE_NAME',
  'LOAD_DEREF',
  'STORE_DEREF',
  'DELETE_DEREF',
  'LOAD_CLASSDEREF',
  'LOAD_CLOSURE',
  'DELETE_FAST',
  'STORE_ATTR',
  'DELETE_ATTR',
  'BUILD_TUPLE',
  'BUILD_LIST',
  'BUILD_SET',
  'BUILD_DICT',
  'BUILD_SLICE',
  'BUILD_STRING',
  'FORMAT',
  'LIST_APPEND',
  'SET_ADD',
  'DICT_ADD',
  'LIST_EXTEND',
  'SET_UPDATE',
  'DICT_UPDATE',
  'DICT_MERGE',
  'LIST_TO_TUPLE',
  'UNPACK',
  'UNPACK_EX',
  'MAKE_FUNCTION',
  'BUILD_CLASS',
  'SETUP_TRY',
  'SETUP_WITH',
  'POP_BLOCK',
  'POP_EXCEPT',
  'RERAISE',
  'RAISE',
  'MATCH_EXC',
  'MATCH_GROUP',
  'END_GROUP',
  'WITH',
  'WITH_EXIT',
  'ASYNC_WITH',
  'GET_AWAITABLE',
  'GET_YIELD_ITER',
  'SEND',
  'SEND_CHECK',
  'GET_AITER',
  'GET_ANEXT',
  'END_ASYNC_FOR',
  'WRAP_ASYNC',
  'IMPORT',
  'IMPORT_FROM',
  'IMPORT_STAR',
  'LOAD_ASSERTION',
  'PRINT',
  'MATCH_SEQUENCE',
  'MATCH_MAPPING',
  'MATCH_KEYS',
  'MATCH_CLASS',
  'MATCH_REST',
  'LEN',
  'ANNOTATE',
  'LOAD_LOCALS',
  'NOP',
] as const;
export type Op = (typeof OPS)[number];
export const OP = Object.fromEntries(OPS.map((name, number) => [name, number])) as Readonly<Record<Op, number>>;

/** Where an instruction comes from. */
export type Place = Span;

export interface CodeOptions {
  readonly name: string;
  readonly qualname: string;
  readonly file: string;
  readonly firstLine: number;
}

export class Code {
  readonly cls = CODE;
  readonly name: string;
  readonly qualname: string;
  readonly file: string;
  readonly firstLine: number;
  readonly ops: number[] = [];
  readonly args: number[] = [];
  readonly places: Place[] = [];
  readonly consts: Value[] = [];
  readonly names: string[] = [];
  /** Local variables: parameters come first. */
  readonly locals: string[] = [];
  /** Variables that inner functions share. */
  readonly cells: string[] = [];
  /** Variables of outer functions; they follow the cells. */
  readonly free: string[] = [];
  /** Which parameter a cell starts with, or -1. */
  readonly cellParams: number[] = [];
  doc: Value = null;
  positionalOnly = 0;
  positional = 0;
  keywordOnly = 0;
  hasRest = false;
  hasKeywords = false;
  kind: 'function' | 'generator' | 'coroutine' | 'async-generator' | 'module' | 'class' = 'function';
  /** Names are looked up in a dict of their own: the body of a class, a module, `exec`. */
  hasNamespace = false;
  /** Lines of the source, for tracebacks of what is in no file. */
  lines: readonly string[] | null = null;

  constructor({ name, qualname, file, firstLine }: CodeOptions) {
    this.name = name;
    this.qualname = qualname;
    this.file = file;
    this.firstLine = firstLine;
  }
}
