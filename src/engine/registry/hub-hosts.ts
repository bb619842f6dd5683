/** The hosts that Docker Hub answers under: images, tokens, searches. One handler serves them all. */
export const HUB_HOSTS = ['registry-1.docker.io', 'auth.docker.io', 'index.docker.io'] as const;
