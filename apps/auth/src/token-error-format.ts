import type { ErrorFormat } from '@stowage/nest-kit';
import type { OciErrorCode } from '@stowage/oci';

/** RFC 6749, section 5.2, and section 4.1.2.1 for what is not the client's fault. */
type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable'
  | 'server_error';

/**
 * Two envelopes in one body: docker, podman and containerd print the message of the registry's `errors`; OAuth2 clients
 * read `error` and `error_description`.
 */
export const tokenErrorFormat: ErrorFormat = ({ status, message: reason, errors }) => {
  const message = status === 415 ? 'send the form as application/x-www-form-urlencoded' : reason;
  return {
    contentType: 'application/json',
    body: {
      error: oauthCodeOf(status, errors[0]?.field),
      error_description: message,
      errors: [{ code: ociCodeOf(status), message }],
    },
  };
};

function oauthCodeOf(status: number, field: string | undefined): OAuthErrorCode {
  if (field === 'grant_type') return 'unsupported_grant_type';
  if (status === 401) return 'invalid_grant';
  if (status === 429) return 'temporarily_unavailable';
  if (status < 500) return 'invalid_request';
  return status === 503 ? 'temporarily_unavailable' : 'server_error';
}

function ociCodeOf(status: number): OciErrorCode {
  if (status === 401) return 'UNAUTHORIZED';
  if (status === 429) return 'TOOMANYREQUESTS';
  if (status < 500) return 'UNSUPPORTED';
  return status === 503 ? 'UNAVAILABLE' : 'UNKNOWN';
}
