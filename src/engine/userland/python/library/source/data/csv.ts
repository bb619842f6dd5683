/** `csv`. */
export const SOURCE = String.raw`
import io

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3


class Error(Exception):
    pass


class Dialect:
    delimiter, quotechar, doublequote, escapechar, lineterminator, quoting, skipinitialspace = ',', '"', True, None, '\r\n', QUOTE_MINIMAL, False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = '\t'


class unix_dialect(Dialect):
    quoting, lineterminator = QUOTE_ALL, '\n'


_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}


def register_dialect(name, dialect=None, **fmt):
    _dialects[name] = type(name, (dialect or excel,), fmt)


def list_dialects():
    return list(_dialects)


def _style(dialect, fmt):
    base = _dialects[dialect] if isinstance(dialect, str) else dialect
    return type('style', (base,), fmt) if fmt else base


class _Reader:
    def __init__(self, lines, style):
        self._lines, self.dialect, self.line_num = iter(lines), style, 0

    def __iter__(self):
        return self

    def __next__(self):
        style, row, field, is_quoted, was_quoted = self.dialect, [], '', False, False
        while True:
            line = next(self._lines)
            self.line_num += 1
            at = 0
            while at < len(line):
                char = line[at]
                if is_quoted:
                    if char == style.quotechar:
                        if style.doublequote and line[at + 1:at + 2] == char:
                            field += char
                            at += 1
                        else:
                            is_quoted = False
                    elif char == style.escapechar:
                        at += 1
                        field += line[at:at + 1]
                    else:
                        field += char
                elif char == style.quotechar and field == '' and style.quoting != QUOTE_NONE:
                    is_quoted = was_quoted = True
                elif char == style.delimiter:
                    row.append(self._field(field, was_quoted))
                    field, was_quoted = '', False
                    while style.skipinitialspace and line[at + 1:at + 2] == ' ':
                        at += 1
                elif char in '\r\n':
                    pass
                else:
                    field += char
                at += 1
            if not is_quoted:
                break
        if not row and field == '' and not was_quoted:
            return []
        row.append(self._field(field, was_quoted))
        return row

    def _field(self, field, was_quoted):
        return float(field) if self.dialect.quoting == QUOTE_NONNUMERIC and not was_quoted else field


def reader(csvfile, dialect='excel', **fmtparams):
    return _Reader(csvfile, _style(dialect, fmtparams))


class _Writer:
    def __init__(self, file, style):
        self._file, self.dialect = file, style

    def _text(self, value):
        style = self.dialect
        text = '' if value is None else str(value)
        wants = style.quoting == QUOTE_ALL or (style.quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float)))
        if not wants and style.quoting != QUOTE_NONE:
            wants = any(char in text for char in (style.delimiter, style.quotechar, '\r', '\n')) or (text == '' and self._only)
        if wants:
            return style.quotechar + text.replace(style.quotechar, style.quotechar * 2) + style.quotechar
        return text

    def writerow(self, row):
        row = list(row)
        self._only = len(row) == 1
        return self._file.write(self.dialect.delimiter.join(map(self._text, row)) + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def writer(csvfile, dialect='excel', **fmtparams):
    return _Writer(csvfile, _style(dialect, fmtparams))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', **kwds):
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader = reader(f, dialect, **kwds)

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        found = dict(zip(names, row))
        if len(row) > len(names):
            found[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            found[name] = self.restval
        return found


class DictWriter:
    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', **kwds):
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, **kwds)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def _row(self, row):
        if self.extrasaction == 'raise':
            wrong = [key for key in row if key not in self.fieldnames]
            if wrong:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join(map(repr, wrong)))
        return [row.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, row):
        return self.writer.writerow(self._row(row))

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
`;
