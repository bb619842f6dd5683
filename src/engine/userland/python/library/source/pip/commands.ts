/** `pip`: a client of the index of packages. */
export const SOURCE = String.raw`
def _read(path, requirements, origins):
    try:
        lines = open(path).read().replace('\\\n', '').split('\n')
    except FileNotFoundError as problem:
        raise _Failed('ERROR: Could not open requirements file: ' + str(problem))
    for number, line in enumerate(lines, 1):
        line = re.sub(r'(^|\s)#.*', '', line).strip()
        if line.startswith(('-r ', '--requirement ')):
            _read(os.path.join(os.path.dirname(path), line.split(None, 1)[1]), requirements, origins)
        elif line and not line.startswith('-'):
            one = re.sub(r'\s+--hash=\S+', '', line)
            requirements.append(one)
            origins[one.strip()] = ' (from -r %s (line %d))' % (path, number)


def _install(args):
    global _url, _quiet
    requirements, origins = [], {}
    options = {'upgrade': False, 'target': None, 'origins': origins}
    user, prefix, is_forced = False, None, False
    args = list(args)
    while args:
        arg, eq, value = args.pop(0).partition('=') if False else (args.pop(0), '', '')
        if arg.startswith('--') and '=' in arg:
            arg, _, value = arg.partition('=')
            args.insert(0, value)
        if arg in ('-r', '--requirement'):
            _read(args.pop(0), requirements, origins)
        elif arg in ('-t', '--target'):
            options['target'] = os.path.abspath(args.pop(0))
        elif arg in ('-i', '--index-url'):
            _url = args.pop(0)
        elif arg in ('-U', '--upgrade'):
            options['upgrade'] = True
        elif arg in ('-q', '--quiet', '-qq'):
            _quiet = True
        elif arg == '--user':
            user = True
        elif arg == '--prefix':
            prefix = os.path.abspath(args.pop(0))
        elif arg == '--break-system-packages':
            is_forced = True
        elif arg in ('--extra-index-url', '--trusted-host', '--timeout', '--retries', '-c', '--constraint', '--root-user-action', '--progress-bar', '--cache-dir', '--platform', '--find-links', '-f'):
            args.pop(0)
        elif arg in ('-e', '--editable') or arg in ('.',) or arg.startswith(('./', '/')):
            raise _Failed('ERROR: this model installs wheels from an index; it does not build projects')
        elif not arg.startswith('-'):
            requirements.append(arg)
    if not requirements:
        raise _Failed('ERROR: You must give at least one requirement to install (see "pip help install")')
    if not options['target'] and not prefix:
        _check_managed(is_forced)
        if user and _is_virtual() and not _place.has_user_site:
            raise _Failed('ERROR: Can not perform a \'--user\' install. User site-packages are not visible in this virtualenv.')
        if not user and not _is_virtual() and not _is_writable(_place.purelib):
            _say('Defaulting to user installation because normal site-packages is not writeable')
            user = True
    site = os.path.join(prefix, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages') if prefix else _site(options['target'], user)
    have = _installed(site) if options['target'] or prefix else _installed()
    wanted = {}
    for one in requirements:
        _collect(_Requirement(one), None, wanted, have, options)
    if not wanted:
        return
    order = _order(wanted)
    _say('Installing collected packages: ' + ', '.join(wanted[key].meta['Name'] for key in order))
    scripts = os.path.join(site, 'bin') if options['target'] else os.path.join(os.path.expanduser('~'), '.local', 'bin') if user else os.path.join(prefix, 'bin') if prefix else _place.scripts
    for key in order:
        if key in have and not options['target']:
            _say('  Attempting uninstall: %s\n    Found existing installation: %s %s\n    Uninstalling %s-%s:' % (key, have[key]['Name'], have[key]['Version'], have[key]['Name'], have[key]['Version']))
            _remove(have[key])
            _say('      Successfully uninstalled %s-%s' % (have[key]['Name'], have[key]['Version']))
        _put(wanted[key], site, scripts)
    _say('Successfully installed ' + ' '.join('%s-%s' % (wanted[key].meta['Name'], wanted[key].version) for key in sorted(order)))
    if os.getuid() == 0 and not options['target'] and not _is_virtual() and os.environ.get('PIP_ROOT_USER_ACTION') != 'ignore' and not _quiet:
        print("WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager, possibly rendering your system unusable. It is recommended to use a virtual environment instead: https://pip.pypa.io/warnings/venv. Use the --root-user-action option if you know what you are doing and want to suppress this warning.", file=sys.stderr)
    _tell_of_newer()


def _tell_of_newer():
    off = os.environ.get('PIP_DISABLE_PIP_VERSION_CHECK', '')
    if _quiet or off not in ('', '0') or '--disable-pip-version-check' in sys.argv or (_place.sites and _place.sites[0].endswith('dist-packages')):
        return
    newest, own = _files('pip'), _installed().get('pip', {}).get('Version', '0')
    if not newest or own == '0' or _key(newest[-1][0]) <= _key(own):
        return
    which = shutil.which('pip')
    call = 'pip' if which and os.path.dirname(which) in (_place.scripts, os.path.dirname(sys.executable)) else sys.executable + ' -m pip'
    print('\n[notice] A new release of pip is available: %s -> %s\n[notice] To update, run: %s install --upgrade pip' % (own, newest[-1][0], call), file=sys.stderr)


def _uninstall(args):
    _check_managed('--break-system-packages' in args)
    have = _installed()
    for name in [one for one in args if not one.startswith('-')]:
        meta = have.get(_canonical(name))
        if meta is None:
            print('WARNING: Skipping %s as it is not installed.' % name, file=sys.stderr)
            continue
        print('Found existing installation: %s %s' % (meta['Name'], meta['Version']))
        _record(meta)
        print('Uninstalling %s-%s:' % (meta['Name'], meta['Version']))
        if '-y' not in args and '--yes' not in args and input('Proceed (Y/n)? ').lower() not in ('', 'y', 'yes'):
            continue
        _remove(meta)
        print('  Successfully uninstalled %s-%s' % (meta['Name'], meta['Version']))


def _list(args):
    rows = [(meta['Name'], meta['Version']) for _, meta in sorted(_installed().items())]
    if '--format=freeze' in args:
        print('\n'.join('%s==%s' % pair for pair in rows))
        return
    width = max([7] + [len(name) for name, _ in rows])
    last = max([7] + [len(version) for _, version in rows])
    print('Package'.ljust(width) + ' Version\n' + '-' * width + ' ' + '-' * last)
    for name, version in rows:
        print(name.ljust(width) + ' ' + version)


def _show(args):
    have = _installed()
    for name in args:
        meta = have.get(_canonical(name))
        if meta is None:
            print('WARNING: Package(s) not found: ' + name, file=sys.stderr)
            return 1
        needs = ', '.join(sorted(_Requirement(one).name for one in meta['requires'] if 'extra ==' not in one))
        users = ', '.join(sorted(other['Name'] for other in have.values() if any(_canonical(_Requirement(one).name) == _canonical(name) for one in other['requires'])))
        print('Name: %s\nVersion: %s\nSummary: %s\nHome-page: %s\nAuthor: %s\nAuthor-email: \nLicense: %s\nLocation: %s\nRequires: %s\nRequired-by: %s' % (
            meta['Name'], meta['Version'], meta.get('Summary', ''), meta.get('Home-page', ''), meta.get('Author', ''), meta.get('License', ''), meta['folder'], needs, users))
    return 0


def _check(args):
    have = _installed()
    broken = 0
    for meta in have.values():
        for text in meta['requires']:
            one = _Requirement(text)
            if one.marker and not _marker(one.marker, ()):
                continue
            other = have.get(_canonical(one.name))
            if other is None:
                print('%s %s requires %s, which is not installed.' % (meta['Name'], meta['Version'], one.name))
                broken = 1
    if not broken:
        print('No broken requirements found.')
    return broken


def main():
    args = sys.argv[1:]
    while args and args[0] in ('--disable-pip-version-check', '--no-cache-dir', '-v', '-q', '--no-input'):
        args.pop(0)
    command, rest = (args[0], args[1:]) if args else ('help', [])
    try:
        if command in ('-V', '--version'):
            print('pip %s from %s (python %d.%d)' % (__version__, os.path.dirname(__import__('pip').__file__), *sys.version_info[:2]))
        elif command == 'install':
            _install(rest)
        elif command == 'uninstall':
            _uninstall(rest)
        elif command == 'list':
            _list(rest)
        elif command == 'freeze':
            for _, meta in sorted(_installed().items()):
                if meta['Name'] in ('pip', 'setuptools', 'wheel') and '--all' not in rest:
                    continue
                print('%s==%s' % (meta['Name'], meta['Version']))
        elif command == 'show':
            sys.exit(_show(rest))
        elif command == 'check':
            sys.exit(_check(rest))
        elif command in ('help', '-h', '--help'):
            print('\nUsage:   \n  pip <command> [options]\n\nCommands:\n  install                     Install packages.\n  uninstall                   Uninstall packages.\n  freeze                      Output installed packages in requirements format.\n  list                        List installed packages.\n  show                        Show information about installed packages.\n  check                       Verify installed packages have compatible dependencies.')
        else:
            raise _Failed('ERROR: unknown command "%s"' % command)
    except _Failed as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)
`;
