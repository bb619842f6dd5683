/** What `docker search` finds in each world. */
import type { SearchResult } from '../server/context.ts';

const result = (name: string, description: string, star_count: number): SearchResult => ({
  name,
  description,
  star_count,
  is_official: !name.includes('/'),
  is_automated: false,
});

/** What the recordings' stand-in for Docker Hub answers. */
export const ORACLE_SEARCH: readonly SearchResult[] = [
  result('busybox', 'Busybox base image.', 3300),
  result('example/web', 'A small web server', 12),
  result('example/db', 'A small database that is a stand-in for a real one, with a description too long for a table', 3),
];

export const BOOK_SEARCH: readonly SearchResult[] = [
  result('nginx', 'Official build of Nginx.', 21000),
  result('alpine', 'A minimal Docker image based on Alpine Linux…', 11400),
  result('debian', 'Debian is a Linux distribution of free software.', 5200),
  result('httpd', 'The Apache HTTP Server Project', 4900),
  result('registry', 'Distribution, a registry for images', 4200),
  result('busybox', 'Busybox base image.', 3500),
  result('hello-world', 'A container that says hello', 2500),
];
