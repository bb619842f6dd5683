/** `venv`: virtual environments. */
export const SOURCE = String.raw`
import os
import shutil
import subprocess
import sys
import types


class EnvBuilder:
    def __init__(self, system_site_packages=False, clear=False, symlinks=False, upgrade=False, with_pip=False, prompt=None, upgrade_deps=False, scm_ignore_files=frozenset()):
        self.system_site_packages, self.clear, self.symlinks, self.upgrade = system_site_packages, clear, symlinks, upgrade
        self.with_pip, self.upgrade_deps, self.scm_ignore_files = with_pip, upgrade_deps, scm_ignore_files
        self.orig_prompt = prompt
        self.prompt = os.path.basename(os.getcwd()) if prompt == '.' else prompt

    def create(self, env_dir):
        env_dir = os.path.abspath(env_dir)
        context = self.ensure_directories(env_dir)
        wanted = self.system_site_packages
        self.system_site_packages = False if self.with_pip else wanted
        self.create_configuration(context)
        self.setup_python(context)
        if self.with_pip:
            self._setup_pip(context)
        if not self.upgrade:
            self.setup_scripts(context)
            self.post_setup(context)
        if wanted and self.with_pip:
            self.system_site_packages = True
            self.create_configuration(context)
        if self.upgrade_deps:
            self.upgrade_dependencies(context)
        for kind in self.scm_ignore_files:
            if kind == 'git' and sys.version_info >= (3, 13):
                with open(os.path.join(env_dir, '.gitignore'), 'w') as file:
                    file.write('# Created by venv; see https://docs.python.org/3/library/venv.html\n*\n')

    def ensure_directories(self, env_dir):
        if os.pathsep in env_dir:
            raise ValueError('Refusing to create a venv in %s because it contains the PATH separator %s.' % (env_dir, os.pathsep))
        if os.path.exists(env_dir) and self.clear:
            for name in os.listdir(env_dir):
                path = os.path.join(env_dir, name)
                if os.path.isdir(path) and not os.path.islink(path):
                    shutil.rmtree(path)
                else:
                    os.unlink(path)
        short = 'python%d.%d' % sys.version_info[:2]
        context = types.SimpleNamespace(env_dir=env_dir, env_name=os.path.basename(env_dir), executable=sys._base_executable)
        context.prompt = self.prompt if self.prompt is not None else context.env_name
        context.python_dir, context.python_exe = os.path.split(context.executable)
        context.bin_path = os.path.join(env_dir, 'bin')
        context.lib_path = os.path.join(env_dir, 'lib', short, 'site-packages')
        context.inc_path = os.path.join(env_dir, 'include', short)
        for path in (env_dir, context.inc_path, context.lib_path, context.bin_path):
            if os.path.exists(path) and not os.path.isdir(path):
                raise ValueError('Unable to create directory %r' % path)
            os.makedirs(path, exist_ok=True)
        other = os.path.join(env_dir, 'lib64')
        if sys.maxsize > 2 ** 32 and not os.path.lexists(other):
            os.symlink('lib', other)
        context.env_exe = context.env_exec_cmd = os.path.join(context.bin_path, context.python_exe)
        return context

    def create_configuration(self, context):
        lines = [
            'home = ' + context.python_dir,
            'include-system-site-packages = ' + ('true' if self.system_site_packages else 'false'),
            'version = %d.%d.%d' % sys.version_info[:3],
        ]
        if self.prompt is not None:
            lines.append('prompt = %r' % self.prompt)
        if sys.version_info >= (3, 11):
            flags = [
                (self.symlinks is False, '--copies'), (not self.with_pip, '--without-pip'), (self.system_site_packages, '--system-site-packages'),
                (self.clear, '--clear'), (self.upgrade, '--upgrade'), (self.upgrade_deps, '--upgrade-deps'),
                (self.orig_prompt is not None, '--prompt="%s"' % self.orig_prompt),
                (sys.version_info >= (3, 13) and not self.scm_ignore_files, '--without-scm-ignore-files'),
            ]
            words = [flag for is_on, flag in flags if is_on] + [context.env_dir]
            lines.append('executable = ' + os.path.realpath(sys.executable))
            lines.append('command = %s -m venv %s' % (sys.executable, ' '.join(words)))
        context.cfg_path = os.path.join(context.env_dir, 'pyvenv.cfg')
        with open(context.cfg_path, 'w') as file:
            file.write('\n'.join(lines) + '\n')

    def setup_python(self, context):
        if not os.path.lexists(context.env_exe):
            if self.symlinks:
                os.symlink(context.executable, context.env_exe)
            else:
                shutil.copyfile(context.executable, context.env_exe)
                os.chmod(context.env_exe, 0o755)
        for name in ('python', 'python3', 'python3.%d' % sys.version_info[1]):
            path = os.path.join(context.bin_path, name)
            if not os.path.lexists(path):
                os.symlink(context.python_exe, path)

    def _setup_pip(self, context):
        options = ['-m'] if sys.version_info >= (3, 12) else ['-Im']
        command = [context.env_exe] + options + ['ensurepip', '--upgrade', '--default-pip']
        from _place import layout
        try:
            subprocess.check_output(command, stderr=subprocess.STDOUT)
        except subprocess.CalledProcessError:
            if layout != 'debian':
                raise
            print(_NO_ENSUREPIP % (sys.version_info[1], context.env_exe))
            sys.exit(1)

    def setup_scripts(self, context):
        shown = context.prompt if sys.version_info >= (3, 13) else '(%s) ' % context.prompt
        for name, text in (('activate', _ACTIVATE), ('activate.fish', _FISH), ('activate.csh', _CSH), ('Activate.ps1', _POWERSHELL)):
            with open(os.path.join(context.bin_path, name), 'w') as file:
                file.write(text.replace('@DIR@', context.env_dir).replace('@NAME@', context.prompt).replace('@SHOWN@', shown))

    def post_setup(self, context):
        pass

    def upgrade_dependencies(self, context):
        subprocess.check_call([context.env_exec_cmd, '-m', 'pip', 'install', '--upgrade', 'pip'])


_NO_ENSUREPIP = '''The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv
package using the following command.

    apt install python3.%d-venv

You may need to use sudo with that command.  After installing the python3-venv
package, recreate your virtual environment.

Failing command: %s
'''


def create(env_dir, system_site_packages=False, clear=False, symlinks=False, with_pip=False, prompt=None, upgrade_deps=False):
    EnvBuilder(system_site_packages, clear, symlinks, with_pip=with_pip, prompt=prompt, upgrade_deps=upgrade_deps).create(env_dir)


def _parser():
    import argparse
    parser = argparse.ArgumentParser(
        prog='venv', description='Creates virtual Python environments in one or more target directories.',
        epilog='Once an environment has been created, you may wish to activate it, e.g. by sourcing an activate script in its bin directory.')
    add = parser.add_argument
    add('dirs', metavar='ENV_DIR', nargs='+', help='A directory to create the environment in.')
    add('--system-site-packages', default=False, action='store_true', dest='system_site', help='Give the virtual environment access to the system site-packages dir.')
    either = parser.add_mutually_exclusive_group()
    either.add_argument('--symlinks', default=True, action='store_true', dest='symlinks', help='Try to use symlinks rather than copies, when symlinks are not the default for the platform.')
    either.add_argument('--copies', default=True, action='store_false', dest='symlinks', help='Try to use copies rather than symlinks, even when symlinks are the default for the platform.')
    add('--clear', default=False, action='store_true', help='Delete the contents of the environment directory if it already exists, before environment creation.')
    add('--upgrade', default=False, action='store_true', help='Upgrade the environment directory to use this version of Python, assuming Python has been upgraded in-place.')
    add('--without-pip', default=True, action='store_false', dest='with_pip', help='Skips installing or upgrading pip in the virtual environment (pip is bootstrapped by default)')
    add('--prompt', help='Provides an alternative prompt prefix for this environment.')
    add('--upgrade-deps', default=False, action='store_true', help='Upgrade core dependencies (pip) to the latest version in PyPI')
    if sys.version_info >= (3, 13):
        add('--without-scm-ignore-files', dest='scm', action='store_const', const=frozenset(), default=frozenset(['git']), help='Skips adding SCM ignore files to the environment directory (Git is supported by default).')
    return parser


def main(args=None):
    options = _parser().parse_args(args)
    if options.upgrade and options.clear:
        raise ValueError('you cannot supply --upgrade and --clear together.')
    builder = EnvBuilder(
        options.system_site, options.clear, options.symlinks, options.upgrade, options.with_pip, options.prompt, options.upgrade_deps,
        getattr(options, 'scm', frozenset()))
    for folder in options.dirs:
        builder.create(folder)


def _main():
    try:
        main()
    except Exception as problem:
        print('Error: %s' % problem, file=sys.stderr)
        sys.exit(1)
`;
