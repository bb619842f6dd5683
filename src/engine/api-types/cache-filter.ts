/**
 * Which records of the build cache a filter means: `key` asks whether there is such a thing, `key=` compares, `key!=` and `key~=` come
 * as keys that end with `!` and `~`. What is only there or not has no text to compare. Upstream: containerd pkg/filters, buildkit
 * cache/manager.go.
 */
export interface FilteredRecord {
  readonly id: string;
  readonly parents: readonly string[];
  readonly type: string;
  readonly description: string;
  readonly isInUse: boolean;
  readonly isMutable: boolean;
}

interface Field {
  readonly text: string;
  readonly isThere: boolean;
}

/** All keys have to agree; of several values of one, any. */
export const meansRecord = (filters: ReadonlyMap<string, readonly string[]>, record: FilteredRecord): boolean =>
  [...filters].every(([name, values]) => (values.length === 0 ? [''] : values).some((wanted) => agrees(record, name, wanted)));

function agrees(record: FilteredRecord, name: string, wanted: string): boolean {
  const { text, isThere } = fieldOf(record, name.replace(/[!~]$/, ''));
  if (name.endsWith('!')) return text !== wanted;
  if (name.endsWith('~') || name === 'id') return expression(wanted).test(text);
  return wanted === '' ? isThere : isThere && text === wanted;
}

function fieldOf(record: FilteredRecord, key: string): Field {
  const said = (text: string): Field => ({ text, isThere: text !== '' });
  const mark = (isThere: boolean): Field => ({ text: '', isThere });
  switch (key) {
    case 'id':
      return said(record.id);
    case 'parents':
      return said(record.parents.join(';'));
    case 'type':
      return said(record.type);
    case 'description':
      return said(record.description);
    case 'inuse':
      return mark(record.isInUse);
    case 'mutable':
      return mark(record.isMutable);
    case 'immutable':
      return mark(!record.isMutable);
    // It is not known yet what is shared.
    case 'private':
      return mark(true);
    default:
      return mark(false);
  }
}

/** Go's; where it is none, its letters are meant. */
function expression(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  }
}
