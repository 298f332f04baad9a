/** Where the suites find a Stowage that is shared by all of them; each starts its own when it is not set. */
export const SHARED_URL_VARIABLE = 'STOWAGE_E2E_URL';
