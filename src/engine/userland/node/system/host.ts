/** What a process of node is, for those parts of it that are not written in JavaScript. */
import type { Sys } from '../../../kernel/sys.ts';
import type { Modules } from '../modules/modules.ts';
import type { Realm } from '../runtime/realm.ts';
import type { Steps } from '../runtime/steps.ts';
import type { JsObject, Value } from '../runtime/values.ts';
import type { Flags } from './flags.ts';
import type { Loop } from './loop.ts';

/** Functions that a module of the library calls: made for one process. */
export type Binding = (host: Host) => Readonly<Record<string, Value>>;

/** What the process tells the script of. */
export interface Emitters {
  readonly exit: JsObject;
  readonly beforeExit: JsObject;
  readonly uncaught: JsObject;
  readonly unhandled: JsObject;
}

export interface Host {
  readonly realm: Realm;
  readonly sys: Sys;
  readonly loop: Loop;
  readonly flags: Flags;
  readonly version: string;
  readonly execPath: string;
  readonly startNs: bigint;
  readonly process: JsObject;
  emitters: Emitters | null;
  modules: Modules | null;
  /** A module of the library. */
  builtin(name: string): Steps;
  hasColours(fd: number): boolean;
  write(fd: number, text: string): Steps;
}
