/** `pip`: wheels, put into a folder of packages and taken away again. */
export const SOURCE = String.raw`
def _order(wanted):
    done = []

    def visit(key):
        if key in done or key not in wanted:
            return
        for one in wanted[key].meta['requires']:
            if 'extra ==' not in one:
                visit(_canonical(_Requirement(one).name))
        done.append(key)
    for key in sorted(wanted):
        visit(key)
    return done


def _put(wheel, site, scripts):
    record = []
    info = next(name.split('/')[0] for name, _ in wheel.parts if '.dist-info/' in name)
    entries = ''
    for name, data in wheel.parts:
        if name.endswith('.dist-info/RECORD'):
            continue
        if name.endswith('entry_points.txt'):
            entries = data.decode()
        path = os.path.join(site, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(data)
        record.append((name, data))
    with open(os.path.join(site, info, 'INSTALLER'), 'w') as file:
        file.write('pip\n')
    names = []
    section = ''
    for line in entries.split('\n'):
        if line.startswith('['):
            section = line
        elif '=' in line and section == '[console_scripts]':
            command, _, target = [one.strip() for one in line.partition('=')]
            module, _, function = target.partition(':')
            os.makedirs(scripts, exist_ok=True)
            path = os.path.join(scripts, command)
            with open(path, 'w') as file:
                file.write('#!%s\nimport sys\nfrom %s import %s\nif __name__ == \'__main__\':\n    sys.exit(%s())\n' % (sys.executable, module, function, function))
            os.chmod(path, 0o755)
            names.append(path)
            if command == 'pip3' and not isinstance(wheel, _OwnWheel):
                names.append(shutil.copy(path, os.path.join(scripts, 'pip%d.%d' % sys.version_info[:2])))
    import base64
    with open(os.path.join(site, info, 'RECORD'), 'w') as file:
        for name, data in record:
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
            file.write('%s,sha256=%s,%d\n' % (name, digest, len(data)))
        for path in names:
            file.write('%s,,\n' % os.path.relpath(path, site))
        file.write('%s/INSTALLER,,\n%s/RECORD,,\n' % (info, info))


def _record(meta):
    record = os.path.join(meta['folder'], meta['info'], 'RECORD')
    if not os.path.exists(record):
        installer = os.path.join(meta['folder'], meta['info'], 'INSTALLER')
        by = open(installer).read().strip() if os.path.exists(installer) else ''
        raise _Failed(
            'error: uninstall-no-record-file\n\n\u00d7 Cannot uninstall %s %s\n\u2570\u2500> The package\'s contents are unknown: no RECORD file was found for %s.\n\nhint: %s' % (
                meta['Name'], meta['Version'], meta['Name'],
                'The package was installed by %s. You should check if it can uninstall the package.' % by if by
                else 'You might be able to recover from this via: pip install --force-reinstall --no-deps %s==%s' % (meta['Name'], meta['Version'])))
    return record


def _remove(meta):
    record = _record(meta)
    for line in open(record).read().split('\n'):
        path = os.path.normpath(os.path.join(meta['folder'], line.split(',')[0]))
        if line and os.path.isfile(path):
            os.unlink(path)
            folder = os.path.dirname(path)
            shutil.rmtree(os.path.join(folder, '__pycache__'), ignore_errors=True)
            while folder != meta['folder'] and os.path.isdir(folder) and not os.listdir(folder):
                os.rmdir(folder)
                folder = os.path.dirname(folder)


def _managed():
    path = os.path.join(_place.library, 'EXTERNALLY-MANAGED')
    if _is_virtual() or not os.path.exists(path):
        return None
    words, is_error = [], False
    for line in open(path).read().split('\n'):
        key, eq, value = line.partition('=')
        if not line or line[:1].isspace():
            words.extend([line.strip()] if is_error else [])
        else:
            is_error = bool(eq) and key.strip().lower() == 'error'
            words.extend([value.strip()] if is_error else [])
    while words and not words[-1]:
        words.pop()
    return words


def _check_managed(is_forced):
    words = _managed()
    if words is None or is_forced or os.environ.get('PIP_BREAK_SYSTEM_PACKAGES', '').lower() in ('1', 'true', 'yes', 'y', 'on'):
        return
    text = '\n    '.join(words)
    raise _Failed(
        'error: externally-managed-environment\n\n\u00d7 This environment is externally managed\n\u2570\u2500> ' + text
        + '\n\nnote: If you believe this is a mistake, please contact your Python installation or OS distribution provider. You can override this, at the risk of breaking your Python installation or OS, by passing --break-system-packages.\nhint: See PEP 668 for the detailed specification.')


def _is_writable(folder):
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    return os.access(folder, os.W_OK)


class _OwnWheel:
    def __init__(self, version, parts):
        self.version, self.parts = version, parts
        self.meta = _metadata(next(data for name, data in parts if name.endswith('/METADATA')).decode())


def _own_wheel(version, names):
    info = 'pip-%s.dist-info/' % version
    texts = {
        'pip/__init__.py': "__version__ = '%s'\n" % version,
        'pip/__main__.py': 'from _pip import main\nmain()\n',
        'pip/_internal/__init__.py': '',
        'pip/_internal/cli/__init__.py': '',
        'pip/_internal/cli/main.py': 'from _pip import main\n',
        info + 'METADATA': 'Metadata-Version: 2.1\nName: pip\nVersion: %s\nSummary: The PyPA recommended tool for installing Python packages.\nHome-page: https://pip.pypa.io/\nLicense: MIT\n\n' % version,
        info + 'entry_points.txt': '[console_scripts]\n' + ''.join('%s = pip._internal.cli.main:main\n' % name for name in names),
    }
    return _OwnWheel(version, [(name, text.encode()) for name, text in texts.items()])


`;
