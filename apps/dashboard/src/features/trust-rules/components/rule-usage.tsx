import { Stack, Text } from '@mantine/core';
import type { TrustRule } from '@stowage/contracts';
import { CommandBlock } from '../../../components/ui/command-block';
import { usePublicUrl, useRegistryHost } from '../../../lib/api/server-info';
import { ciSnippet } from './ci-snippet';
import { presetOf } from './presets';

/** What to put into the CI configuration, filled in for one rule. */
export function RuleUsage({ rule }: { readonly rule: TrustRule }) {
  const host = useRegistryHost();
  const publicUrl = usePublicUrl();
  const repository = (rule.grants[0]?.repository ?? '').replace(/\*$/, 'app');
  const snippet = ciSnippet(presetOf(rule.issuer).name, { host, publicUrl, audience: rule.audience, repository });
  return (
    <Stack gap="sm">
      <Text fz="sm">
        The job asks for a token with this registry as its audience and signs in with it, under any user name. No secret
        is stored anywhere. What docker keeps after that works for an hour.
      </Text>
      <CommandBlock label={snippet.label} command={snippet.text} prompt={false} />
    </Stack>
  );
}
