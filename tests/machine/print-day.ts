/** Prints the day as Node plays it: what a browser's is compared with. */
import { nodeHost } from '../../src/bin/host.ts';
import { playDay } from './eventful-day.ts';

process.stdout.write(JSON.stringify(await playDay(nodeHost)));
