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
  nginx: ['The web server Nginx', 21000],
  ubuntu: ['Ubuntu, a Linux distribution', 17700],
  mysql: ['The MySQL database server', 15900],
  postgres: ['The PostgreSQL database server', 14600],
  node: ['The JavaScript runtime Node.js', 14000],
  redis: ['The in-memory data store Redis', 13500],
  alpine: ['Alpine, a Linux distribution of a few megabytes', 11400],
  python: ['The programming language Python', 10300],
  debian: ['Debian, a Linux distribution', 5200],
  golang: ['Go programming language, an open source language', 5000],
  httpd: ['The web server of the Apache project', 4900],
  registry: ['A registry of images, as a container', 4200],
  'gitlab/gitlab-ce': ['GitLab, the community edition, all in one', 4200],
  busybox: ['The small tools of a Unix in one program', 3500],
  'hello-world': ['A container that says hello', 2500],
  'eclipse-temurin': ['Java runtimes and kits of Eclipse Temurin', 650],
  'docker/dockerfile': ['The frontend of BuildKit that understands Dockerfiles', 150],
  almalinux: ['AlmaLinux, a Linux distribution', 230],
  'ferry/api': ['The timetable of the ferry in this book', 12],
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
