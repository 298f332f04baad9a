import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state';
import { KeysetList } from '../../components/ui/keyset-list';
import { lazyDialog } from '../../components/ui/lazy-dialog';
import { Panel } from '../../components/ui/panel';
import { trustRulesQuery } from '../../features/trust-rules/api/trust-rules';
import { RuleList } from '../../features/trust-rules/components/rule-list';
import { TokenTester } from '../../features/trust-rules/components/token-tester';
import { itemsOf } from '../../lib/api/keyset-query';
import { usePublicUrl } from '../../lib/api/server-info';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

const CreateRuleDialog = lazyDialog(
  async () => (await import('../../features/trust-rules/components/create-rule-dialog')).CreateRuleDialog,
);

export function TrustRulesPage() {
  const { namespace } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Trust rules', namespace);
  const query = useInfiniteQuery(trustRulesQuery(namespace));
  const audience = usePublicUrl();
  const [creating, dialog] = useDisclosure(false);
  const rules = itemsOf(query.data);
  const button = (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      New trust rule
    </Button>
  );
  return (
    <div className={classes.stack}>
      <Panel flush title="Trust rules" aside={rules.length > 0 ? button : null}>
        <KeysetList
          query={query}
          rows={3}
          empty={
            <EmptyState title="CI without a secret" action={button}>
              A rule lets jobs of GitHub Actions, GitLab CI and others push with the token that their CI system gives
              them. There is nothing to store, to rotate or to leak.
            </EmptyState>
          }
        >
          {(rules) => <RuleList namespace={namespace} rules={rules} />}
        </KeysetList>
      </Panel>
      {rules.length > 0 ? (
        <Panel title="Test a token">
          <Text fz="sm" c="dimmed" mb="md">
            A job is refused and you don’t see why? Paste its token.
          </Text>
          <TokenTester key={namespace} namespace={namespace} />
        </Panel>
      ) : null}
      <CreateRuleDialog
        key={`${namespace} ${audience}`}
        opened={creating}
        namespace={namespace}
        audience={audience}
        onClose={dialog.close}
      />
    </div>
  );
}
