/** `configparser`. */
export const SOURCE = String.raw`
import re
import sys
from collections.abc import MutableMapping

DEFAULTSECT = 'DEFAULT'


class Error(Exception):
    def __init__(self, msg=''):
        self.message = msg
        super().__init__(msg)


class NoSectionError(Error):
    def __init__(self, section):
        super().__init__('No section: %r' % (section,))
        self.section = section


class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__('No option %r in section: %r' % (option, section))
        self.option, self.section = option, section


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        where = '' if source is None else 'While reading from %r%s: section ' % (source, '' if lineno is None else ' [line %2d]' % lineno)
        super().__init__('%s%r already exists' % (where or 'Section ', section))


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        where = '' if source is None else 'While reading from %r%s: option ' % (source, '' if lineno is None else ' [line %2d]' % lineno)
        super().__init__('%s%r in section %r already exists' % (where or 'Option ', option, section))


class InterpolationError(Error):
    pass


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        super().__init__('Bad value substitution: option %r in section %r contains an interpolation key %r which is not a valid option name. Raw value: %r' % (option, section, reference, rawval))


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    pass


class ParsingError(Error):
    def __init__(self, source, lines=()):
        super().__init__('Source contains parsing errors: %r' % source + ''.join('\n\t[line %2d]: %s' % one for one in lines))


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, 'File contains no section headers.\nfile: %r, line: %d\n%r' % (filename, lineno, line))


class Interpolation:
    def expand(self, parser, section, option, value, defaults):
        return value


class BasicInterpolation(Interpolation):
    def expand(self, parser, section, option, value, defaults, depth=1):
        if depth > 10:
            raise InterpolationDepthError('Recursion limit exceeded in value substitution: option %r in section %r contains an interpolation key which cannot be substituted in 10 steps. Raw value: %r' % (option, section, value))

        def put(found):
            if found.group() == '%%':
                return '%'
            name = found.group(1)
            if name is None:
                raise InterpolationSyntaxError("'%%' must be followed by '%%' or '(', found: %r" % value[found.start():])
            name = parser.optionxform(name)
            if name not in defaults:
                raise InterpolationMissingOptionError(option, section, value, name)
            return self.expand(parser, section, option, defaults[name], defaults, depth + 1)
        return re.sub(r'%%|%\(([^)]+)\)s|%', put, value)


class ExtendedInterpolation(Interpolation):
    def expand(self, parser, section, option, value, defaults, depth=1):
        def put(found):
            if found.group() == '$$':
                return '$'
            if found.group(1) is None:
                raise InterpolationSyntaxError("'$' must be followed by '$' or '{', found: %r" % value[found.start():])
            of, colon, name = found.group(1).rpartition(':')
            if colon:
                return parser.get(of, name)
            name = parser.optionxform(name)
            if name not in defaults:
                raise InterpolationMissingOptionError(option, section, value, name)
            return self.expand(parser, section, option, defaults[name], defaults, depth + 1)
        return re.sub(r'\$\$|\$\{([^}]+)\}|\$', put, value)


_UNSET = object()


class RawConfigParser(MutableMapping):
    BOOLEAN_STATES = {'1': True, 'yes': True, 'true': True, 'on': True, '0': False, 'no': False, 'false': False, 'off': False}
    _DEFAULT_INTERPOLATION = Interpolation()

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=('=', ':'), comment_prefixes=('#', ';'), inline_comment_prefixes=None,
                 strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_UNSET, converters=None, **others):
        self._sections, self._defaults = {}, {}
        self._delimiters, self._comments, self._inline = tuple(delimiters), tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._strict, self._empty, self._allow_no_value, self.default_section = strict, empty_lines_in_values, allow_no_value, default_section
        self._interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation or Interpolation()
        for key, value in (defaults or {}).items():
            self._defaults[self.optionxform(key)] = value if value is None else str(value)
        for name, function in (converters or {}).items():
            setattr(self, 'get' + name, lambda section, option, *, function=function, **kw: function(self.get(section, option, **kw)))

    def optionxform(self, optionstr): return optionstr.lower()
    def defaults(self): return self._defaults
    def sections(self): return list(self._sections)
    def has_section(self, section): return section in self._sections

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError('Invalid section name: %r' % section)
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def _of(self, section):
        if section in self._sections:
            return {**self._defaults, **self._sections[section]}
        if section == self.default_section:
            return dict(self._defaults)
        raise NoSectionError(section)

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})

    def has_option(self, section, option):
        if not section:
            section = self.default_section
        return (section in self._sections or section == self.default_section) and self.optionxform(option) in self._of(section)

    def read(self, filenames, encoding=None):
        done = []
        for name in [filenames] if isinstance(filenames, (str, bytes)) or hasattr(filenames, '__fspath__') else filenames:
            try:
                with open(name, encoding=encoding) as file:
                    self._read(file, str(name))
            except OSError:
                continue
            done.append(str(name))
        return done

    def read_file(self, f, source=None):
        self._read(f, source or getattr(f, 'name', '<???>'))

    def read_string(self, string, source='<string>'):
        self._read(string.splitlines(True), source)

    def read_dict(self, dictionary, source='<dict>'):
        for section, pairs in dictionary.items():
            if section != self.default_section and section not in self._sections:
                self.add_section(section)
            for key, value in pairs.items():
                self.set(section, key, value if value is None else str(value))

    def _read(self, lines, source):
        table = name = key = None
        depth, seen, wrong = 0, set(), []
        for number, line in enumerate(lines, 1):
            text = line
            if any(line.strip().startswith(one) for one in self._comments):
                text = ''
            for one in self._inline:
                found = re.search(r'(^|\s)' + re.escape(one), text)
                text = text[:found.start()] if found else text
            text = text.strip()
            if not text:
                if not line.strip() and key is not None and self._empty and table.get(key) is not None:
                    table[key].append('')
                elif not self._empty and not line.strip():
                    key = None
                continue
            indent = len(line) - len(line.lstrip())
            if key is not None and table is not None and indent > depth and table.get(key) is not None:
                table[key].append(text)
                continue
            depth = indent
            header = re.match(r'\[(.+)\]', text)
            if header:
                name, key = header.group(1), None
                if name == self.default_section:
                    table = self._defaults
                elif name in self._sections:
                    if self._strict and name in seen:
                        raise DuplicateSectionError(name, source, number)
                    table = self._sections[name]
                else:
                    table = self._sections[name] = {}
                seen.add(name)
                continue
            if table is None:
                raise MissingSectionHeaderError(source, number, line)
            places = [text.find(one) for one in self._delimiters if one in text]
            if not places and not self._allow_no_value or places and min(places) == 0:
                wrong.append((number, repr(line)))
                continue
            at = min(places) if places else len(text)
            key = self.optionxform(text[:at].rstrip())
            if self._strict and (name, key) in seen:
                raise DuplicateOptionError(name, key, source, number)
            seen.add((name, key))
            table[key] = [text[at + 1:].strip()] if places else None
        for one in [self._defaults, *self._sections.values()]:
            for key, value in one.items():
                if isinstance(value, list):
                    one[key] = '\n'.join(value).rstrip()
        if wrong:
            raise ParsingError(source, wrong)

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        try:
            table = self._of(section)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        table.update({self.optionxform(key): str(value) for key, value in (vars or {}).items()})
        name = self.optionxform(option)
        if name not in table:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        value = table[name]
        return value if raw or value is None else self._interpolation.expand(self, section, name, value, table)

    def _as(self, convert, section, option, raw, vars, fallback):
        value = self.get(section, option, raw=raw, vars=vars, fallback=fallback)
        return value if value is fallback else convert(value)

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET): return self._as(int, section, option, raw, vars, fallback)
    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET): return self._as(float, section, option, raw, vars, fallback)
    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET): return self._as(self._boolean, section, option, raw, vars, fallback)

    def _boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError('Not a boolean: %s' % value)
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return super().items()
        table = self._of(section)
        return [(key, self.get(section, key, raw=raw, vars=vars)) for key in {**table, **(vars or {})}]

    def set(self, section, option, value=None):
        if not section or section == self.default_section:
            table = self._defaults
        elif section in self._sections:
            table = self._sections[section]
        else:
            raise NoSectionError(section)
        table[self.optionxform(option)] = value

    def remove_option(self, section, option):
        table = self._defaults if section == self.default_section else self._sections.get(section)
        if table is None:
            raise NoSectionError(section)
        return table.pop(self.optionxform(option), None) is not None

    def remove_section(self, section):
        return self._sections.pop(section, None) is not None

    def write(self, fp, space_around_delimiters=True):
        mark = ' %s ' % self._delimiters[0] if space_around_delimiters else self._delimiters[0]
        for name, table in [(self.default_section, self._defaults)] * bool(self._defaults) + list(self._sections.items()):
            fp.write('[%s]\n' % name)
            for key, value in table.items():
                fp.write(key + ('' if value is None and self._allow_no_value else mark + str(value).replace('\n', '\n\t')) + '\n')
            fp.write('\n')

    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        if key == self.default_section:
            self._defaults.clear()
        else:
            self._sections[key] = {}
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key not in self._sections:
            raise KeyError(key)
        del self._sections[key]

    def __contains__(self, key): return key == self.default_section or key in self._sections
    def __len__(self): return len(self._sections) + 1
    def __iter__(self): return iter([self.default_section, *self._sections])


class ConfigParser(RawConfigParser):
    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError('option keys must be strings')
        if not isinstance(value, str) and not (value is None and self._allow_no_value):
            raise TypeError('option values must be strings')
        super().set(section, option, value)


class SectionProxy(MutableMapping):
    def __init__(self, parser, name):
        self._parser, self._name = parser, name

    name = property(lambda self: self._name)
    parser = property(lambda self: self._parser)

    def __repr__(self): return '<Section: %s>' % self._name

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value): self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key): return self._parser.has_option(self._name, key)
    def __len__(self): return len(self._keys())
    def __iter__(self): return iter(self._keys())
    def _keys(self): return list(self._parser.defaults()) if self._name == self._parser.default_section else self._parser.options(self._name)
    def get(self, option, fallback=None, *, raw=False, vars=None, **kw): return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)
    def getint(self, option, fallback=None, **kw): return self._parser.getint(self._name, option, fallback=fallback, **kw)
    def getfloat(self, option, fallback=None, **kw): return self._parser.getfloat(self._name, option, fallback=fallback, **kw)
    def getboolean(self, option, fallback=None, **kw): return self._parser.getboolean(self._name, option, fallback=fallback, **kw)

`;
