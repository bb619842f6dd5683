import { describe, expect, test } from 'vitest';
import { bytesSize, humanDuration } from '../../../../src/engine/cli/formatter/human.ts';
import { indentJson } from '../../../../src/engine/cli/formatter/json.ts';
import { formatList, type ListFormat } from '../../../../src/engine/cli/formatter/list.ts';
import { showPorts } from '../../../../src/engine/cli/formatter/ports.ts';
import { alignTabs } from '../../../../src/engine/cli/formatter/tabs.ts';
import { humanSize } from '../../../../src/engine/cli/formatter/units.ts';

describe('units', () => {
  test.each([
    [0, '0B'],
    [999, '999B'],
    [1171, '1.171kB'],
    [1_004_000, '1.004MB'],
    [3_051_815, '3.052MB'],
  ])('%d bytes', (size, text) => {
    expect(humanSize(size)).toBe(text);
  });
  test('with three digits, and in powers of 1024', () => {
    expect([
      humanSize(3_051_815, 3),
      humanSize(1_057_063, 3),
      humanSize(1_000_000, 3),
      bytesSize(25_276_502_016),
      bytesSize(622_592),
    ]).toEqual(['3.05MB', '1.06MB', '1MB', '23.54GiB', '608KiB']);
  });
  test.each([
    [0.4, 'Less than a second'],
    [1, '1 second'],
    [59, '59 seconds'],
    [60, 'About a minute'],
    [119, 'About a minute'],
    [120, '2 minutes'],
    [3600, 'About an hour'],
    [7200, '2 hours'],
    [86_400, '24 hours'],
    [172_800, '2 days'],
    [86_400 * 20, '2 weeks'],
    [86_400 * 100, '3 months'],
    [86_400 * 365 * 3, '3 years'],
  ])('%d seconds', (seconds, text) => {
    expect(humanDuration(seconds * 1e9)).toBe(text);
  });
});

describe('tables', () => {
  test('cells are at least ten wide and three apart; the last one is not padded', () => {
    expect(alignTabs('A\tB\tC\nlonger than ten\tx\ty\n')).toBe('A                 B         C\nlonger than ten   x         y\n');
  });
  interface Row {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
  }
  const ROWS: ListFormat<Row> = {
    type: '*formatter.RowContext',
    table: '{{.Name}}\t{{.Labels}}',
    quiet: '{{.Name}}',
    heads: { Name: 'NAME', Labels: 'LABELS' },
    columns: { Name: (row) => row.name, Labels: (row) => Object.keys(row.labels).join(',') },
    methods: { Label: (row, name) => row.labels[String(name)] ?? '' },
  };
  const rows: readonly Row[] = [
    { name: 'one', labels: { 'a-b': '<1>' } },
    { name: 'two', labels: {} },
  ];
  test.each([
    ['', 'NAME      LABELS\none       a-b\ntwo       \n'],
    ['table {{.Name}}\\t{{.Label "x.a-b"}}', 'NAME      a b\none       \ntwo       \n'],
    ['{{.Name}}\\t{{.Label "a-b"}}', 'one\t<1>\ntwo\t\n'],
    ['json', '{"Labels":"a-b","Name":"one"}\n{"Labels":"","Name":"two"}\n'],
    ['table {{truncate .Name 2}}', 'NAME\non\ntw\n'],
  ])('%s', (format, expected) => {
    expect(formatList(ROWS, format, rows)).toBe(expected);
  });
  test('a column that is not there', () => {
    expect(() => formatList(ROWS, '{{.Nope}}', rows)).toThrow(
      'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.RowContext',
    );
  });
});

test('ports are put together where they follow each other', () => {
  expect(
    showPorts([
      { PrivatePort: 80, PublicPort: 8080, Type: 'tcp', IP: '::' },
      { PrivatePort: 80, PublicPort: 8080, Type: 'tcp', IP: '0.0.0.0' },
    ]),
  ).toBe('0.0.0.0:8080->80/tcp, [::]:8080->80/tcp');
  expect(
    showPorts([
      { PrivatePort: 81, Type: 'tcp' },
      { PrivatePort: 80, Type: 'tcp' },
      { PrivatePort: 53, Type: 'udp' },
    ]),
  ).toBe('53/udp, 80-81/tcp');
  expect(
    showPorts([
      { PrivatePort: 80, PublicPort: 80, Type: 'tcp', IP: '0.0.0.0' },
      { PrivatePort: 81, PublicPort: 81, Type: 'tcp', IP: '0.0.0.0' },
    ]),
  ).toBe('0.0.0.0:80-81->80-81/tcp');
});

test('JSON is indented without being read: numbers, order and escapes stay', () => {
  expect(indentJson('[{"b":18446744073709551615,"a":"x: {\\"y\\"}","e":[],"o":{}}]', 4)).toBe(
    '[\n    {\n        "b": 18446744073709551615,\n        "a": "x: {\\"y\\"}",\n        "e": [],\n        "o": {}\n    }\n]',
  );
});
