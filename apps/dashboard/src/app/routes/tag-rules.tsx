import type { RulesOwner } from '../../features/tag-rules/api/owner';
import { ImmutabilityPanel } from '../../features/tag-rules/components/immutability-panel';
import { RetentionPanel } from '../../features/tag-rules/components/retention-panel';
import { RetentionResults } from '../../features/tag-rules/components/retention-results';
import classes from './pages.module.css';

interface TagRulesProps {
  readonly owner: RulesOwner;
  readonly mayChange: boolean;
  /** Members of the namespace see what retention did. */
  readonly showsResults: boolean;
}

/** Which tags are immutable, which are kept, and what became of the others. */
export function TagRules({ owner, mayChange, showsResults }: TagRulesProps) {
  return (
    <div className={classes.stack}>
      <ImmutabilityPanel owner={owner} mayChange={mayChange} />
      <RetentionPanel owner={owner} mayChange={mayChange} />
      {showsResults ? <RetentionResults owner={owner} /> : null}
    </div>
  );
}
