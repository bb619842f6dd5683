/** The reader's accounts: at the cloud where the private registry is, as `aws configure` would have left it, and a token of GitHub's registry. */
import { ECR_REGIONS, ECR_USER } from '../../registry/ecr/hosts.ts';
import { GHCR_USER } from '../../registry/ghcr/hosts.ts';
import type { StartFile } from '../types.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export const CLOUD_FILES: readonly StartFile[] = [
  { path: '/home/learner/.aws/config', bytes: encode(`[default]\nregion = ${ECR_REGIONS[0]}\n`), mode: 0o600 },
  {
    path: '/home/learner/.aws/credentials',
    bytes: encode(`[default]\naws_access_key_id = ${ECR_USER.accessKeyId}\naws_secret_access_key = ${ECR_USER.secretAccessKey}\n`),
    mode: 0o600,
  },
  { path: '/home/learner/.ghcr-token', bytes: encode(`${GHCR_USER.token}\n`), mode: 0o600 },
];
