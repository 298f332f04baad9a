import { Badge } from '@mantine/core';
import type { PlatformView } from '@stowage/contracts';
import classes from './images.module.css';
import { platformName } from './platforms';

const SHOWN = 3;

export function PlatformChips({ platforms }: { readonly platforms: readonly PlatformView[] }) {
  const names = [...new Set(platforms.filter(({ os }) => os !== 'unknown').map(platformName))];
  if (names.length === 0) return <span aria-label="not named">–</span>;
  const rest = names.slice(SHOWN);
  return (
    <span className={classes.chips}>
      {names.slice(0, SHOWN).map((name) => (
        <Badge key={name} color="gray">
          {name}
        </Badge>
      ))}
      {rest.length > 0 ? (
        <Badge color="gray" title={rest.join(', ')}>
          +{rest.length}
        </Badge>
      ) : null}
    </span>
  );
}
