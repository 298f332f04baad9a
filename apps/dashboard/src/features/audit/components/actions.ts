import { formatBytes } from '../../../lib/format-bytes';

/** The groups that the list can be narrowed to: the first word of the actions. */
export const ACTION_GROUPS = [
  { value: '', label: 'Everything' },
  { value: 'tag', label: 'Tags' },
  { value: 'manifest', label: 'Manifests' },
  { value: 'blob', label: 'Blobs' },
  { value: 'repository', label: 'Repositories' },
  { value: 'immutability', label: 'Immutable tags' },
  { value: 'retention', label: 'Retention' },
  { value: 'member', label: 'Members' },
  { value: 'grant', label: 'Rights' },
  { value: 'invitation', label: 'Invitations' },
  { value: 'transfer', label: 'Transfers' },
  { value: 'namespace', label: 'Namespaces' },
  { value: 'plan', label: 'Plans' },
  { value: 'robot', label: 'Robots' },
  { value: 'usage', label: 'Usage' },
  { value: 'trust-rule', label: 'Trust rules' },
  { value: 'access-token', label: 'Access tokens' },
  { value: 'link', label: 'Pending links' },
  { value: 'job', label: 'Jobs' },
  { value: 'login', label: 'Sign-ins' },
  { value: 'refresh-token', label: 'Clients that stay signed in' },
  { value: 'denial', label: 'Refused pulls and pushes' },
  { value: 'session', label: 'Sessions' },
  { value: 'identity', label: 'Linked accounts' },
  { value: 'passkey', label: 'Passkeys' },
  { value: 'totp', label: 'Authenticator apps' },
  { value: 'recovery-code', label: 'Recovery codes' },
  { value: 'user', label: 'Users' },
  { value: 'read-only', label: 'Read-only mode' },
  { value: 'scheduled-job', label: 'Scheduled jobs' },
  { value: 'signing-key', label: 'Signing keys' },
  { value: 'collection', label: 'Garbage collection' },
  { value: 'storage', label: 'Storage' },
] as const;

