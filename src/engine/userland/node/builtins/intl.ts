/** `Intl`, in American English alone. */
import { toNumber, toText } from '../runtime/convert.ts';
import { native } from '../runtime/functions.ts';
import { hide, objectOf, recordOf } from '../runtime/objects.ts';
import { isObject, JsObject, Property, SYMBOLS, type Value } from '../runtime/values.ts';
import { intrinsics, realm, sys } from '../runtime/vm.ts';
import { nowMs } from './date.ts';
import { accessor, method, tag } from './define.ts';
import { localNumber, optionsOf } from './locale.ts';
import { localDate } from './locale-dates.ts';
import { compared } from './string.ts';

function kind(intl: JsObject, name: string, format: (value: Value, options: Value) => Value): JsObject {
  const proto = new JsObject(intrinsics().object);
  const made = native(
    name,
    0,
    ([, options]) => {
      const object = new JsObject(proto);
      object.inner = { kind: 'host', held: [options] };
      return object;
    },
    'native',
  );
  const options = (self: Value): Value => (isObject(self) && self.inner?.kind === 'host' ? (self.inner.held as Value[])[0] : undefined);
  made.props.set('prototype', new Property({ value: proto }));
  hide(proto, 'constructor', made);
  tag(proto, SYMBOLS.toStringTag, `Intl.${name}`);
  accessor(proto, 'format', (self) => native('', 1, ([value]) => format(value, options(self))));
  method(proto, 'resolvedOptions', 0, () =>
    recordOf({ locale: 'en-US', calendar: 'gregory', numberingSystem: 'latn', timeZone: sys().env.get('TZ') ?? 'UTC' }),
  );
  hide(intl, name, made);
  return proto;
}

export function setUpIntl(): void {
  const intl = objectOf();
  tag(intl, SYMBOLS.toStringTag, 'Intl');
  kind(intl, 'NumberFormat', (value, options) => localNumber(toNumber(value), optionsOf(options)));
  kind(intl, 'DateTimeFormat', (value, options) => localDate(value === undefined ? nowMs() : toNumber(value), optionsOf(options), 'date'));
  const collator = kind(intl, 'Collator', () => undefined);
  accessor(collator, 'compare', () => native('', 2, ([a, b]) => compared(toText(a), toText(b))));
  const plural = kind(intl, 'PluralRules', () => undefined);
  method(plural, 'select', 1, ([value]) => (toNumber(value) === 1 ? 'one' : 'other'));
  hide(realm().global, 'Intl', intl);
}
