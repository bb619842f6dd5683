import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../../src/engine/api-types/go-json.ts';

describe('what Go says of a text that is no JSON', () => {
  it.each([
    ['', 'EOF', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected EOF', 'unexpected end of JSON input'],
    ['nope', "invalid character 'o' in literal null (expecting 'u')", "invalid character 'o' in literal null (expecting 'u')"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string", undefined],
    ['{"a" 1}', "invalid character '1' after object key", undefined],
    ['{"a":1 "b"}', `invalid character '"' after object key:value pair`, undefined],
    ['[1 2]', "invalid character '2' after array element", undefined],
    ['[1,]', "invalid character ']' looking for beginning of value", undefined],
    ['"a\nb"', "invalid character '\\n' in string literal", undefined],
    ['"\\x"', "invalid character 'x' in string escape code", undefined],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape", undefined],
    ['-a', "invalid character 'a' in numeric literal", undefined],
    ['1.x', "invalid character 'x' after decimal point in numeric literal", undefined],
    ['1e+', 'unexpected EOF', 'unexpected end of JSON input'],
    ["'x'", "invalid character '\\'' looking for beginning of value", undefined],
    ['é', "invalid character 'Ã' looking for beginning of value", undefined],
    ['{} x', null, "invalid character 'x' after top-level value"],
    [' {"a":[true,null,-1.5e3,"\\u00e9\\n"]} ', null, null],
  ])('%j', (text, first, all) => {
    expect(jsonFault(text, 'first')).toBe(first);
    expect(jsonFault(text, 'all')).toBe(all === undefined ? first : all);
  });
});
