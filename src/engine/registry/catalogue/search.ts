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

/** What is said of an image, and its stars; an image that is not named here is found by its name alone. */
const ABOUT: Readonly<Record<string, readonly [description: string, stars: number]>> = {
  nginx: ['Official build of Nginx.', 21000],
  ubuntu: ['Ubuntu is a Debian-based Linux operating system based on free software.', 17700],
  postgres: ['The PostgreSQL object-relational database system provides reliability and data integrity.', 14600],
  redis: ['Redis is the world’s fastest data platform for caching, vector search, and NoSQL databases.', 13500],
  mysql: ['MySQL is a widely used, open-source relational database management system (RDBMS).', 15900],
  node: ['Node.js is a JavaScript-based platform for server-side and networking applications.', 14000],
  python: ['Python is an interpreted, interactive, object-oriented, open-source programming language.', 10300],
  alpine: ['A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB in size!', 11400],
  debian: ['Debian is a Linux distribution that’s composed entirely of free and open-source software.', 5200],
  httpd: ['The Apache HTTP Server Project', 4900],
  registry: ['Distribution implementation for storing and distributing of container images and artifacts', 4200],
  busybox: ['Busybox base image.', 3500],
  'hello-world': ['Hello World! (an example of minimal Dockerization)', 2500],
  'eclipse-temurin': ['Official Images for OpenJDK binaries built by Eclipse Temurin.', 650],
  almalinux: ['The official build of AlmaLinux OS.', 230],
  'gitlab/gitlab-ce': ['GitLab Community Edition docker image based on the Omnibus package', 4200],
};

/** What Docker Hub finds in the book's world: what it has. `library/nginx` is found as `nginx`. */
export function bookSearch(repositories: readonly string[]): readonly SearchResult[] {
  const found = repositories.map((repository) => {
    const name = repository.replace(/^library\//, '');
    const [description, stars] = ABOUT[name] ?? ['', 0];
    return result(name, description, stars);
  });
  return found.sort((a, b) => b.star_count - a.star_count);
}
