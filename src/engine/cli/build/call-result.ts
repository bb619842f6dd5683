/** What `--check` and `--call` print: findings, an outline, targets. Upstream: moby/buildkit frontend/subrequests. */

import type {
  BuildError,
  BuildLint,
  BuildOutline,
  BuildRange,
  BuildSessionResult,
  BuildTargets,
  BuildWarning,
} from '../../api-types/build-session.ts';
import { encodeBase64 } from '../../http/base64.ts';
import { CliError } from '../errors.ts';
import { alignTabs } from '../formatter/tabs.ts';
import { byBytes } from '../formatter/text.ts';
import { escapeForHtml } from '../template/index.ts';
import { encodeText } from '../text.ts';
import type { Call } from './options/small-options.ts';
import { showSource } from './progress/source.ts';

export interface CallResult {
  readonly text: string;
  readonly status: number;
  /** Said after the text instead of a status alone. */
  readonly failure?: CliError;
}

/** The answer to a call, as text or as JSON. */
export function callResult(call: Call, result: BuildSessionResult, dockerfile: string): CallResult {
  const status = call.ignoresStatus ? 0 : callStatus(result);
  if (call.format === 'json') {
    const failure = result.Lint && lintFailure(result.Lint, dockerfile);
    return { text: withNewline(callDocument(result)), status, ...(failure ? { failure } : {}) };
  }
  if (result.Lint !== undefined) return { ...lintText(result.Lint, dockerfile), status };
  if (result.Outline !== undefined) return { text: outlineText(result.Outline), status };
  return { text: result.Targets === undefined ? '' : targetsText(result.Targets), status };
}

const withNewline = (text: string): string => (text === '' ? '' : `${text}\n`);

/** The status that a call ends with: 1 for a check that found something. */
export const callStatus = ({ Lint }: BuildSessionResult): 0 | 1 =>
  Lint !== undefined && (Lint.Warnings.length > 0 || Lint.Error !== undefined) ? 1 : 0;

/** The answer to a call as a JSON document; '' for a build. */
export function callDocument({ Lint, Outline, Targets }: BuildSessionResult): string {
  if (Lint !== undefined) return json(lintJson(Lint));
  if (Outline !== undefined) return json(outlineJson(Outline));
  return Targets === undefined ? '' : json(targetsJson(Targets));
}

const json = (value: unknown): string => escapeForHtml(JSON.stringify(value, null, 2));
const sourceBytes = (text: string): string => encodeBase64(encodeText(text));
/** What Go leaves out when it is empty. */
const some = (text: string | undefined): string | undefined => text || undefined;
const ranges = (list: readonly BuildRange[]) => list.map(({ Start, End }) => ({ start: { line: Start }, end: { line: End } }));
const atLine = (line: number) => ({ ranges: ranges([{ Start: line, End: line }]) });
const excerpt = (filename: string, text: string, list: readonly BuildRange[]): string =>
  showSource({ filename, text, ranges: list.map(({ Start, End }) => ({ start: Start, end: End })) });

function lintText(lint: BuildLint, dockerfile: string): Omit<CallResult, 'status'> {
  const sorted = lint.Warnings.map((warning) => warning).sort(
    (a, b) => byBytes(a.Filename, b.Filename) || (a.Ranges[0]?.Start ?? 0) - (b.Ranges[0]?.Start ?? 0),
  );
  const count = sorted.length === 1 ? '1 warning has been found!' : `${sorted.length} warnings have been found!`;
  const head = sorted.length === 0 ? '' : `Check complete, ${count}\n`;
  const body = head + sorted.map((warning) => warningText(warning, lint, dockerfile)).join('');
  const failure = lintFailure(lint, dockerfile);
  if (!failure) return { text: sorted.length === 0 ? 'Check complete, no warnings found.\n' : body };
  return { text: `${body}${sorted.length === 0 ? '' : '\n'}`, failure };
}

const lintFailure = (lint: BuildLint, dockerfile: string): CliError | undefined =>
  lint.Error && new CliError(`${lint.Error.Message}\n${errorExcerpt(lint.Error, lint, dockerfile)}`);

