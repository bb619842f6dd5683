/** A company's own registry at Amazon: an account, and the regions in which it has one. */
export const ECR_ACCOUNT = '123456789012';
export const ECR_REGIONS = ['us-east-1', 'ap-northeast-2'] as const;

export const registryHost = (region: string): string => `${ECR_ACCOUNT}.dkr.ecr.${region}.amazonaws.com`;
export const apiHost = (region: string): string => `api.ecr.${region}.amazonaws.com`;
export const identityHost = (region: string): string => `sts.${region}.amazonaws.com`;

/** Every name that its servers answer under. */
export const ECR_HOSTS: readonly string[] = ECR_REGIONS.flatMap((region) => [registryHost(region), apiHost(region), identityHost(region)]);

/** The account's user, as its documentation's examples have it. */
export const ECR_USER = {
  name: 'learner',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;
