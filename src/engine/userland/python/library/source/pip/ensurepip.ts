/** `ensurepip`: puts pip where an interpreter looks for packages. */
export const SOURCE = String.raw`
import os
import re
import sys
import _place

__all__ = ['version', 'bootstrap']
_BUNDLED = {9: '23.0.1', 10: '23.0.1', 11: '24.0', 12: '25.0.1'}


def version():
    path = os.path.join(_place.library, 'ensurepip', '__init__.py')
    found = re.search(r"_PIP_VERSION = '([\d.]+)'", open(path).read()) if os.path.exists(path) else None
    return found.group(1) if found else '21.3.1' if _place.layout == 'redhat' else _BUNDLED.get(sys.version_info[1], '25.3')


def bootstrap(*, root=None, upgrade=False, user=False, altinstall=False, default_pip=False, verbosity=0):
    import _pip
    site = _place.user_site if user else _place.purelib
    have = _pip._installed(site) if os.path.isdir(site) else {}
    print('Looking in links: ' + os.path.join('/tmp', 'tmp' + os.urandom(4).hex()))
    if 'pip' in have:
        print('Requirement already satisfied: pip in %s (%s)' % (_pip._shown(site), have['pip']['Version']))
        return
    own = version()
    print('Processing %s/pip-%s-py3-none-any.whl\nInstalling collected packages: pip' % (os.path.join('/tmp', 'tmp' + os.urandom(4).hex()), own))
    names = ['pip%d.%d' % sys.version_info[:2]] + ([] if altinstall else ['pip3']) + (['pip'] if default_pip else [])
    scripts = os.path.join(os.path.expanduser('~'), '.local', 'bin') if user else _place.scripts
    _pip._put(_pip._own_wheel(own, names), site, scripts)
    print('Successfully installed pip-' + own)


def _main():
    import argparse
    parser = argparse.ArgumentParser(prog='python -m ensurepip')
    parser.add_argument('--version', action='version', version='pip ' + version(), help='Show the version of pip that is bundled with this Python.')
    parser.add_argument('-v', '--verbose', action='count', default=0, dest='verbosity', help='Give more output. Option is additive, and can be used up to 3 times.')
    parser.add_argument('-U', '--upgrade', action='store_true', default=False, help='Upgrade pip and dependencies, even if already installed.')
    parser.add_argument('--user', action='store_true', default=False, help='Install using the user scheme.')
    parser.add_argument('--root', default=None, help='Install everything relative to this alternate root directory.')
    parser.add_argument('--altinstall', action='store_true', default=False, help='Make an alternate install, installing only the X.Y versioned scripts (Default: pipX, pipX.Y).')
    parser.add_argument('--default-pip', action='store_true', default=False, help='Make a default pip install, installing the unqualified pip in addition to the versioned scripts.')
    options = parser.parse_args()
    bootstrap(**vars(options))
`;
