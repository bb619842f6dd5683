/** A path or an address that breaks after its signs, and inside a word only where there is no room at all. The text stays the same. */
export const breakable = (text: string): readonly (Node | string)[] =>
  text.split(/(?<=[/?&=,])/).flatMap((part, index) => (index === 0 ? [part] : [document.createElement('wbr'), part]));
