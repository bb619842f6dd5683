/** What `<Since>` says: from which version of Docker on something is so. */
const en = { since: (version: string) => `since Docker ${version}`, before: (version: string) => `What was so before Docker ${version}` };
const ko: typeof en = { since: (version) => `Docker ${version}부터`, before: (version) => `Docker ${version} 이전에는` };
export const sinceWords = { en, ko };
