import { describe, expect, it } from 'vitest';
import { planOf, rulesOf } from './planning.ts';

describe('build checks', () => {
  it.each([
    ['FROM a AS Big\n', ['StageNameCasing:1']],
    ['FROM a as b\n', ['FromAsCasing:1']],
    ['FROM a\nRUN one \\\n\n two\n', ['NoEmptyContinuation:4']],
    ['FROM a\nrun x\nCOPY a /\n', ['ConsistentInstructionCasing:2']],
    ['FROM a AS b\nFROM a AS b\n', ['DuplicateStageName:2']],
    ['FROM a AS scratch\n', ['ReservedStageName:1']],
    ['FROM a\nCMD x\n', ['JSONArgsRecommended:2']],
    ['FROM a\nSHELL ["/bin/bash", "-c"]\nCMD x\n', []],
    ['FROM a\nMAINTAINER me\n', ['MaintainerDeprecated:2']],
    ['FROM a\nWORKDIR app\nWORKDIR other\n', ['WorkdirRelativePath:2']],
    ['FROM a\nRUN true\nCOPY $FILES /\n', ['UndefinedVar:3']],
    ['FROM a\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]\n', ['MultipleInstructionsDisallowed:2']],
    ['FROM a\nENV A b\n', ['LegacyKeyValueFormat:2']],
    ['FROM --platform=$TARGETPLATFORM a\n', ['RedundantTargetPlatform:1']],
    ['FROM --platform=linux/amd64 a\n', ['FromPlatformFlagConstDisallowed:1']],
    ['FROM --platform=linux/amd64 a AS amd64\n', []],
    ['FROM a\nARG API_TOKEN\nENV PUBLIC_KEY=x\n', ['SecretsUsedInArgOrEnv:2']],
    ['FROM a\nEXPOSE 80/TCP\n', ['ExposeProtoCasing:2']],
    ['FROM a\nEXPOSE 127.0.0.1:80:8080\n', ['ExposeInvalidFormat:2']],
  ])('%j', async (text, rules) => {
    expect(await rulesOf(text)).toEqual(rules);
  });

  it('calls instructions as they are written', async () => {
    const { linter } = await planOf('FROM a\nenv A b\nCMD ["a"]\ncmd ["b"]\n');
    const details = linter.findings.filter(({ rule }) => !rule.name.includes('Casing')).map(({ detail }) => detail);
    expect(details).toEqual([
      '"env key=value" should be used instead of legacy "env key value" format',
      'Multiple cmd instructions should not be used in the same stage because only the last one will be used',
    ]);
  });

  it('looks at names that need an argument', async () => {
    expect(await rulesOf('ARG TAG\nFROM a:$TAG\n', { args: { TAG: '1' } })).toEqual(['InvalidDefaultArgInFrom:2']);
    expect(await rulesOf('ARG NAME=a\nFROM $NAME$NAMES\n')).toEqual(['UndefinedArgInFrom:2']);
  });

  it('knows what the ignore file leaves out', async () => {
    const ignored = (path: string): boolean => path === 'dist/app';
    expect(await rulesOf('FROM a\nCOPY dist/app /\nADD src /\n', { ignored })).toEqual(['CopyIgnoredFile:2']);
  });

  it('skips and counts as it is told, by option and by comment', async () => {
    const text = 'FROM a\nENV A b\nCMD x\n';
    expect(await rulesOf(text, { check: 'skip=LegacyKeyValueFormat' })).toEqual(['JSONArgsRecommended:3']);
    expect(await rulesOf(text, { check: 'skip=all' })).toEqual([]);
    expect(await rulesOf('FROM a\n# check=skip=JSONArgsRecommended\nCMD x\n')).toEqual([]);
    await expect(rulesOf(text, { check: 'error=true' })).rejects.toThrow(
      'lint violation found for rules: JSONArgsRecommended, LegacyKeyValueFormat',
    );
    expect(await rulesOf('# what it is\nFROM a AS one\n', { check: 'experimental=all' })).toEqual(['InvalidDefinitionDescription:2']);
  });
});
