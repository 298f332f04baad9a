export type { Attempt, Door } from './attempt.js';
export { FailureLog, type FailureReason } from './failure-log.js';
export { createPasswordCheck } from './create-password-check.js';
export { PasswordCheck } from './password-check.js';
export { TooManyAttemptsError, WrongPasswordError } from './sign-in-errors.js';
