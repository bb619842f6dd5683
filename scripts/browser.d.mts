/** The path of a Chromium that the system has, or null. */
export function findSystemBrowser(): string | null;
/** The path of a Firefox that is here, or null. */
export function findFirefox(): string | null;