function warningText({ RuleName, Url, Detail, Ranges }: BuildWarning, lint: BuildLint, dockerfile: string): string {
  const url = Url === '' ? '' : ` - ${Url}`;
  return `\nWARNING: ${RuleName}${url}\n${Detail}\n${excerpt(dockerfile, lint.Source.Text, Ranges)}`;
}

const errorExcerpt = ({ Sources }: BuildError, lint: BuildLint, dockerfile: string): string =>
  Sources.map(({ Ranges }) => excerpt(dockerfile, lint.Source.Text, Ranges)).join('');

const lintJson = ({ Warnings, Source, Error: error }: BuildLint) => ({
  warnings:
    Warnings.length === 0
      ? null
      : Warnings.map(({ RuleName, Description, Url, Detail, Ranges }) => ({
          ruleName: RuleName,
          description: some(Description),
          url: some(Url),
          detail: some(Detail),
          location: { ranges: ranges(Ranges) },
        })),
  sources: [{ filename: Source.Filename, data: sourceBytes(Source.Text), language: 'Dockerfile' }],
  buildError: error === undefined ? undefined : { message: error.Message, location: { ranges: ranges(error.Sources[0]?.Ranges ?? []) } },
});

const table = (rows: readonly (readonly string[])[], padding: number): string =>
  alignTabs(`${rows.map((row) => row.join('\t')).join('\n')}\n`, { minWidth: 0, padding });

function outlineText({ Name, Description, Args, Secrets, Ssh }: BuildOutline): string {
  const target = [['TARGET:', Name === '' ? '(default)' : Name], ...(Description === '' ? [] : [['DESCRIPTION:', Description]])];
  const required = (list: BuildOutline['Secrets']) => list.map((one) => [one.Name, one.Required ? 'true' : '']);
  return [
    Name === '' && Description === '' ? '' : `${table(target, 1)}\n`,
    Args.length === 0
      ? ''
      : `${table([['BUILD ARG', 'VALUE', 'DESCRIPTION'], ...Args.map((arg) => [arg.Name, arg.Value ?? '', arg.Description])], 3)}\n`,
    Secrets.length === 0 ? '' : `${table([['SECRET', 'REQUIRED'], ...required(Secrets)], 3)}\n`,
    Ssh.length === 0 ? '' : `${table([['SSH', 'REQUIRED'], ...required(Ssh)], 3)}\n`,
  ].join('');
}

const outlineJson = ({ Name, Description, Args, Secrets, Ssh, Cache, Source }: BuildOutline) => {
  const required = (list: BuildOutline['Secrets']) =>
    list.length === 0
      ? undefined
      : list.map((one) => ({ name: one.Name, required: one.Required || undefined, location: atLine(one.Line) }));
  return {
    name: some(Name),
    description: some(Description),
    args:
      Args.length === 0
        ? undefined
        : Args.map((arg) => ({ name: arg.Name, description: some(arg.Description), value: some(arg.Value), location: atLine(arg.Line) })),
    secrets: required(Secrets),
    ssh: required(Ssh),
    cache: Cache.length === 0 ? undefined : Cache.map(({ ID, Line }) => ({ ID, location: atLine(Line) })),
    sources: [sourceBytes(Source.Text)],
  };
};

const targetsText = ({ Targets }: BuildTargets): string =>
  table(
    [
      ['TARGET', 'DESCRIPTION'],
      ...Targets.map(({ Name, Default, Description }) => [Default ? (Name === '' ? '(default)' : `${Name} (default)`) : Name, Description]),
    ],
    1,
  );

const targetsJson = ({ Targets, Source }: BuildTargets) => ({
  targets: Targets.map(({ Name, Default, Description, Base, Platform, Range }) => ({
    name: some(Name),
    default: Default || undefined,
    description: some(Description),
    base: some(Base),
    platform: some(Platform),
    location: { ranges: ranges([Range]) },
  })),
  sources: [sourceBytes(Source.Text)],
});
