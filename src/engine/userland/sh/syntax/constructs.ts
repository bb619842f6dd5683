/** What reads everything that words and simple commands are not. */
export { parseCompound, readFunction } from './compound.ts';
export { readBackquoted, readDollar } from './dollar.ts';
export { readDocument, readRedirect } from './redirects.ts';
