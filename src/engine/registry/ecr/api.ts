/** The API of the registry's owner: repositories are made here, and passwords for `docker login`. Upstream: AWS's API of Amazon ECR. */
import { encodeBase64 } from '../../http/base64.ts';
import { type HttpRequest, type HttpResponse, header, readText } from '../../http/index.ts';
import type { LoadCode } from '../server/context.ts';
import type { memoryStorage } from '../server/memory-storage.ts';
import { ECR_ACCOUNT, ECR_USER, registryHost } from './hosts.ts';
import { signature } from './signature.ts';

/** One region's registry. */
export interface Region {
  readonly name: string;
  readonly storage: ReturnType<typeof memoryStorage>;
  /** Repositories, and when each was made (seconds since 1970). */
  readonly repositories: Map<string, number>;
  /** Passwords, and when each runs out. */
  readonly passwords: Map<string, number>;
}

export interface ApiWorld {
  readonly now: () => number;
  readonly random: { bytes(n: number): Uint8Array };
  /** Fetches the code of what is seldom asked for, while the machine stands still. */
  readonly load: LoadCode;
}

const PASSWORD_SECONDS = 12 * 3600;
const PASSWORD_BYTES = 96;
const MAX_BODY_BYTES = 64 * 1024;
const NAME = /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;

/** What the API says no with. */
class ApiError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

interface Call extends ApiWorld {
  readonly region: Region;
  readonly input: Readonly<Record<string, unknown>>;
}

const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: [['Content-Type', 'application/x-amz-json-1.1']],
  body: new TextEncoder().encode(JSON.stringify(value)),
});

export async function ecrApi(region: Region, request: HttpRequest, world: ApiWorld): Promise<HttpResponse> {
  const target = header(request.headers, 'x-amz-target') ?? '';
  const body = await readText(request, MAX_BODY_BYTES);
  try {
    checkCaller(request, { target, body });
    const operation = OPERATIONS[target.replace(/^.*\./, '')];
    if (!operation) throw new ApiError('UnknownOperationException', `unknown operation ${target}`);
    return json(200, await operation({ ...world, region, input: inputOf(body) }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return json(400, { __type: error.type, message: error.message });
  }
}

function inputOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw new ApiError('SerializationException', 'the request is not valid JSON');
}

function checkCaller(request: HttpRequest, signed: { target: string; body: string }): void {
  const [, id, given] = /Credential=([^,/]+)[^,]*, *Signature=([0-9a-f]+)/.exec(header(request.headers, 'authorization') ?? '') ?? [];
  if (id === undefined) throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (id !== ECR_USER.accessKeyId)
    throw new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (given !== signature(ECR_USER.secretAccessKey, signed))
    throw new ApiError('InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.');
}

const OPERATIONS: Readonly<Record<string, (call: Call) => unknown>> = {
  GetCallerIdentity: () => ({
    UserId: 'AIDACKCEVSQ6C2EXAMPLE',
    Account: ECR_ACCOUNT,
    Arn: `arn:aws:iam::${ECR_ACCOUNT}:user/${ECR_USER.name}`,
  }),
  GetAuthorizationToken: ({ region, now, random }) => {
    const password = encodeBase64(random.bytes(PASSWORD_BYTES));
    const expiresAt = now() + PASSWORD_SECONDS;
    region.passwords.set(password, expiresAt);
    const authorizationToken = encodeBase64(new TextEncoder().encode(`AWS:${password}`));
    return { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint: `https://${registryHost(region.name)}` }] };
  },
  CreateRepository: ({ region, input, now }) => {
    const name = nameIn(input);
    if (region.repositories.has(name))
      throw new ApiError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${name}' already exists in the registry with id '${ECR_ACCOUNT}'`,
      );
    region.repositories.set(name, now());
    return { repository: repository(region, name) };
  },
  DescribeRepositories: ({ region, input }) => {
    const wanted = Array.isArray(input.repositoryNames) ? input.repositoryNames.map(String) : [...region.repositories.keys()].sort();
    for (const name of wanted) checkThere(region, name);
    return { repositories: wanted.map((name) => repository(region, name)) };
  },
  ListImages: async ({ region, input }) => {
    const name = nameIn(input);
    checkThere(region, name);
    const tags = (await region.storage.tags(name)) ?? [];
    const imageIds: { imageDigest: string | null; imageTag: string }[] = [];
    for (const imageTag of tags) imageIds.push({ imageDigest: await region.storage.resolveTag(name, imageTag), imageTag });
    return { imageIds };
  },
  DeleteRepository: async ({ region, input }) => {
    const name = nameIn(input);
    checkThere(region, name);
    const gone = repository(region, name);
    const tags = (await region.storage.tags(name)) ?? [];
    if (tags.length > 0 && input.force !== true)
      throw new ApiError(
        'RepositoryNotEmptyException',
        `The repository with name '${name}' in registry with id '${ECR_ACCOUNT}' cannot be deleted because it still contains images`,
      );
    for (const tag of tags) await region.storage.writes.deleteTag(name, tag);
    region.repositories.delete(name);
    return { repository: gone };
  },
};

function nameIn({ repositoryName }: Readonly<Record<string, unknown>>): string {
  if (typeof repositoryName === 'string' && NAME.test(repositoryName)) return repositoryName;
  throw new ApiError(
    'InvalidParameterException',
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must be 2 to 256 lower-case letters, digits, and single separators'",
  );
}

/** In the words that `docker push` passes on. */
export const noRepository = (name: string): string =>
  `The repository with name '${name}' does not exist in the registry with id '${ECR_ACCOUNT}'`;

function checkThere({ repositories }: Region, name: string): void {
  if (!repositories.has(name)) throw new ApiError('RepositoryNotFoundException', noRepository(name));
}

const repository = ({ name: region, repositories }: Region, repositoryName: string) => ({
  repositoryArn: `arn:aws:ecr:${region}:${ECR_ACCOUNT}:repository/${repositoryName}`,
  registryId: ECR_ACCOUNT,
  repositoryName,
  repositoryUri: `${registryHost(region)}/${repositoryName}`,
  createdAt: repositories.get(repositoryName) ?? 0,
  imageTagMutability: 'MUTABLE',
  imageScanningConfiguration: { scanOnPush: false },
  encryptionConfiguration: { encryptionType: 'AES256' },
});
