/** Flask in small, and what it stands on. */
import { APP } from './flask-app.ts';
import { CLI, SERVER, SERVING } from './flask-server.ts';

export const FLASK_FILES: Readonly<Record<string, string>> = {
  'flask/__init__.py': `"""Flask in small."""\nfrom .app import *\nfrom .app import Flask, Response, Request, Blueprint\n\n__version__ = '3.1.2'\n`,
  'flask/__main__.py': 'import sys\nfrom .cli import main\nsys.exit(main())\n',
  'flask/app.py': APP + SERVER,
  'flask/cli.py': CLI,
  'mimetypes_small.py': `import os\n\n_known = {'.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml', '.txt': 'text/plain'}\n\n\ndef guess(path):\n    return _known.get(os.path.splitext(path)[1], 'application/octet-stream')\n`,
};
export const WERKZEUG_FILES: Readonly<Record<string, string>> = {
  'werkzeug/__init__.py': "__version__ = '3.1.3'\n",
  'werkzeug/serving.py': SERVING,
  'werkzeug/exceptions.py': 'from flask.app import HTTPException, abort\n',
};
