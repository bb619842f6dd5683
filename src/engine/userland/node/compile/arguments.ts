/** `arguments` */

import { get, hide } from '../runtime/objects.ts';
import { JsObject, SYMBOLS } from '../runtime/values.ts';
import { type Frame, intrinsics } from '../runtime/vm.ts';

const made = new WeakMap<Frame, JsObject>();

export function argumentsOf(frame: Frame): JsObject {
  const known = made.get(frame);
  if (known !== undefined) return known;
  const object = new JsObject(intrinsics().object);
  object.inner = { kind: 'arguments' };
  frame.args.forEach((value, index) => {
    object.props.set(String(index), value);
  });
  hide(object, 'length', frame.args.length);
  const values = get(intrinsics().array, 'values');
  if (values instanceof JsObject) hide(object, SYMBOLS.iterator, values);
  made.set(frame, object);
  return object;
}
