/** Where the suites find replicas that all of them share; each starts its own Stowage when it is not set. */
export const SHARED_URL_VARIABLE = 'STOWAGE_E2E_URL';

/** Where the others ask for the URL of the one Stowage that they share. */
export const STARTER_VARIABLE = 'STOWAGE_E2E_STARTER';
