/** Which Docker this is, and what comes with it. */
export const ENGINE_VERSION = '29.7.2';
export const CONTAINERD_COMMIT = 'aad1100';
export const RUNC_VERSION = '1.4.3';
export const RUNC_COMMIT = 'bb14dab';
