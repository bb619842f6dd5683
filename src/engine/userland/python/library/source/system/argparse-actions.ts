/** `argparse`. */
export const SOURCE = `
import os
import sys

SUPPRESS = '==SUPPRESS=='
REMAINDER = '...'
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE = '?', '*', '+'


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class HelpFormatter:
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class BooleanOptionalAction:
    pass


class Namespace:
    def __init__(self, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        return 'Namespace(' + ', '.join('%s=%r' % pair for pair in self.__dict__.items()) + ')'

    def __eq__(self, other):
        return isinstance(other, Namespace) and self.__dict__ == other.__dict__

    def __contains__(self, key):
        return key in self.__dict__


class Action:
    def __init__(self, names, dest, action='store', nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, version=None):
        self.option_strings = names
        self.dest, self.action, self.nargs, self.const, self.default = dest, action, nargs, const, default
        self.type, self.choices, self.required, self.help, self.metavar, self.version = type, choices, required, help, metavar, version

    def takes(self):
        return self.action in ('store', 'append', 'extend')

    def name(self):
        return '/'.join(self.option_strings) if self.option_strings else self.metavar or (
            '{' + ','.join(map(str, self.choices)) + '}' if self.choices and not self.option_strings and self.metavar is None else self.dest)

    def value_name(self):
        if self.metavar is not None:
            return self.metavar
        if self.choices is not None:
            return '{' + ','.join(map(str, self.choices)) + '}'
        return self.dest.upper() if self.option_strings else self.dest

    def values_text(self):
        name = self.value_name()
        if isinstance(name, tuple):
            return ' '.join(name)
        if self.nargs == '?':
            return '[%s]' % name
        if self.nargs == '*':
            return '[%s ...]' % name
        if self.nargs == '+':
            return '%s [%s ...]' % (name, name)
        if self.nargs == REMAINDER:
            return '...'
        if isinstance(self.nargs, int):
            return ' '.join([name] * self.nargs)
        return name


class _Group:
    def __init__(self, parser, title=None, description=None, required=False, exclusive=False):
        self._parser, self.title, self.description, self.required, self.exclusive = parser, title, description, required, exclusive
        self.actions = []

    def add_argument(self, *args, **kwargs):
        action = self._parser._make(*args, **kwargs)
        self._parser._actions.append(action)
        self.actions.append(action)
        return action

    def add_mutually_exclusive_group(self, required=False):
        return self._parser.add_mutually_exclusive_group(required=required)


class _Subparsers:
    def __init__(self, parser, dest, required, help, title, metavar, description):
        self._parser, self.dest, self.required, self.help, self.title, self.metavar, self.description = parser, dest, required, help, title, metavar, description
        self.choices = {}
        self.helps = []

    def add_parser(self, name, help=None, aliases=(), **kwargs):
        prefix = self._parser.prog
        for action in self._parser._actions:
            if not action.option_strings and action.action != 'parsers':
                prefix += ' ' + action.values_text()
        made = ArgumentParser(prog=kwargs.pop('prog', None) or '%s %s' % (prefix, name), **kwargs)
        for one in (name,) + tuple(aliases):
            self.choices[one] = made
        self.helps.append((name, help))
        return made


`;
