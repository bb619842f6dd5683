/** example.com: a page to fetch, so that a request to the world outside has an answer. */
import type { Handler } from '../../http/types.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Example Domain</title></head>
<body>
<h1>Example Domain</h1>
<p>This page is here to be fetched. It lies outside of the machine, behind the router.</p>
</body>
</html>
`;
const encoder = new TextEncoder();

export const exampleSite: Handler = async ({ method, path }) => {
  const isPage = path === '/' || path === '/index.html';
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: [['Allow', 'GET, HEAD']], body: encoder.encode('') };
  const body = encoder.encode(isPage ? PAGE : '<!doctype html><title>404 - Not Found</title><h1>404 - Not Found</h1>\n');
  return { status: isPage ? 200 : 404, headers: [['Content-Type', 'text/html']], body };
};
