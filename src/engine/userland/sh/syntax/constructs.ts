/** What reads everything that words and simple commands are not. */
export { readAnsiQuoted } from './ansi-quote.ts';
export { parseCompound, readFunction } from './compound.ts';
export { readBackquoted, readBraces, readParenthesis } from './dollar.ts';
export { readDocument, readRedirect } from './redirects.ts';
