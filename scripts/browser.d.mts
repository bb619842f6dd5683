/** The path of a Firefox that is here, or null. */
export function findFirefox(): string | null;
