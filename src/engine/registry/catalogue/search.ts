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
  result('postgres', 'The PostgreSQL object-relational database sy…', 14600),
  result('ubuntu', 'Ubuntu is a Debian-based Linux operating sys…', 17600),
  result('node', 'Node.js is a JavaScript-based platform for s…', 14000),
  result('redis', 'Redis is the world’s fastest data platform f…', 13500),
  result('mysql', 'MySQL is a widely used, open-source relation…', 15900),
  result('alpine', 'A minimal Docker image based on Alpine Linux…', 11400),
  result('python', 'Python is an interpreted, interactive, objec…', 10500),
  result('debian', 'Debian is a Linux distribution of free software.', 5200),
  result('httpd', 'The Apache HTTP Server Project', 4900),
  result('registry', 'Distribution, a registry for images', 4200),
  result('gitlab/gitlab-ce', 'GitLab Community Edition docker image based …', 4100),
  result('busybox', 'Busybox base image.', 3500),
  result('hello-world', 'A container that says hello', 2500),
  result('eclipse-temurin', 'Official Images for OpenJDK binaries built b…', 630),
  result('almalinux', 'The official build of AlmaLinux OS.', 240),
  result('ferry/api', "The timetable of the book's ferry", 12),
];
