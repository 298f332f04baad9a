/**
 * The code of the invitation that somebody has opened. It comes behind the `#`, which no server sees, and stays in this tab
 * for as long as it takes to sign in or up.
 */
const KEY = 'stowage-invitation';

export function openedInvitation(hash: string): string | undefined {
  const code = hash.replace(/^#/, '');
  if (code !== '') sessionStorage.setItem(KEY, code);
  return code || sessionStorage.getItem(KEY) || undefined;
}

export function forgetInvitation(): void {
  sessionStorage.removeItem(KEY);
}
