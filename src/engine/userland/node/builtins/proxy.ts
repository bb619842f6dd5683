/** `Proxy`. */
import { call, construct, native } from '../runtime/functions.ts';
import { arrayOf, get, hide, recordOf } from '../runtime/objects.ts';
import { isCallable, isObject, JsObject, type Value } from '../runtime/values.ts';
import { insist, realm } from '../runtime/vm.ts';
import { method } from './define.ts';

function newProxy(target: Value, handler: Value): JsObject {
  if (!isObject(target) || !isObject(handler)) throw realm().typeError('Cannot create proxy with a non-object as target or handler');
  const made = new JsObject(null);
  made.inner = { kind: 'proxy', target, handler };
  if (target.fn !== null)
    made.fn = {
      ...target.fn,
      isReady: true,
      call: (_, self, args, newTarget) => {
        const name = newTarget === undefined ? 'apply' : 'construct';
        const trap = insist(get(handler, name));
        if (newTarget !== undefined)
          return isCallable(trap)
            ? call(trap, handler, [target, arrayOf([...args]), newTarget === made ? made : newTarget])
            : construct(target, args);
        return isCallable(trap) ? call(trap, handler, [target, self, arrayOf([...args])]) : call(target, self, args);
      },
      construct: target.fn.construct === 'none' ? 'none' : 'native',
      fields: null,
    };
  return made;
}

export function setUpProxy(): void {
  const proxy = native(
    'Proxy',
    2,
    ([target, handler], _, newTarget) => {
      if (newTarget === undefined) throw realm().typeError("Constructor Proxy requires 'new'");
      return newProxy(target, handler);
    },
    'native',
  );
  method(proxy, 'revocable', 2, ([target, handler]) => {
    const made = newProxy(target, handler);
    const revoke = native('', 0, () => {
      if (made.inner?.kind === 'proxy') {
        made.inner.target = null;
        made.inner.handler = null;
      }
      return undefined;
    });
    return recordOf({ proxy: made, revoke });
  });
  hide(realm().global, 'Proxy', proxy);
}
