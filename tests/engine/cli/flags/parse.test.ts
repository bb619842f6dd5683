import { beforeAll, describe, expect, test } from 'vitest';
import { bool, bytes, duration, fetchFor, filter, int, list, parseFlags, string, strings } from '../../../../src/engine/cli/flags/index.ts';

const TABLE = {
  all: bool('', { short: 'a' }),
  detach: bool('', { short: 'd' }),
  env: list('', { short: 'e' }),
  filter: filter('', { short: 'f' }),
  interval: duration(''),
  last: int('', { short: 'n', initial: -1 }),
  memory: bytes('', { short: 'm' }),
  name: string(''),
  platform: strings(''),
  tty: bool('', { short: 't', initial: true }),
};
const parse = (line: string, interspersed = true) => parseFlags(TABLE, line === '' ? [] : line.split(' '), { interspersed });
const asked = async (line: string): Promise<number> => {
  let count = 0;
  await fetchFor(TABLE, line.split(' '), (code) => {
    count += 1;
    return code();
  });
  return count;
};
const message = (line: string): string => {
  try {
    parse(line);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no error';
};

beforeAll(() => asked('--memory 1'));

describe('code is asked for by flags that are given and need it', () => {
  test('long, short, and short among others', async () => {
    expect(await asked('--memory=1g')).toBe(1);
    expect(await asked('-m 1g')).toBe(1);
    expect(await asked('-atm1g')).toBe(1);
    expect(await asked('--interval 5s -n 3')).toBe(2);
    expect(await asked('-at --name memory --filter a=b image')).toBe(0);
  });
});

describe('command lines are read as pflag reads them', () => {
  test('defaults stand where nothing is given', () => {
    expect(parse('').values).toMatchObject({ all: false, last: -1, name: '', tty: true, env: [] });
  });
  test('long flags take the next word or what follows =', () => {
    expect(parse('--name web --last=3').values).toMatchObject({ name: 'web', last: 3 });
    expect(parse('--name=').changed.has('name')).toBe(true);
  });
  test('switches may be switched off', () => {
    expect(parse('--tty=false --all=true').values).toMatchObject({ tty: false, all: true });
  });
  test('short flags stand together, the last with its argument', () => {
    expect(parse('-adn5 -eA=1 -e B=2 -m64m').values).toMatchObject({
      all: true,
      detach: true,
      last: 5,
      env: ['A=1', 'B=2'],
      memory: 67108864,
    });
    expect(parse('-n=7').values.last).toBe(7);
  });
  test('lists grow, and some are cut at commas', () => {
    expect(parse('--platform a,b --platform c').values.platform).toEqual(['a', 'b', 'c']);
    expect(parse('--env a,b').values.env).toEqual(['a,b']);
  });
  test('filters are gathered by name', () => {
    expect([...parse('-f label=a=1 -f label=b -f status=up').values.filter]).toEqual([
      ['label', ['a=1', 'b']],
      ['status', ['up']],
    ]);
  });
  test('-- ends the flags; a dash alone is an argument', () => {
    expect(parse('x - -- --all -z').args).toEqual(['x', '-', '--all', '-z']);
  });
  test('where flags do not mix with arguments, the first argument ends them', () => {
    expect(parse('-a busybox ls -l', false)).toMatchObject({ args: ['busybox', 'ls', '-l'], values: { all: true } });
  });
  test('durations', () => {
    expect(parse('--interval 1h2m3.5s').values.interval).toBe(3_723_500_000_000);
  });
});

describe("errors are Go's sentences", () => {
  test.each([
    ['--frob', 'unknown flag: --frob'],
    ['-z', "unknown shorthand flag: 'z' in -z"],
    ['-az', "unknown shorthand flag: 'z' in -z"],
    ['--name', 'flag needs an argument: --name'],
    ['-ae', "flag needs an argument: 'e' in -e"],
    ['-n abc', 'invalid argument "abc" for "-n, --last" flag: strconv.ParseInt: parsing "abc": invalid syntax'],
    [
      '--last 99999999999999999999',
      'invalid argument "99999999999999999999" for "-n, --last" flag: strconv.ParseInt: parsing "99999999999999999999": value out of range',
    ],
    ['--all=maybe', 'invalid argument "maybe" for "-a, --all" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
    ['-m big', 'invalid argument "big" for "-m, --memory" flag: invalid size: \'big\''],
    ['-m 64x', 'invalid argument "64x" for "-m, --memory" flag: invalid suffix: \'x\''],
    ['--interval 5', 'invalid argument "5" for "--interval" flag: time: missing unit in duration "5"'],
    ['--interval 5x', 'invalid argument "5x" for "--interval" flag: time: unknown unit "x" in duration "5x"'],
  ])('%s', (line, expected) => {
    expect(message(line)).toBe(expected);
  });
});
