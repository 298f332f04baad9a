/** The paths of the management API, as builders; every name is encoded. */
const encode = encodeURIComponent;
const namespace = (name: string) => `/namespaces/${encode(name)}`;
const repository = (owner: string, name: string) => `${namespace(owner)}/repositories/${encode(name)}`;

export const API_PREFIX = '/api/v1';

export const paths = {
  accounts: '/accounts',
  session: '/session',
  sessionConfirmation: '/session/confirmation',
  password: '/account/password',
  accountSessions: '/account/sessions',
  accountSession: (id: string) => `/account/sessions/${encode(id)}`,
  secondFactors: '/account/second-factors',
  totp: '/account/totp',
  totpKey: '/account/totp/key',
  totpRemoval: '/account/totp/removal',
  recoveryCodes: '/account/recovery-codes',
  setup: '/setup',
  accessTokens: '/access-tokens',
  accessToken: (id: string) => `/access-tokens/${encode(id)}`,
  namespaces: '/namespaces',
  namespace,
  members: (name: string) => `${namespace(name)}/members`,
  member: (name: string, username: string) => `${namespace(name)}/members/${encode(username)}`,
  invitations: (name: string) => `${namespace(name)}/invitations`,
  invitation: (name: string, id: string) => `${namespace(name)}/invitations/${encode(id)}`,
  invitationRenewal: (name: string, id: string) => `${namespace(name)}/invitations/${encode(id)}/renew`,
  invitationOffer: (code: string) => `/invitations/${encode(code)}`,
  invitationAcceptance: (code: string) => `/invitations/${encode(code)}/accept`,
  auditEvents: (name: string) => `${namespace(name)}/audit-events`,
  auditExport: (name: string) => `${namespace(name)}/audit-events/export`,
  usage: (name: string) => `${namespace(name)}/usage`,
  repositories: (owner: string) => `${namespace(owner)}/repositories`,
  repository,
  tags: (owner: string, name: string) => `${repository(owner, name)}/tags`,
  tag: (owner: string, name: string, tag: string) => `${repository(owner, name)}/tags/${encode(tag)}`,
  manifest: (owner: string, name: string, digest: string) => `${repository(owner, name)}/manifests/${encode(digest)}`,
  auditChain: '/admin/audit-chain',
  auditVerification: '/admin/audit-chain/verification',
  registryAuditEvents: '/admin/audit-events',
  registryAuditExport: '/admin/audit-events/export',
  managedUsers: '/admin/users',
  managedUser: (username: string) => `/admin/users/${encode(username)}`,
  signingKeys: '/admin/signing-keys',
  signingKey: (kid: string) => `/admin/signing-keys/${encode(kid)}`,
} as const;
