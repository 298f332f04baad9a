import { ProblemError } from '@stowage/nest-kit';

/**
 * The 401 of this service. docker, podman, skopeo and containerd print the message of the body and don't ask again;
 * the header is there because RFC 9110, section 15.5.2 requires one. It says the same for a wrong password, an unknown
 * user and a disabled one.
 */
export class WrongCredentialsError extends ProblemError {
  override name = 'WrongCredentialsError';

  constructor(message: string, service: string) {
    super(401, message, { headers: { 'WWW-Authenticate': `Basic realm="${service}", charset="UTF-8"` } });
  }
}
