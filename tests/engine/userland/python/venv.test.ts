/** Virtual environments: what is in them, how shells enter them, and how a build carries one from stage to stage. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type PythonComputer, pythonComputer } from './computer.ts';

const FILES = {
  'app/requirements.txt': 'flask\n',
  'app/app.py': `import sys
from flask import Flask
app = Flask(__name__)
@app.route("/")
def home():
    return sys.prefix + "\\n"
if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
`,
  'app/Dockerfile': `FROM python:3.13-slim AS builder
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN pip install -r requirements.txt
FROM python:3.13-slim
COPY --from=builder /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
`,
};

describe('python -m venv', () => {
  let computer: PythonComputer;
  const inside = async (command: string, version = '3.13', exit = 0): Promise<string> => {
    const done = await computer.shell(`docker exec py${version} sh -c '${command}' 2>&1`);
    expect(done.exit, done.stdout).toBe(exit);
    return done.stdout;
  };
  beforeAll(async () => {
    computer = await pythonComputer(FILES, ['3.9', '3.13']);
  }, 60_000);

  it('makes an environment with its own pip', async () => {
    expect(await inside('python -m venv /opt/venv && cat /opt/venv/pyvenv.cfg')).toBe(
      'home = /usr/local/bin\ninclude-system-site-packages = false\nversion = 3.13.11\nexecutable = /usr/local/bin/python3.13\ncommand = /usr/local/bin/python -m venv /opt/venv\n',
    );
    expect(await inside('cd /opt/venv; ls -A . bin; readlink bin/python bin/python3 lib64; head -1 bin/pip')).toBe(
      '.:\n.gitignore\nbin\ninclude\nlib\nlib64\npyvenv.cfg\n\nbin:\nActivate.ps1\nactivate\nactivate.csh\nactivate.fish\npip\npip3\npip3.13\npython\npython3\npython3.13\n/usr/local/bin/python\npython\nlib\n#!/opt/venv/bin/python\n',
    );
    expect(await inside('/opt/venv/bin/pip list')).toBe('Package Version\n------- -------\npip     25.3\n');
    expect(await inside('/opt/venv/bin/pip --version')).toBe('pip 25.3 from /opt/venv/lib/python3.13/site-packages/pip (python 3.13)\n');
    expect(
      await inside('/opt/venv/bin/python -c "import sys; print(sys.prefix, sys.base_prefix, sys.executable); print(sys.path[1:])"'),
    ).toBe(
      "/opt/venv /usr/local /opt/venv/bin/python\n['/usr/local/lib/python313.zip', '/usr/local/lib/python3.13', '/usr/local/lib/python3.13/lib-dynload', '/opt/venv/lib/python3.13/site-packages']\n",
    );
  });

  it('has options, as each version knows them', async () => {
    expect(
      await inside('python3 -m venv --without-pip --prompt me --system-site-packages a b && cat a/pyvenv.cfg && ls b/bin', '3.9'),
    ).toBe(
      "home = /usr/local/bin\ninclude-system-site-packages = true\nversion = 3.9.25\nprompt = 'me'\nActivate.ps1\nactivate\nactivate.csh\nactivate.fish\npython\npython3\npython3.9\n",
    );
    expect(await inside('a/bin/python -c "import site; print(site.getsitepackages())"; a/bin/python -m pip --version', '3.9')).toBe(
      "['/work/a/lib/python3.9/site-packages', '/usr/local/lib/python3.9/site-packages']\npip 23.0.1 from /usr/local/lib/python3.9/site-packages/pip (python 3.9)\n",
    );
    expect(await inside('python -m venv --without-pip c; c/bin/python -m pip', '3.9', 1)).toBe('/work/c/bin/python: No module named pip\n');
    expect(await inside('python -m venv', '3.9', 2)).toContain(
      'usage: venv [-h] [--system-site-packages] [--symlinks | --copies] [--clear]\n',
    );
    expect(await inside('touch f; python -m venv f', '3.9', 1)).toBe("Error: Unable to create directory '/work/f'\n");
    expect(await inside('touch b/x; python -m venv --clear --upgrade-deps b >/dev/null; ls b; b/bin/pip --version', '3.9')).toBe(
      'bin\ninclude\nlib\nlib64\npyvenv.cfg\npip 25.3 from /work/b/lib/python3.9/site-packages/pip (python 3.9)\n',
    );
  });

  it('is entered and left by a shell', async () => {
    await inside('python -m venv /opt/env');
    const steps = '. /opt/env/bin/activate; which pip; echo "$PS1$VIRTUAL_ENV"; deactivate; which pip; echo "$PS1[$VIRTUAL_ENV]"';
    for (const shell of ['sh', 'bash'])
      expect((await computer.shell(`docker exec -e PS1='$ ' py3.13 ${shell} -c '${steps}'`)).stdout).toBe(
        '/opt/env/bin/pip\n(env) $ /opt/env\n/usr/local/bin/pip\n$ []\n',
      );
  });

  it('goes from stage to stage of a build, and serves', async () => {
    const { shell, machine } = computer;
    expect(await shell('docker build -q -t app src/app')).toMatchObject({ exit: 0 });
    await shell('docker run -d --name app -p 5000:5000 app');
    expect((await shell('curl -s --retry 5 --retry-connrefused localhost:5000')).stdout).toBe('/opt/venv\n');
    expect((await shell('docker exec app head -1 /opt/venv/bin/flask')).stdout).toBe('#!/opt/venv/bin/python\n');
    expect((await shell('docker exec app flask --version')).stdout).toContain('Flask 3.1.2');
    await shell('docker rm -f app');
    expect(machine.faults()).toEqual([]);
  });

  it('is nothing without the Python that it was made of', async () => {
    const { shell } = computer;
    await inside('python -m venv /src/env', '3.13');
    const failed = await shell('docker run --rm -v ./src:/src debian:13-slim /src/env/bin/python -V');
    expect(failed.exit).toBe(127);
    expect(failed.stderr).toContain('exec: "/src/env/bin/python": stat /src/env/bin/python: no such file or directory');
    // Of another version, it is there, and its packages are not.
    expect(await inside('/src/env/bin/pip 2>&1 | tail -1', '3.9')).toBe("ModuleNotFoundError: No module named 'pip'\n");
  });
});
