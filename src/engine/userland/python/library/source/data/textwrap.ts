/** `textwrap`. */
export const SOURCE = String.raw`
import re


class TextWrapper:
    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.break_long_words = break_long_words
        self.max_lines = max_lines
        self.placeholder = placeholder
        self.break_on_hyphens = break_on_hyphens

    def wrap(self, text):
        text = re.sub(r'[\t\n\v\f\r]', ' ', text.expandtabs())
        words = []
        for word in text.split(' '):
            if self.break_on_hyphens and re.search(r'\w-\w', word):
                parts = re.split(r'(?<=\w-)(?=\w)', word)
                words.extend((part, at == 0) for at, part in enumerate(parts))
            elif word:
                words.append((word, True))
        lines, line = [], ''

        def indent():
            return self.subsequent_indent if lines else self.initial_indent
        for word, is_new in words:
            room = self.width - len(indent())
            joined = (line + ' ' + word if is_new else line + word) if line else word
            if len(joined) <= room:
                line = joined
                continue
            if line:
                lines.append(indent() + line)
                line = ''
            room = self.width - len(indent())
            while len(word) > room and self.break_long_words:
                lines.append(indent() + word[:room])
                word = word[room:]
                room = self.width - len(indent())
            line = word
        if line:
            lines.append(indent() + line)
        if self.max_lines is not None and len(lines) > self.max_lines:
            last = lines[self.max_lines - 1]
            while last and len(last) + len(self.placeholder) > self.width:
                last = last.rpartition(' ')[0]
            lines = lines[:self.max_lines - 1] + [last + self.placeholder if last else self.placeholder.lstrip()]
        return lines

    def fill(self, text):
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    lines = [line if line.strip() else '' for line in text.split('\n')]
    margin = None
    for line in lines:
        if line:
            own = line[:len(line) - len(line.lstrip())]
            if margin is None:
                margin = own
            else:
                at = 0
                while at < len(margin) and at < len(own) and margin[at] == own[at]:
                    at += 1
                margin = margin[:at]
    return '\n'.join(line[len(margin or ''):] for line in lines)


def indent(text, prefix, predicate=None):
    return ''.join(prefix + line if (predicate(line) if predicate else line.strip()) else line for line in text.splitlines(True))
`;
