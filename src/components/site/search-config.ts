/** What the search's window is given: it takes the place of Starlight's own settings, which cannot hold a function. */
import { searchQuery } from './korean-search.ts';

export const pagefindUserConfig = { processTerm: searchQuery };
