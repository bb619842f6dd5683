/** `importlib.metadata`. */
export const SOURCE = String.raw`
import os
import re
import sys

__all__ = ['Distribution', 'PackageNotFoundError', 'distribution', 'distributions', 'entry_points', 'files', 'metadata', 'requires', 'version']


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return 'No package metadata was found for ' + self.name

    @property
    def name(self):
        return self.args[0]


class EntryPoint:
    def __init__(self, name, value, group):
        self.name, self.value, self.group = name, value, group
        self.module, _, self.attr = value.partition(':')

    def load(self):
        found = __import__(self.module, fromlist=['_'])
        for one in filter(None, self.attr.split('.')):
            found = getattr(found, one)
        return found

    def __repr__(self):
        return 'EntryPoint(name=%r, value=%r, group=%r)' % (self.name, self.value, self.group)


class Distribution:
    def __init__(self, folder):
        self._folder = folder

    def read_text(self, filename):
        path = os.path.join(self._folder, filename)
        if not os.path.exists(path):
            return None
        with open(path) as file:
            return file.read()

    @property
    def metadata(self):
        found = {}
        for line in (self.read_text('METADATA') or '').split('\n'):
            if not line:
                break
            key, _, value = line.partition(': ')
            found.setdefault(key, value)
        return found

    name = property(lambda self: self.metadata['Name'])
    version = property(lambda self: self.metadata['Version'])

    @property
    def requires(self):
        lines = [line[len('Requires-Dist: '):] for line in (self.read_text('METADATA') or '').split('\n') if line.startswith('Requires-Dist: ')]
        return lines or None

    @property
    def files(self):
        return [line.split(',')[0] for line in (self.read_text('RECORD') or '').split('\n') if line] or None

    @property
    def entry_points(self):
        group, found = '', []
        for line in (self.read_text('entry_points.txt') or '').split('\n'):
            if line.startswith('['):
                group = line.strip()[1:-1]
            elif '=' in line:
                name, _, value = line.partition('=')
                found.append(EntryPoint(name.strip(), value.strip(), group))
        return found


def _canonical(name):
    return re.sub(r'[-_.]+', '-', name).lower()


def distributions(**kwargs):
    for folder in sys.path:
        if os.path.isdir(folder):
            for entry in sorted(os.listdir(folder)):
                if entry.endswith('.dist-info'):
                    yield Distribution(os.path.join(folder, entry))


def distribution(distribution_name):
    if not distribution_name:
        raise ValueError('A distribution name is required.')
    for one in distributions():
        if _canonical(one.metadata.get('Name', '')) == _canonical(distribution_name):
            return one
    raise PackageNotFoundError(distribution_name)


def version(distribution_name): return distribution(distribution_name).version
def metadata(distribution_name): return distribution(distribution_name).metadata
def requires(distribution_name): return distribution(distribution_name).requires
def files(distribution_name): return distribution(distribution_name).files


def entry_points(*, group=None, name=None):
    found = [point for one in distributions() for point in one.entry_points]
    return [one for one in found if (group is None or one.group == group) and (name is None or one.name == name)]

`;
