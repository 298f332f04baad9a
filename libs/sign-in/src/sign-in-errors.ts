/** The same for an unknown user, a wrong password and an account that is disabled. */
export class WrongPasswordError extends Error {
  override name = 'WrongPasswordError';

  constructor() {
    super('wrong user name or password');
  }
}

/** Too many wrong passwords from there: answer 429. Nothing is said about the password that came with it. */
export class TooManyAttemptsError extends Error {
  override name = 'TooManyAttemptsError';

  constructor(readonly retryAfterSeconds: number) {
    super(`too many wrong passwords from your network; try again in ${minutesOf(retryAfterSeconds)}`);
  }
}

function minutesOf(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
