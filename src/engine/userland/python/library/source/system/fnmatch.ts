/** `fnmatch`. */
export const SOURCE = String.raw`
import re


def translate(pat):
    result, at = '', 0
    while at < len(pat):
        char = pat[at]
        at += 1
        if char == '*':
            result += '.*'
        elif char == '?':
            result += '.'
        elif char == '[':
            end = pat.find(']', at + (1 if pat[at:at + 1] in ('!', ']') else 0))
            if end < 0:
                result += '\\['
            else:
                inside = pat[at:end].replace('\\', '\\\\')
                result += '[' + ('^' + inside[1:] if inside.startswith('!') else inside) + ']'
                at = end + 1
        else:
            result += re.escape(char)
    return '(?s:' + result + ')\\Z'


def fnmatchcase(name, pat):
    return re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    expression = re.compile(translate(pat))
    return [name for name in names if expression.match(name)]
`;
