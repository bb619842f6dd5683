/** The go command: what it says about mistakes, beside what the real one said; modules; and what it cannot fetch. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GoComputer, goComputer } from './computer.ts';

interface Mistake {
  readonly source: string;
  readonly says: string;
}

const { cases } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'mistakes.json'), 'utf8')) as {
  readonly cases: Readonly<Record<string, Mistake>>;
};
let computer: GoComputer;
const shell = (command: string) => computer.shell(command);
/** What a script prints in a container of Go; both streams in one. */
const inGo = async (script: string): Promise<string> => {
  const { stdout, stderr } = await shell(`docker exec -w /e go sh -c '(${script}) 2>&1'`);
  return stdout + stderr;
};

beforeAll(async () => {
  const sources = Object.entries(cases).map(([name, { source }]) => [`${name}/main.go`, source]);
  computer = await goComputer('e', { ...Object.fromEntries(sources), 'go.mod': 'module example.com/e\n\ngo 1.25\n' });
}, 60_000);

describe('what the compiler says about', () => {
  it.each(Object.entries(cases))('%s', async (name, { says }) => {
    expect(await inGo(`cd ${name}; go build -o /dev/null .; echo exit $?`)).toBe(says);
  });
});

describe('the go command', () => {
  it('begins a module, and runs what is in it', async () => {
    expect(await inGo('mkdir /m; cd /m; go mod init example.com/m; cat go.mod; go mod init x; echo $?')).toBe(
      'go: creating new go.mod: module example.com/m\nmodule example.com/m\n\ngo 1.25.5\ngo: /m/go.mod already exists\n1\n',
    );
    expect(await inGo('cd /m; go build; go build ./nope; go mod download; go mod verify; go list -m')).toBe(
      'no Go files in /m\nstat /m/nope: directory not found\ngo: no module dependencies to download\nall modules verified\nexample.com/m\n',
    );
    const source = 'package main\\n\\nimport \\"os\\"\\n\\nfunc main() { println(len(os.Args)); os.Exit(len(os.Args)) }\\n';
    expect(await inGo(`cd /m; printf "${source}" > main.go; go run . a b; echo $?; go build && ./m; echo $?; ls`)).toBe(
      '3\nexit status 3\n1\n1\n1\ngo.mod\nm\nmain.go\n',
    );
    expect(await inGo('cd /m; go vet ./... && go test ./...; cd /; go build .')).toBe(
      "?   \texample.com/m\t[no test files]\ngo: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
    );
  });

  it('builds for other machines, where its file does not run', async () => {
    // A shell takes what the kernel refuses for a script of its own.
    expect(await inGo('cd /m; GOARCH=arm64 go build -o arm && ./arm; GOOS=windows go build && ls *.exe && ./m.exe')).toMatch(
      /^\.\/arm: .*\nm\.exe\n\.\/m\.exe: .*\n$/,
    );
  });

  it('says that it cannot fetch the modules of others', async () => {
    expect(
      await inGo(
        'cd /m; printf "package main\\n\\nimport \\"github.com/gin-gonic/gin\\"\\n\\nfunc main() { gin.Default().Run() }\\n" > main.go; go build; go get github.com/gin-gonic/gin@v1.10.0; go mod tidy',
      ),
    ).toMatch(
      /^main\.go:3:8: no required module provides package github\.com\/gin-gonic\/gin; to add it:\n\tgo get github\.com\/gin-gonic\/gin\ngo: github\.com\/gin-gonic\/gin: Get "https:\/\/proxy\.golang\.org\/github\.com\/gin-gonic\/gin\/@v\/v1\.10\.0\.info": dial tcp: lookup proxy\.golang\.org on \S+: no such host\ngo: finding module for package github\.com\/gin-gonic\/gin\ngo: example\.com\/m imports\n\tgithub\.com\/gin-gonic\/gin: cannot find module providing package/,
    );
  });

  it('says what of the library is not there, and which Go a module wants', async () => {
    expect(
      await inGo(
        'cd /m; printf "package main\\n\\nimport \\"text/template\\"\\n\\nfunc main() { template.New(\\"\\") }\\n" > main.go; go build; echo $?',
      ),
    ).toBe('main.go:3:8: package text/template is not in the part of the standard library that this model has\n1\n');
    expect(await inGo('cd /m; sed -i s/1.25.5/1.99/ go.mod; go build; echo $?')).toBe(
      'go: go.mod requires go >= 1.99 (running go 1.25.5; GOTOOLCHAIN=local)\n1\n',
    );
  });

  it('is interrupted in a loop that never ends, and ends where a function calls itself for ever', async () => {
    const spin = 'package main\\n\\nfunc main() {\\n\\tfor {\\n\\t}\\n}\\n';
    const down = 'package main\\n\\nfunc f(n int) int { return f(n+1) + 1 }\\n\\nfunc main() { f(0) }\\n';
    expect(
      await inGo(`mkdir /s; cd /s; printf "${spin}" > spin.go; printf "${down}" > down.go; go build spin.go && timeout 1 ./spin; echo $?`),
    ).toBe('Terminated\n143\n');
    expect(await inGo('cd /s; go build down.go && ./down; echo $?')).toBe(
      'runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n2\n',
    );
  });

  it('tests packages, and tells which tests failed', async () => {
    const test =
      'package t\\n\\nimport \\"testing\\"\\n\\nfunc TestGood(t *testing.T) {}\\nfunc TestBad(t *testing.T) {\\n\\tt.Errorf(\\"got %%d\\", 1)\\n\\tt.Run(\\"inner one\\", func(t *testing.T) { t.Fatal(\\"no\\") })\\n}\\n';
    const ran = await inGo(
      `mkdir /t; cd /t; go mod init t; printf "package t\\n" > t.go; printf "${test}" > t_test.go; go test; echo $?; go test -run Good`,
    );
    expect(ran.replace(/\d\.\d+s/g, '0.00s')).toBe(
      'go: creating new go.mod: module t\n--- FAIL: TestBad (0.00s)\n    t_test.go:7: got 1\n    --- FAIL: TestBad/inner_one (0.00s)\n        t_test.go:8: no\nFAIL\nexit status 1\nFAIL\tt\t0.00s\nFAIL\n1\nPASS\nok  \tt\t0.00s\n',
    );
  });
});
