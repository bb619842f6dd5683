/** What the index has: miniatures of the originals, in our own words. */
import { pipModules } from '../pip.ts';
import type { Project } from '../wheel.ts';
import { FLASK_FILES, WERKZEUG_FILES } from './flask.ts';
import { JINJA } from './jinja.ts';
import { REDIS, REDIS_EXCEPTIONS } from './redis.ts';
import { REQUESTS, REQUESTS_EXCEPTIONS } from './requests.ts';

const DOTENV = `import os


def dotenv_values(path='.env'):
    found = {}
    if os.path.exists(path):
        for line in open(path):
            line = line.strip().removeprefix('export ')
            name, eq, value = line.partition('=')
            if eq and not line.startswith('#'):
                found[name.strip()] = value.strip().strip('"'')
    return found


def load_dotenv(path='.env', override=False, **kwargs):
    values = dotenv_values(path)
    for name, value in values.items():
        if override or name not in os.environ:
            os.environ[name] = value
    return bool(values)
`;

const small = (name: string, version: string, options: Partial<Project> & { readonly sizeBytes: number }): Project => ({
  name,
  version,
  summary: '',
  homePage: '',
  license: 'BSD-3-Clause',
  requires: [],
  files: { [`${name.toLowerCase().replaceAll('-', '_')}/__init__.py`]: `__version__ = '${version}'\n` },
  ...options,
});

/** The newest one. */
const PIP = '25.3';

export const PROJECTS: readonly Project[] = [
  small('pip', PIP, {
    summary: 'The PyPA recommended tool for installing Python packages.',
    homePage: 'https://pip.pypa.io/',
    license: 'MIT',
    sizeBytes: 1_778_622,
    commands: { pip: 'pip._internal.cli.main:main', pip3: 'pip._internal.cli.main:main' },
    files: pipModules(PIP),
  }),
  small('Flask', '3.1.2', {
    summary: 'A simple framework for building complex web applications.',
    requires: ['blinker>=1.9.0', 'click>=8.1.3', 'itsdangerous>=2.2.0', 'jinja2>=3.1.2', 'markupsafe>=2.1.1', 'werkzeug>=3.1.0'],
    sizeBytes: 103_308,
    commands: { flask: 'flask.cli:main' },
    files: FLASK_FILES,
  }),
  small('Werkzeug', '3.1.3', {
    summary: 'The comprehensive WSGI web application library.',
    requires: ['MarkupSafe>=2.1.1'],
    sizeBytes: 224_498,
    files: WERKZEUG_FILES,
  }),
  small('Jinja2', '3.1.6', {
    summary: 'A very fast and expressive template engine.',
    requires: ['MarkupSafe>=2.0'],
    sizeBytes: 134_899,
    files: { 'jinja2/__init__.py': JINJA },
  }),
  small('MarkupSafe', '3.0.3', {
    summary: 'Safely add untrusted strings to HTML/XML markup.',
    sizeBytes: 22_000,
    files: {
      'markupsafe/__init__.py':
        'from html import escape as _escape\n\n\nclass Markup(str):\n    pass\n\n\ndef escape(s):\n    return Markup(_escape(str(s)))\n',
    },
  }),
  small('click', '8.3.1', { summary: 'Composable command line interface toolkit', sizeBytes: 108_274 }),
  small('itsdangerous', '2.2.0', { summary: 'Safely pass data to untrusted environments and back.', sizeBytes: 16_234 }),
  small('blinker', '1.9.0', { summary: 'Fast, simple object-to-object and broadcast signaling', license: 'MIT', sizeBytes: 8_458 }),
  small('redis', '7.1.0', {
    summary: 'Python client for Redis database and key-value store',
    license: 'MIT',
    sizeBytes: 354_159,
    files: { 'redis/__init__.py': REDIS, 'redis/exceptions.py': REDIS_EXCEPTIONS },
  }),
  small('requests', '2.32.5', {
    summary: 'Python HTTP for Humans.',
    license: 'Apache-2.0',
    requires: ['charset_normalizer<4,>=2', 'idna<4,>=2.5', 'urllib3<3,>=1.21.1', 'certifi>=2017.4.17'],
    sizeBytes: 64_738,
    files: { 'requests/__init__.py': REQUESTS, 'requests/exceptions.py': REQUESTS_EXCEPTIONS },
  }),
  small('charset-normalizer', '3.4.4', { license: 'MIT', sizeBytes: 53_402 }),
  small('idna', '3.11', { sizeBytes: 71_008 }),
  small('urllib3', '2.6.2', { license: 'MIT', sizeBytes: 131_182 }),
  small('certifi', '2025.11.12', { license: 'MPL-2.0', sizeBytes: 159_438 }),
  small('python-dotenv', '1.2.1', {
    summary: 'Read key-value pairs from a .env file',
    sizeBytes: 21_230,
    files: { 'dotenv/__init__.py': DOTENV },
  }),
];
