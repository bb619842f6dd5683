/** The newest version of the API that is spoken here, and the oldest that is still understood. */
export const API_VERSION = '1.55';
export const MIN_API_VERSION = '1.40';
