/** `argparse`. */
export const SOURCE = String.raw`
class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=HelpFormatter, prefix_chars='-',
                 fromfile_prefix_chars=None, argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True, exit_on_error=True):
        self.prog = prog or os.path.basename(sys.argv[0])
        self.usage, self.description, self.epilog, self.formatter_class = usage, description, epilog, formatter_class
        self._actions, self._groups, self._exclusive, self._subparsers, self._defaults = [], [], [], None, {}
        if add_help:
            self.add_argument('-h', '--help', action='help', help='show this help message and exit')
        for parent in parents:
            self._actions.extend(one for one in parent._actions if one.action != 'help')

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def get_default(self, dest):
        return self._defaults.get(dest)

    def _make(self, *names, action='store', nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, dest=None, version=None, **kw):
        if action is BooleanOptionalAction:
            long = names[-1]
            action, names = 'boolean', names + ('--no-' + long[2:],)
        options = [one for one in names if one.startswith('-')]
        if dest is None:
            if options:
                long = [one for one in options if one.startswith('--')]
                dest = (long or options)[0].lstrip('-').replace('-', '_')
            else:
                dest = names[0]
        if action in ('store_true', 'store_false'):
            const = action == 'store_true'
            default = (not const) if default is None else default
        return Action(options, dest, action, nargs, const, default, type, list(choices) if choices is not None else None, required, help, metavar, version)

    def add_argument(self, *args, **kwargs):
        action = self._make(*args, **kwargs)
        self._actions.append(action)
        return action

    def add_argument_group(self, title=None, description=None):
        group = _Group(self, title, description)
        self._groups.append(group)
        return group

    def add_mutually_exclusive_group(self, required=False):
        group = _Group(self, required=required, exclusive=True)
        self._exclusive.append(group)
        return group

    def add_subparsers(self, dest=None, required=False, help=None, title=None, metavar=None, description=None, **kwargs):
        self._subparsers = _Subparsers(self, dest, required, help, title, metavar, description)
        self._actions.append(Action([], dest or '==SUPPRESS==', 'parsers'))
        return self._subparsers

    def _usage_parts(self):
        parts, positional, done = [], [], []
        for action in self._actions:
            if action.help == SUPPRESS or action in done:
                continue
            group = next((one for one in self._exclusive if action in one.actions), None)
            if action.option_strings:
                texts = []
                for one in (group.actions if group else [action]):
                    done.append(one)
                    if one.action == 'boolean':
                        texts.append(' | '.join(one.option_strings))
                    else:
                        texts.append(one.option_strings[0] + (' ' + one.values_text() if one.takes() else ''))
                text = ' | '.join(texts)
                if group:
                    parts.append('(%s)' % text if group.required else '[%s]' % text)
                else:
                    parts.append(text if action.required else '[%s]' % text)
            elif action.action == 'parsers':
                positional.append((self._subparsers.metavar or '{%s}' % ','.join(self._subparsers.choices)) + ' ...')
            else:
                positional.append(action.values_text())
        return parts, positional

    def format_usage(self):
        if self.usage:
            return 'usage: %s\n' % self.usage.replace('%(prog)s', self.prog)
        parts, positional = self._usage_parts()
        line = 'usage: ' + ' '.join([self.prog] + parts + positional)
        width = int(os.environ.get('COLUMNS', 80)) - 2
        if len(line) <= width:
            return line + '\n'
        indent = ' ' * len('usage: %s ' % self.prog)
        lines = []
        start = 'usage: %s ' % self.prog
        for group in (parts, positional):
            row = []
            size = len(indent) - 1
            for part in group:
                if size + 1 + len(part) > width and row:
                    lines.append(' '.join(row))
                    row, size = [], len(indent) - 1
                row.append(part)
                size += len(part) + 1
            if row:
                lines.append(' '.join(row))
        return start + ('\n' + indent).join(lines) + '\n'

    def _rows(self, actions):
        rows = []
        for action in actions:
            if action.help == SUPPRESS:
                continue
            if action.action == 'parsers':
                sub = self._subparsers
                rows.append(('  ' + (sub.metavar or '{%s}' % ','.join(sub.choices)), sub.help))
                for name, help in sub.helps:
                    if help is not None:
                        rows.append(('    ' + name, help))
                continue
            if action.option_strings:
                value = ' ' + action.values_text() if action.takes() else ''
                if sys.version_info >= (3, 13):
                    head = ', '.join(action.option_strings) + value
                else:
                    head = ', '.join(one + value for one in action.option_strings)
            else:
                head = action.value_name()
            help = action.help
            if help:
                values = dict(vars(action), prog=self.prog)
                values['choices'] = ', '.join(map(str, action.choices)) if action.choices else None
                if issubclass(self.formatter_class, ArgumentDefaultsHelpFormatter) and '%(default)' not in help and action.default not in (None, SUPPRESS) and action.action != 'help':
                    help += ' (default: %(default)s)'
                help = help % values if '%' in help else help
            rows.append(('  ' + head, help))
        return rows

    def format_help(self):
        import textwrap
        width = int(os.environ.get('COLUMNS', 80)) - 2
        sections = []
        grouped = [one for group in self._groups for one in group.actions]
        plain = [one for one in self._actions if one not in grouped]
        title = self._subparsers.title if self._subparsers else None
        sections.append(('positional arguments', None, [one for one in plain if not one.option_strings and not (title and one.action == 'parsers')]))
        sections.append(('options', None, [one for one in plain if one.option_strings]))
        if title:
            sections.append((title, self._subparsers.description, [one for one in plain if one.action == 'parsers']))
        sections.extend((group.title, group.description, group.actions) for group in self._groups)
        everything = [(name, note, self._rows(actions)) for name, note, actions in sections]
        longest = max([len(head) for _, _, rows in everything for head, _ in rows] or [0])
        column = min(longest + 2, 24)
        text = self.format_usage()
        raw = issubclass(self.formatter_class, RawDescriptionHelpFormatter)

        def paragraph(words):
            words = words.replace('%(prog)s', self.prog)
            return words.rstrip('\n') if raw else textwrap.fill(' '.join(words.split()), width)
        if self.description:
            text += '\n' + paragraph(self.description) + '\n'
        for name, note, rows in everything:
            if not rows:
                continue
            text += '\n%s:\n' % name
            if note:
                text += '  ' + note + '\n\n'
            for head, help in rows:
                if not help:
                    text += head + '\n'
                    continue
                lines = textwrap.wrap(' '.join(help.split()), max(width - column, 11)) or ['']
                if len(head) <= column - 2:
                    text += head.ljust(column) + lines[0] + '\n'
                    lines = lines[1:]
                else:
                    text += head + '\n'
                for line in lines:
                    text += ' ' * column + line + '\n'
        if self.epilog:
            text += '\n' + paragraph(self.epilog) + '\n'
        return text

    def print_help(self, file=None):
        (file or sys.stdout).write(self.format_help())

    def print_usage(self, file=None):
        (file or sys.stdout).write(self.format_usage())

    def exit(self, status=0, message=None):
        if message:
            sys.stderr.write(message)
        sys.exit(status)

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, '%s: error: %s\n' % (self.prog, message))

    def _value(self, action, text):
        kind = action.type
        if kind is not None:
            try:
                text = kind(text)
            except ArgumentTypeError as problem:
                self.error('argument %s: %s' % (action.name(), problem))
            except (TypeError, ValueError):
                self.error('argument %s: invalid %s value: %r' % (action.name(), getattr(kind, '__name__', repr(kind)), text))
        if action.choices is not None and text not in action.choices:
            shown = ', '.join(map(str if sys.version_info >= (3, 12) else repr, action.choices))
            self.error('argument %s: invalid choice: %r (choose from %s)' % (action.name(), text, shown))
        return text

    def _find(self, text):
        for action in self._actions:
            if text in action.option_strings:
                return action, text
        found = [(action, one) for action in self._actions for one in action.option_strings if text.startswith('--') and one.startswith(text)]
        if len(found) > 1:
            self.error('ambiguous option: %s could match %s' % (text, ', '.join(one for _, one in found)))
        return found[0] if found else (None, text)

    def parse_known_args(self, args=None, namespace=None):
        args = list(sys.argv[1:] if args is None else args)
        space = namespace or Namespace()
        for action in self._actions:
            if action.dest != SUPPRESS and action.default != SUPPRESS and action.action not in ('help', 'version', 'parsers') and not hasattr(space, action.dest):
                default = action.default
                setattr(space, action.dest, self._value(action, default) if isinstance(default, str) and action.type else default)
        for key, value in self._defaults.items():
            if not hasattr(space, key) or getattr(space, key) is None:
                setattr(space, key, value)
        if self._subparsers and self._subparsers.dest:
            setattr(space, self._subparsers.dest, None)
        seen, extras, waiting = set(), [], []
        positional = [one for one in self._actions if not one.option_strings]

        def looks_like_option(text):
            if not text.startswith('-') or text == '-':
                return False
            if text.lstrip('-').replace('.', '', 1).isdigit():
                return False
            return ' ' not in text

        at = 0
        while at < len(args):
            text = args[at]
            at += 1
            if text == '--':
                waiting.extend(args[at:])
                break
            if not looks_like_option(text):
                waiting.append(text)
                if self._subparsers:
                    before = [one for one in positional if one.action != 'parsers']
                    if len(waiting) > len(before):
                        name = waiting.pop()
                        parser = self._subparsers.choices.get(name)
                        if parser is None:
                            shown = ', '.join(map(str if sys.version_info >= (3, 12) else repr, self._subparsers.choices))
                            self.error('argument %s: invalid choice: %r (choose from %s)' % (self._subparsers.dest or '{%s}' % ','.join(self._subparsers.choices), name, shown))
                        if self._subparsers.dest:
                            setattr(space, self._subparsers.dest, name)
                        _, more = parser.parse_known_args(args[at:], space)
                        extras.extend(more)
                        seen.add('parsers')
                        break
                continue
            name, eq, inline = text.partition('=')
            action, name = self._find(name)
            if action is None and not text.startswith('--') and len(text) > 2:
                action, name = self._find(text[:2])
                inline, eq = text[2:], 'yes'
                if action is not None and not action.takes():
                    args.insert(at, '-' + inline)
                    inline, eq = '', ''
            if action is None:
                extras.append(text)
                continue
            seen.add(action.dest)
            for group in self._exclusive:
                if action in group.actions:
                    for other in group.actions:
                        if other is not action and other.dest in seen:
                            self.error('argument %s: not allowed with argument %s' % (action.name(), other.name()))
            if action.action == 'help':
                self.print_help()
                self.exit()
            elif action.action == 'version':
                sys.stdout.write((action.version or '').replace('%(prog)s', self.prog) + '\n')
                self.exit()
            elif action.action == 'boolean':
                setattr(space, action.dest, not name.startswith('--no-'))
            elif action.action in ('store_true', 'store_false', 'store_const'):
                if eq:
                    self.error('argument %s: ignored explicit argument %r' % (action.name(), inline))
                setattr(space, action.dest, action.const)
            elif action.action == 'count':
                setattr(space, action.dest, (getattr(space, action.dest) or 0) + 1)
            elif action.action == 'append_const':
                setattr(space, action.dest, list(getattr(space, action.dest) or []) + [action.const])
            else:
                values = [inline] if eq else []
                if not eq:
                    most = {None: 1, '?': 1, '*': None, '+': None}.get(action.nargs, action.nargs)
                    while at < len(args) and (most is None or len(values) < most) and not looks_like_option(args[at]):
                        values.append(args[at])
                        at += 1
                if isinstance(action.nargs, int) and len(values) != action.nargs:
                    self.error('argument %s: expected %d argument%s' % (action.name(), action.nargs, '' if action.nargs == 1 else 's'))
                if action.nargs is None and not values:
                    self.error('argument %s: expected one argument' % action.name())
                if action.nargs == '+' and not values:
                    self.error('argument %s: expected at least one argument' % action.name())
                values = [self._value(action, one) for one in values]
                value = values if action.nargs in ('*', '+') or isinstance(action.nargs, int) else values[0] if values else action.const
                if action.action == 'append':
                    value = list(getattr(space, action.dest) or []) + [value]
                elif action.action == 'extend':
                    value = list(getattr(space, action.dest) or []) + value
                setattr(space, action.dest, value)
        missing = self._place(space, positional, waiting, extras)
        for action in self._actions:
            if action.required and action.option_strings and action.dest not in seen:
                missing.append(action.name())
        if self._subparsers and self._subparsers.required and 'parsers' not in seen:
            missing.append(self._subparsers.dest or '{%s}' % ','.join(self._subparsers.choices))
        if missing:
            self.error('the following arguments are required: ' + ', '.join(missing))
        for group in self._exclusive:
            if group.required and not any(one.dest in seen for one in group.actions):
                self.error('one of the arguments %s is required' % ' '.join(one.name() for one in group.actions))
        return space, extras

    def _place(self, space, positional, waiting, extras):
        missing = []
        actions = [one for one in positional if one.action != 'parsers']
        for number, action in enumerate(actions):
            later = sum(1 if one.nargs in (None, '+') else one.nargs if isinstance(one.nargs, int) else 0 for one in actions[number + 1:])
            room = len(waiting) - later
            if action.nargs is None:
                take = 1
            elif isinstance(action.nargs, int):
                take = action.nargs
            elif action.nargs == '?':
                take = 1 if room > 0 else 0
            else:
                take = max(room, 0)
            values, waiting[:] = waiting[:take], waiting[take:]
            if (action.nargs is None and not values) or (action.nargs == '+' and not values) or (isinstance(action.nargs, int) and len(values) < action.nargs):
                missing.append(action.name())
                continue
            values = [self._value(action, one) for one in values]
            if action.nargs in ('*', '+', REMAINDER) or isinstance(action.nargs, int):
                if values or action.default is None:
                    setattr(space, action.dest, values)
            elif values:
                setattr(space, action.dest, values[0])
        extras.extend(waiting)
        return missing

    def parse_args(self, args=None, namespace=None):
        space, extras = self.parse_known_args(args, namespace)
        if extras:
            self.error('unrecognized arguments: ' + ' '.join(extras))
        return space


class FileType:
    def __init__(self, mode='r', bufsize=-1, encoding=None, errors=None):
        self._mode = mode

    def __call__(self, name):
        if name == '-':
            return sys.stdin if 'r' in self._mode else sys.stdout
        try:
            return open(name, self._mode)
        except OSError as problem:
            raise ArgumentTypeError("can't open '%s': %s" % (name, problem))
`;
