/** What stands in a class and decides what an attribute is. */
import { MEMBER, PROPERTY, PyDict, type PyType, SUPER } from './classes.ts';
import type { Thread } from './thread.ts';
import type { Value } from './values.ts';

export class PyProperty {
  readonly cls: PyType;
  attrs: PyDict | null = null;
  readonly get: Value;
  readonly set: Value;
  readonly delete: Value;
  doc: Value;

  constructor(get: Value, set: Value, options: { delete?: Value; doc?: Value; cls?: PyType } = {}) {
    this.get = get;
    this.set = set;
    this.delete = options.delete ?? null;
    this.doc = options.doc ?? null;
    this.cls = options.cls ?? PROPERTY;
  }
}

export class PyWrapped {
  readonly cls: PyType;
  attrs: PyDict | null = new PyDict();
  readonly func: Value;

  constructor(cls: PyType, func: Value) {
    this.cls = cls;
    this.func = func;
  }
}

export class PySuper {
  readonly cls = SUPER;
  readonly from: PyType;
  readonly self: Value;
  readonly of: PyType;

  constructor(from: PyType, self: Value, of: PyType) {
    this.from = from;
    this.self = self;
    this.of = of;
  }
}

/** An attribute that lies in the object itself. */
export class PyMember {
  readonly cls = MEMBER;
  readonly name: string;
  readonly owner: PyType;
  readonly get: (self: Value, thread: Thread) => Value;
  readonly set: ((self: Value, value: Value | undefined) => void) | null;

  constructor(name: string, owner: PyType, body: { get: PyMember['get']; set?: PyMember['set'] }) {
    this.name = name;
    this.owner = owner;
    this.get = body.get;
    this.set = body.set ?? null;
  }
}
