/** `aws`, as far as a registry at Amazon needs it: `ecr` and `sts get-caller-identity`, by the account in ~/.aws or the environment. */
import { readBase64 } from '../../http/base64.ts';
import { request } from '../../http/client.ts';
import { readText } from '../../http/responses.ts';
import { startTls, TlsError } from '../../http/tls.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Program, Sys } from '../../kernel/sys.ts';
import { digestOf, hexOf } from '../../oci/digest.ts';
import { duplexOf } from '../duplex.ts';
import { decode, encode, say } from '../program-io.ts';
import { resolve } from './resolve.ts';
import { openStream } from './streams.ts';

const VERSION = 'aws-cli/2.31.0 Python/3.13.7 Linux/6.12.0 exe/x86_64.debian.13';
const USAGE = `
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help

`;
const STATUS = { usage: 252, configuration: 253, service: 254, client: 255 } as const;
const MAX_BYTES = 1 << 20;

class Failure extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Given {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

const FLAGS = new Set(['force', 'no-cli-pager']);

function parse(args: readonly string[]): Given {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const [, name = '', inline] = /^--([a-z-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (name === '') words.push(arg);
    else if (FLAGS.has(name) || name === 'version') options.set(name, 'true');
    else options.set(name, inline ?? args[++i] ?? '');
  }
  return { words, options };
}

/** `key = value` lines of a section of ~/.aws/NAME. */
function settingsIn(sys: Sys, name: string): ReadonlyMap<string, string> {
  const path = `${sys.env.get('HOME') ?? ''}/.aws/${name}`;
  if (!sys.path.access(path, { read: true })) return new Map();
  const entries = decode(sys.path.readFile(path)).matchAll(/^\s*([a-z_]+)\s*=\s*(.*?)\s*$/gm);
  return new Map([...entries].map(([, key = '', value = '']) => [key, value]));
}

interface Account {
  readonly region: string;
  readonly id: string;
  readonly secret: string;
}

function accountOf(sys: Sys, { options }: Given): Account {
  const [config, keys] = [settingsIn(sys, 'config'), settingsIn(sys, 'credentials')];
  const region = options.get('region') ?? sys.env.get('AWS_REGION') ?? sys.env.get('AWS_DEFAULT_REGION') ?? config.get('region');
  const id = sys.env.get('AWS_ACCESS_KEY_ID') ?? keys.get('aws_access_key_id');
  const secret = sys.env.get('AWS_SECRET_ACCESS_KEY') ?? keys.get('aws_secret_access_key');
  if (region === undefined)
    throw new Failure(STATUS.configuration, 'You must specify a region. You can also configure your region by running "aws configure".');
  if (id === undefined || secret === undefined)
    throw new Failure(STATUS.configuration, 'Unable to locate credentials. You can configure credentials by running "aws configure".');
  return { region, id, secret };
}

interface ServiceCall {
  readonly host: string;
  readonly target: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

async function call(
  sys: Sys,
  { id, secret }: Account,
  { host, target, operation, input }: ServiceCall,
): Promise<Readonly<Record<string, unknown>>> {
  const body = JSON.stringify(input);
  const signature = hexOf(digestOf(encode(`${secret}\n${target}\n${body}`)));
  const text = await post(sys, host, {
    headers: [
      ['Host', host],
      ['X-Amz-Target', target],
      ['Content-Type', 'application/x-amz-json-1.1'],
      ['Authorization', `AWS4-HMAC-SHA256 Credential=${id}, Signature=${signature}`],
      ['Connection', 'close'],
    ],
    body: encode(body),
  });
  const answer = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (typeof answer.__type === 'string')
    throw new Failure(
      STATUS.service,
      `An error occurred (${answer.__type}) when calling the ${operation} operation: ${String(answer.message)}`,
    );
  return answer;
}

type Sent = { readonly headers: readonly (readonly [string, string])[]; readonly body: Uint8Array };

async function post(sys: Sys, host: string, sent: Sent): Promise<string> {
  try {
    const addresses = await resolve(sys, host);
    if (addresses.length === 0) throw new Failure(STATUS.client, `Could not connect to the endpoint URL: "https://${host}/"`);
    const connection = duplexOf(sys, await openStream(sys, addresses, 443));
    try {
      const answer = await request(await startTls(connection, host), { method: 'POST', target: '/', ...sent });
      return await readText(answer, MAX_BYTES);
    } finally {
      connection.abort();
    }
  } catch (error) {
    if (!isErrno(error) && !(error instanceof TlsError)) throw error;
    throw new Failure(STATUS.client, `Could not connect to the endpoint URL: "https://${host}/"`);
  }
}

interface Operation {
  readonly name: string;
  /** Parameters, and the input's field that each is. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly required?: string;
}

const ECR: Readonly<Record<string, Operation>> = {
  'get-authorization-token': { name: 'GetAuthorizationToken' },
  'create-repository': { name: 'CreateRepository', parameters: { 'repository-name': 'repositoryName' }, required: 'repository-name' },
  'describe-repositories': { name: 'DescribeRepositories', parameters: { 'repository-names': 'repositoryNames' } },
  'list-images': { name: 'ListImages', parameters: { 'repository-name': 'repositoryName' }, required: 'repository-name' },
  'delete-repository': {
    name: 'DeleteRepository',
    parameters: { 'repository-name': 'repositoryName', force: 'force' },
    required: 'repository-name',
  },
};

function inputOf({ parameters = {}, required }: Operation, { options }: Given): Readonly<Record<string, unknown>> {
  if (required !== undefined && !options.has(required))
    throw new Failure(STATUS.usage, `${USAGE}aws: [ERROR]: the following arguments are required: --${required}`);
  const known = ['region', 'output', 'query', 'no-cli-pager', ...Object.keys(parameters)];
  const unknown = [...options.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Failure(STATUS.usage, `${USAGE}aws: [ERROR]: Unknown options: --${unknown}`);
  const entries = Object.entries(parameters).filter(([name]) => options.has(name));
  return Object.fromEntries(
    entries.map(([name, field]) => [
      field,
      name === 'force' ? true : field.endsWith('s') ? (options.get(name) ?? '').split(' ') : options.get(name),
    ]),
  );
}

/** `a.b[0].c` of a document; undefined where there is nothing. */
function query(value: unknown, path: string): unknown {
  let here = value;
  for (const [, name, index] of path.matchAll(/([A-Za-z]+)|\[(\d+)\]/g))
    here = typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[name ?? index ?? ''] : undefined;
  return here ?? null;
}

const TIMES = new Set(['createdAt', 'expiresAt']);

/** Times are shown as people write them. */
const shown = (value: unknown): string =>
  JSON.stringify(
    value,
    (key, part) => (TIMES.has(key) && typeof part === 'number' ? `${new Date(part * 1000).toISOString().slice(0, 19)}.000000+00:00` : part),
    4,
  );

async function run(sys: Sys, given: Given): Promise<string> {
  const [service, verb = ''] = given.words;
  if (given.options.has('version')) return VERSION;
  if (service === 'sts' && verb === 'get-caller-identity') {
    const account = accountOf(sys, given);
    return print(
      given,
      await call(sys, account, {
        host: `sts.${account.region}.amazonaws.com`,
        target: 'AWSSecurityTokenServiceV20110615.GetCallerIdentity',
        operation: 'GetCallerIdentity',
        input: {},
      }),
    );
  }
  const isLogin = verb === 'get-login-password';
  const operation = isLogin ? ECR['get-authorization-token'] : ECR[verb];
  if (service !== 'ecr' || !operation) {
    const what =
      service === undefined
        ? 'the following arguments are required: command'
        : `argument operation: Found invalid choice '${service === 'ecr' ? verb : service}'`;
    throw new Failure(
      STATUS.usage,
      `${USAGE}aws: [ERROR]: ${what}. Here there are: ecr ${['get-login-password', ...Object.keys(ECR)].join(', ')}; sts get-caller-identity`,
    );
  }
  const input = inputOf(operation, given);
  const account = accountOf(sys, given);
  const answer = await call(sys, account, {
    host: `api.ecr.${account.region}.amazonaws.com`,
    target: `AmazonEC2ContainerRegistry_V20150921.${operation.name}`,
    operation: operation.name,
    input,
  });
  return isLogin ? passwordIn(answer) : print(given, answer);
}

function passwordIn(answer: unknown): string {
  const token = query(answer, 'authorizationData[0].authorizationToken');
  const text = decode(readBase64(String(token)));
  return text.slice(text.indexOf(':') + 1);
}

function print({ options }: Given, answer: unknown): string {
  const path = options.get('query');
  const value = path === undefined ? answer : query(answer, path);
  return options.get('output') === 'text' && typeof value === 'string' ? value : shown(value);
}

export const aws: Program = async (sys) => {
  try {
    await say(sys, 1, `${await run(sys, parse(sys.argv.slice(1)))}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await say(sys, 2, `${error.message.startsWith('\n') ? '' : '\n'}${error.message}\n`);
    return error.status;
  }
};
