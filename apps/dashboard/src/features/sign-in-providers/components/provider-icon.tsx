import type { SignInProvider } from '@stowage/contracts';
import { IconBrandGithub, IconBrandGitlab, IconBrandGoogle, IconKey } from '@tabler/icons-react';

const ICONS = { github: IconBrandGithub, gitlab: IconBrandGitlab, google: IconBrandGoogle, oidc: IconKey };

export function ProviderIcon({ id, size = 18 }: { readonly id: SignInProvider['id']; readonly size?: number }) {
  const Icon = ICONS[id];
  return <Icon size={size} aria-hidden />;
}