const PHRASES: Readonly<Record<string, string>> = {
  'access-token.create': 'Created the access token',
  'access-token.delete': 'Revoked the access token',
  'blob.collect': 'Collected the unused blob',
  'blob.delete': 'Deleted the blob',
  'blob.mount': 'Mounted the blob',
  'blob.push': 'Pushed the blob',
  'denial.delete': 'Was refused to delete in',
  'denial.pull': 'Was refused to pull from',
  'denial.push': 'Was refused to push to',
  'grant.put': 'Set the rights of',
  'retention.update': 'Changed which tags are kept in',
  'immutability.update': 'Changed which tags are immutable in',
  'invitation.accept': 'Accepted the invitation as',
  'invitation.create': 'Made the invitation',
  'invitation.delete': 'Took back the invitation',
  'invitation.renew': 'Made a new link of the invitation',
  'link.reveal': 'Looked at the pending link of',
  'identity.link': 'Linked another sign-in with',
  'identity.unlink': 'Unlinked another sign-in from',
  'job.cancel': 'Cancelled the job on',
  'job.dismiss': 'Dismissed the failure of the job on',
  'job.pause': 'Paused the job on',
  'job.resume': 'Resumed the job on',
  'job.retry': 'Tried the job again on',
  'login.fail': 'Failed to sign in as',
  'manifest.collect': 'Collected the unused manifest',
  'manifest.delete': 'Deleted the manifest',
  'manifest.push': 'Pushed the manifest',
  'manifest.purge': 'Purged the manifest',
  'manifest.restore': 'Restored the manifest',
  'member.delete': 'Removed the member',
  'member.put': 'Set the role of the member',
  'namespace.delete': 'Deleted the namespace',
  'namespace.purge': 'Purged the namespace',
  'namespace.restore': 'Restored the namespace',
  'namespace.create': 'Created the namespace',
  'alias.delete': 'Gave up the old name',
  'namespace.convert': 'Made an organisation of',
  'namespace.rename': 'Renamed the namespace to',
  'transfer.accept': 'Took over the repository',
  'transfer.cancel': 'Took back the offer of',
  'transfer.decline': 'Declined the offer of',
  'transfer.request': 'Offered the repository',
  'namespace.take-over': 'Took over, for a new owner,',
  'namespace.quota': 'Changed the limits of',
  'collection.pause': 'Paused',
  'collection.resume': 'Let go on',
  'collection.start': 'Started',
  'storage.check': 'Started a check of the',
  'blob.lose': 'Lost the bytes of the blob',
  'blob.find': 'Found the bytes again of the blob',
  'namespace.update': 'Changed the namespace',
  'passkey.create': 'Added a passkey for',
  'passkey.delete': 'Removed a passkey of',
  'passkey.rename': 'Renamed a passkey of',
  'plan.create': 'Made the plan',
  'plan.delete': 'Deleted the plan',
  'plan.update': 'Changed the plan',
  'recovery-code.replace': 'Replaced the recovery codes of',
  'recovery-code.use': 'Used a recovery code of',
  'refresh-token.create': 'Signed in to stay with the client',
  'refresh-token.delete': 'Signed out the client',
  'repository.bulk-delete': 'Began to delete by a filter in',
  'trash.restore-run': 'Began to restore all that one run has deleted:',
  'repository.delete': 'Deleted the repository',
  'repository.purge': 'Purged the repository',
  'repository.restore': 'Restored the repository',
  'read-only.begin': 'Made read-only:',
  'read-only.change': 'Changed the message of what is read-only:',
  'read-only.end': 'Let content be changed again:',
  'repository.create': 'Created the repository',
  'repository.update': 'Changed the repository',
  'robot.create': 'Created the robot',
  'robot.delete': 'Deleted the robot',
  'robot.disable': 'Disabled the robot',
  'robot.enable': 'Enabled the robot',
  'robot.secret-create': 'Made a new secret for the robot',
  'robot.secret-delete': 'Took back a secret of the robot',
  'robot.update': 'Changed the robot',
  'scheduled-job.pause': 'Paused the scheduled job',
  'scheduled-job.resume': 'Resumed the scheduled job',
  'scheduled-job.run': 'Let run at once the scheduled job',
  'session.confirm': 'Confirmed the sign-in of',
  'session.end': 'Signed out',
  'setting.legal': 'Changed what everybody is told:',
  'setting.sign-up': 'Changed who may make an account:',
  'sign-up-domain.add': 'Put domains on the list of those that are',
  'sign-up-domain.delete': 'Took off its list the domain',
  'sign-up-invitation.create': 'Made the invitation to sign up',
  'sign-up-invitation.renew': 'Made a new link of the invitation to sign up',
  'sign-up-invitation.delete': 'Took back the invitation to sign up',
  'signing-key.publish': 'Published the signing key',
  'signing-key.remove': 'Removed the signing key',
  'signing-key.rotate': 'Rotated to the signing key',
  'tag.purge': 'Purged the tag',
  'tag.restore': 'Restored the tag',
  'tag.delete': 'Deleted the tag',
  'totp.disable': 'Switched off the authenticator app of',
  'totp.enable': 'Set up an authenticator app for',
  'trust-rule.create': 'Made the trust rule',
  'trust-rule.delete': 'Deleted the trust rule',
  'usage.recount': 'Asked to recount the usage of',
  'usage.repair': 'Corrected the usage of',
  'user.address-cancel': 'Kept the e-mail address of',
  'user.address-request': 'Asked for a new e-mail address of',
  'user.change-address': 'Changed the e-mail address of',
  'user.act-as': 'Began to act as',
  'user.create': 'Created the account',
  'user.delete': 'Deleted the account',
  'user.demote': 'Took the administration away from',
  'user.disable': 'Disabled the account',
  'user.enable': 'Enabled the account',
  'user.password': 'Changed the password of',
  'user.rename': 'Changed the username to',
  'user.promote': 'Made administrator:',
  'user.reset-password': 'Replaced the lost password of',
  'user.reset-request': 'Asked for a new password of',
  'user.verify-address': 'Confirmed the e-mail address of',
  'user.verify-request': 'Asked to confirm the e-mail address of',
  'user.reset-factors': 'Reset the second factors of',
  'user.stop-acting': 'Stopped to act as',
};

/** What was done, to be followed by the target's name. An action that this page does not know shows as it is called. */
export function phraseOf(action: string): string {
  return PHRASES[action] ?? action;
}

/** Whether it takes something away or went wrong: shown so that the eye finds it. */
export function isGrave(action: string): boolean {
  return /^denial\.|\.(delete|secret-delete|remove|disable|demote|fail)$/.test(action);
}

/** Digests are recognised by their beginning; the whole is in the title. */
export function shortTarget(target: string): string {
  return target.replaceAll(/(sha(?:256|512):[0-9a-f]{12})[0-9a-f]+/g, '$1…');
}

/**
 * What else is known, in one line: `role: owner`, `tags: v1, v2`, and of `before` and `after` what changed: `role: reader → owner`.
 * What is not so and lists of nothing say nothing.
 */
export function detailText({ before, after, ...detail }: Readonly<Record<string, unknown>>): string {
  const rest = Object.entries(detail)
    .filter(([, value]) => value !== false && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => (value === true ? wordsOf(name) : `${wordsOf(name)}: ${textOf(name, value)}`));
  return [...changesBetween(fieldsOf(before), fieldsOf(after)), ...rest].join(' · ');
}

function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({ name, from: textOf(name, before[name]), to: textOf(name, after[name]) }))
    .filter(({ from, to }) => from !== to)
    .map(({ name, from, to }) => `${wordsOf(name)}: ${from} → ${to}`);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** `accessTokens` as `access tokens`; a flag without the verb that makes it one. */
function wordsOf(name: string): string {
  return name
    .replace(/^is(?=[A-Z])/, '')
    .replaceAll(/([A-Z])/g, ' $1')
    .trim()
    .toLowerCase();
}

function textOf(name: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((entry) => textOf(name, entry)).join(', ');
  if (/^size$|Bytes$/.test(name) && Number.isFinite(Number(value))) return formatBytes(Number(value));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
