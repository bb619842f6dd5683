/** JSON with line breaks and blanks, without reading it: keys, order and numbers stay as they were written. Go's json.Indent. */
export function indentJson(text: string, width: number): string {
  let depth = 0;
  let out = '';
  const line = () => `\n${' '.repeat(depth * width)}`;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '"') {
      const end = stringEnd(text, at);
      out += text.slice(at, end);
      at = end - 1;
    } else if (character === '{' || character === '[') {
      const closing = closesAtOnce(text, at);
      if (closing > 0) {
        out += character + (text[closing] ?? '');
        at = closing;
      } else {
        depth++;
        out += character + line();
      }
    } else if (character === '}' || character === ']') {
      depth--;
      out += line() + character;
    } else if (character === ',') out += `,${line()}`;
    else if (character === ':') out += ': ';
    else if (!/\s/.test(character)) out += character;
  }
  return out;
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Where an empty object or list ends; 0 if it is not empty. */
function closesAtOnce(text: string, from: number): number {
  let at = from + 1;
  while (/\s/.test(text[at] ?? '')) at++;
  return text[at] === '}' || text[at] === ']' ? at : 0;
}
