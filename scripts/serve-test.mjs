// The built site under a sub-path on a server that sets no headers: what the site's tests drive. Argument: the port.
import path from 'node:path';
import { root } from './project.mjs';
import { serve } from './serve.mjs';

await serve({ dir: path.join(root, 'dist/site-test'), base: '/drydock/', port: Number(process.argv[2]) });
