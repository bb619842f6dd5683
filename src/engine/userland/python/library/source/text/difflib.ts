/** `difflib`. */
export const SOURCE = String.raw`
import re
from collections import namedtuple

__all__ = ['SequenceMatcher', 'Differ', 'ndiff', 'unified_diff', 'context_diff', 'get_close_matches', 'restore', 'IS_LINE_JUNK', 'IS_CHARACTER_JUNK']
Match = namedtuple('Match', 'a b size')


class SequenceMatcher:
    def __init__(self, isjunk=None, a='', b='', autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        self.a, self._blocks = a, None

    def set_seq2(self, b):
        self.b, self._blocks = b, None
        places = {}
        for at, one in enumerate(b):
            places.setdefault(one, []).append(at)
        self.bjunk = {one for one in places if self.isjunk and self.isjunk(one)}
        common = set()
        if self.autojunk and len(b) >= 200:
            common = {one for one, found in places.items() if one not in self.bjunk and len(found) > len(b) // 100 + 1}
        self.bpopular = common
        self.b2j = {one: found for one, found in places.items() if one not in self.bjunk and one not in common}

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        a, b, junk = self.a, self.b, self.bjunk
        ahi, bhi = len(a) if ahi is None else ahi, len(b) if bhi is None else bhi
        at_a, at_b, size = alo, blo, 0
        run = {}
        for i in range(alo, ahi):
            following = {}
            for j in self.b2j.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                length = following[j] = run.get(j - 1, 0) + 1
                if length > size:
                    at_a, at_b, size = i - length + 1, j - length + 1, length
            run = following
        for is_junk in (False, True):
            while at_a > alo and at_b > blo and (b[at_b - 1] in junk) == is_junk and a[at_a - 1] == b[at_b - 1]:
                at_a, at_b, size = at_a - 1, at_b - 1, size + 1
            while at_a + size < ahi and at_b + size < bhi and (b[at_b + size] in junk) == is_junk and a[at_a + size] == b[at_b + size]:
                size += 1
        return Match(at_a, at_b, size)

    def get_matching_blocks(self):
        if self._blocks is None:
            found, waiting = [], [(0, len(self.a), 0, len(self.b))]
            while waiting:
                alo, ahi, blo, bhi = waiting.pop()
                i, j, size = self.find_longest_match(alo, ahi, blo, bhi)
                if size:
                    found.append((i, j, size))
                    waiting += [(alo, i, blo, j)] if alo < i and blo < j else []
                    waiting += [(i + size, ahi, j + size, bhi)] if i + size < ahi and j + size < bhi else []
            joined = []
            for i, j, size in sorted(found):
                if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                    joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
                else:
                    joined.append((i, j, size))
            self._blocks = [Match(*one) for one in joined + [(len(self.a), len(self.b), 0)]]
        return self._blocks

    def get_opcodes(self):
        codes, i, j = [], 0, 0
        for at_a, at_b, size in self.get_matching_blocks():
            tag = 'replace' if i < at_a and j < at_b else 'delete' if i < at_a else 'insert' if j < at_b else ''
            if tag:
                codes.append((tag, i, at_a, j, at_b))
            i, j = at_a + size, at_b + size
            if size:
                codes.append(('equal', at_a, i, at_b, j))
        return codes

    def get_grouped_opcodes(self, n=3):
        codes = self.get_opcodes() or [('equal', 0, 1, 0, 1)]
        if codes[0][0] == 'equal':
            tag, i1, i2, j1, j2 = codes[0]
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == 'equal':
            tag, i1, i2, j1, j2 = codes[-1]
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == 'equal' and i2 - i1 > n + n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == 'equal'):
            yield group

    def ratio(self):
        length = len(self.a) + len(self.b)
        return 2.0 * sum(one.size for one in self.get_matching_blocks()) / length if length else 1.0

    quick_ratio = real_quick_ratio = ratio


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    if n <= 0:
        raise ValueError('n must be > 0: %r' % (n,))
    scored = []
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    for one in possibilities:
        matcher.set_seq1(one)
        if matcher.ratio() >= cutoff:
            scored.append((matcher.ratio(), one))
    return [one for _, one in sorted(scored, reverse=True)[:n]]


def IS_LINE_JUNK(line, pat=None):
    return line.strip() in ('', '#')


def IS_CHARACTER_JUNK(ch, ws=' \t'):
    return ch in ws


class Differ:
    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk, self.charjunk = linejunk, charjunk

    def compare(self, a, b):
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == 'replace':
                yield from self._replaced(a[alo:ahi], b[blo:bhi])
            elif tag == 'equal':
                yield from ('  ' + one for one in a[alo:ahi])
            else:
                yield from (('- ' + one for one in a[alo:ahi]) if tag == 'delete' else ('+ ' + one for one in b[blo:bhi]))

    def _replaced(self, a, b):
        best, place, same = 0.74, None, None
        matcher = SequenceMatcher(self.charjunk)
        for j, new in enumerate(b):
            matcher.set_seq2(new)
            for i, old in enumerate(a):
                if old == new:
                    same = same or (i, j)
                    continue
                matcher.set_seq1(old)
                if matcher.ratio() > best:
                    best, place = matcher.ratio(), (i, j)
        if best < 0.75:
            if same is None:
                first, second = [('+ ', b), ('- ', a)] if len(b) < len(a) else [('- ', a), ('+ ', b)]
                yield from (first[0] + one for one in first[1])
                yield from (second[0] + one for one in second[1])
                return
            place = same
        else:
            same = None
        i, j = place
        yield from self._rest(a[:i], b[:j])
        yield from ['  ' + a[i]] if same else self._marked(a[i], b[j])
        yield from self._rest(a[i + 1:], b[j + 1:])

    def _rest(self, a, b):
        if a and b:
            yield from self._replaced(a, b)
        else:
            yield from ['- ' + one for one in a] + ['+ ' + one for one in b]

    def _marked(self, old, new):
        below, above = '', ''
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.charjunk, old, new).get_opcodes():
            left, right = i2 - i1, j2 - j1
            below += {'replace': '^', 'delete': '-', 'insert': '', 'equal': ' '}[tag] * left
            above += {'replace': '^', 'delete': '', 'insert': '+', 'equal': ' '}[tag] * right
        for mark, line, hints in (('- ', old, below), ('+ ', new, above)):
            yield mark + line
            shown = ''.join(char if hint == ' ' and char.isspace() else hint for char, hint in zip(line, hints)).rstrip()
            if shown:
                yield '? %s\n' % shown


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    mark = {1: '- ', 2: '+ '}[int(which)]
    return (line[2:] for line in delta if line[:2] in ('  ', mark))


def _span(start, stop, is_unified):
    length = stop - start
    if is_unified:
        return '%d' % (start + 1) if length == 1 else '%d,%d' % (start + (length > 0), length)
    return '%d' % (start + (length > 0)) if length <= 1 else '%d,%d' % (start + 1, stop)


def _date(text):
    return '\t' + text if text else ''


def unified_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    is_begun = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not is_begun:
            is_begun = True
            yield '--- %s%s%s' % (fromfile, _date(fromfiledate), lineterm)
            yield '+++ %s%s%s' % (tofile, _date(tofiledate), lineterm)
        first, last = group[0], group[-1]
        yield '@@ -%s +%s @@%s' % (_span(first[1], last[2], True), _span(first[3], last[4], True), lineterm)
        for tag, i1, i2, j1, j2 in group:
            if tag == 'equal':
                yield from (' ' + one for one in a[i1:i2])
            if tag in ('replace', 'delete'):
                yield from ('-' + one for one in a[i1:i2])
            if tag in ('replace', 'insert'):
                yield from ('+' + one for one in b[j1:j2])


def context_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    marks = {'insert': '+ ', 'delete': '- ', 'replace': '! ', 'equal': '  '}
    is_begun = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not is_begun:
            is_begun = True
            yield '*** %s%s%s' % (fromfile, _date(fromfiledate), lineterm)
            yield '--- %s%s%s' % (tofile, _date(tofiledate), lineterm)
        first, last = group[0], group[-1]
        yield '***************' + lineterm
        yield '*** %s ****%s' % (_span(first[1], last[2], False), lineterm)
        if any(tag in ('replace', 'delete') for tag, *_ in group):
            yield from (marks[tag] + one for tag, i1, i2, _, _ in group if tag != 'insert' for one in a[i1:i2])
        yield '--- %s ----%s' % (_span(first[3], last[4], False), lineterm)
        if any(tag in ('replace', 'insert') for tag, *_ in group):
            yield from (marks[tag] + one for tag, _, _, j1, j2 in group if tag != 'delete' for one in b[j1:j2])

`;
