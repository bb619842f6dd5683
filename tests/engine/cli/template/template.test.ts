import { describe, expect, test } from 'vitest';
import { struct, TemplateError, template } from '../../../../src/engine/cli/template/index.ts';

const WEB = {
  Name: '/web',
  Id: 'abcdefghi',
  Count: 3,
  Ratio: 1.5,
  Nothing: null,
  State: { Running: true, Paused: false, Status: 'running' },
  Config: { Env: ['A=1', 'B=2'], Labels: { tier: 'front', app: 'shop' }, Image: 'web:1.0', Cmd: ['httpd', '-f'], Empty: [] },
  Ports: { '80/tcp': [{ HostPort: '8080' }] },
};
const run = (source: string, data: unknown = WEB, missingKey: 'default' | 'error' = 'default'): string =>
  template(source).run(data, { missingKey });
const failure = (source: string, data: unknown = WEB): string => {
  try {
    return `no error, but ${run(source, data, 'error')}`;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
};

describe('what templates print', () => {
  test.each([
    ['{{.Name}} {{.State.Running}} {{.Count}} {{.Ratio}}', '/web true 3 1.5'],
    ['{{.Config.Env}} {{.Config.Labels}} {{.Nothing}}', '[A=1 B=2] map[app:shop tier:front] <nil>'],
    ['{{.Nope}}|{{.Nope.More}}|{{index .Config.Labels "nope"}}', '<no value>|<no value>|'],
    ['{{range .Config.Env}}{{println .}}{{end}}', 'A=1\nB=2\n'],
    ['{{range $i, $e := .Config.Env}}{{$i}}={{$e}};{{end}}', '0=A=1;1=B=2;'],
    ['{{range $p, $b := .Ports}}{{$p}} -> {{(index $b 0).HostPort}}{{end}}', '80/tcp -> 8080'],
    ['{{range .Config.Empty}}x{{else}}none{{end}}', 'none'],
    ['{{range $i, $e := .Config.Env}}{{if $i}}{{break}}{{end}}{{$e}}{{end}}', 'A=1'],
    ['{{range .Config.Env}}{{if eq . "A=1"}}{{continue}}{{end}}{{.}}{{end}}', 'B=2'],
    ['{{if .State.Paused}}a{{else if .State.Running}}b{{else}}c{{end}}', 'b'],
    ['{{with .State}}{{.Status}} {{$.Name}}{{else}}no{{end}}', 'running /web'],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{define "one"}}<{{.}}>{{end}}{{template "one" .Name}}{{block "two" .Id}}[{{.}}]{{end}}', '</web>[abcdefghi]'],
    ['a {{- " b " -}} c{{/* gone */}}', 'a b c'],
    ['{{.Config.Image | printf "%s!" | upper}}', 'WEB:1.0!'],
    ['{{and true 0 1}} {{or 0 "" "x"}} {{not 1}}', '0 x false'],
    ['{{eq .Count 3}} {{eq .Count 1 2 3}} {{lt 1 2}} {{ge "b" "a"}} {{ne .Name "/web"}}', 'true true true true false'],
    ['{{json .Config.Labels}} {{json .Config.Cmd}} {{json .Nothing}}', '{"app":"shop","tier":"front"} ["httpd","-f"] null'],
    ['{{json "<a&b>"}}', '"<a&b>"'],
    ['{{join .Config.Cmd "+"}} {{index (split .Config.Image ":") 1}} {{title "abc def"}} {{lower "ABC"}}', 'httpd+-f 1.0 Abc Def abc'],
    ['[{{pad .Name 1 2}}] [{{pad "" 1 2}}] {{truncate .Id 3}} {{len .Id}} {{slice .Id 1 3}}', '[ /web  ] [] abc 9 bc'],
    ['{{printf "%5d|%-4s|%04d|%.2f|%q|%v|%t|%x" 7 "a" 42 1.5 "q" .Config.Cmd true 255}}', '    7|a   |0042|1.50|"q"|[httpd -f]|true|ff'],
    ['{{printf "%d" "x"}} {{printf "%s"}}', '%!d(string=x) %!s(MISSING)'],
    ['{{print 1 2 "a" "b" 3}} {{html "<b>"}} {{urlquery "a b&c"}}', '1 2ab3 &lt;b&gt; a+b%26c'],
  ])('%s', (source, expected) => {
    expect(run(source)).toBe(expected);
  });
});

describe("errors are Go's", () => {
  test.each([
    ['{{.State.NoSuch}}', 'template: :1:8: executing "" at <.State.NoSuch>: map has no entry for key "NoSuch"'],
    ['a\n  {{.Nope}}', 'template: :2:4: executing "" at <.Nope>: map has no entry for key "Nope"'],
    ['{{.State.Status', 'template: :1: unclosed action'],
    ['{{nosuchfunc .Name}}', 'template: :1: function "nosuchfunc" not defined'],
    ['{{index .Config.Env 9}}', 'template: :1:2: executing "" at <index .Config.Env 9>: error calling index: index out of range: 9'],
    ['{{.Name.First}}', 'template: :1:7: executing "" at <.Name.First>: can\'t evaluate field First in type interface {}'],
    ['{{lt 1 "a"}}', 'template: :1:2: executing "" at <lt 1 "a">: error calling lt: incompatible types for comparison: int and string'],
    ['{{upper 5}}', 'template: :1:8: executing "" at <5>: expected string; found 5'],
    ['{{upper nil}}', 'template: :1:8: executing "" at <nil>: cannot assign nil to string'],
    ['{{upper .Count}}', 'template: :1:8: executing "" at <.Count>: wrong type for value; expected string; got int'],
    ['{{$x}}', 'template: :1: undefined variable "$x"'],
    ['{{if true}}x', 'template: :1: unexpected EOF'],
    ['{{end}}', 'template: :1: unexpected {{end}}'],
    ['{{break}}', 'template: :1: {{break}} outside {{range}}'],
    ['{{"open}}', 'template: :1: unterminated quoted string'],
    ['{{if}}x{{end}}', 'template: :1: missing value for if'],
  ])('%s', (source, expected) => {
    expect(failure(source)).toBe(expected);
  });
});

test('a struct has methods, and knows which fields it has', () => {
  const row = struct('*formatter.Row', { ID: 'x', Label: (name: unknown) => `<${String(name)}>` });
  expect(run('{{.ID}} {{.Label "app"}}', row)).toBe('x <app>');
  expect(failure('{{.Nope}}', row)).toBe('template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.Row');
});
