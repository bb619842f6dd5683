/** Under which name the account of a registry is kept; none stands for Docker Hub. */
export const HUB = 'https://index.docker.io/v1/';

export function serverName(server: string): string {
  const bare = server.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  return bare === '' || ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(bare) ? HUB : bare;
}
