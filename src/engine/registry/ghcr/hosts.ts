/** GitHub's registry, and the reader's account there: the token is what its settings would have given out. */
export const GHCR_HOST = 'ghcr.io';
export const GHCR_USER = { name: 'learner', token: 'ghp_EXAMPLE0TOKEN0FOR0THE0BOOKS0READER00' } as const;
