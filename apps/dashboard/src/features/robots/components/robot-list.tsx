import { Badge } from '@mantine/core';
import type { Robot } from '@stowage/contracts';
import { IconRobot } from '@tabler/icons-react';
import { useState } from 'react';
import { GrantChips } from '../../../components/grants/grant-chips';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { RelativeTime } from '../../../components/ui/relative-time';
import { RobotActions } from './robot-actions';
import { type ChosenRobot, RobotDialogs } from './robot-dialogs';
import classes from './robots.module.css';

const COLUMNS: readonly Column<Robot>[] = [
  { header: 'Robot', primary: true, cell: (robot) => <Identity {...robot} /> },
  { header: 'May', cell: ({ grants }) => <GrantChips grants={grants} /> },
  { header: 'Last used', width: '10rem', cell: (robot) => <LastUse {...robot} /> },
  { header: 'Ends', width: '8rem', cell: ({ expiresAt }) => <End expiresAt={expiresAt} /> },
];

interface RobotListProps {
  readonly namespace: string;
  readonly robots: readonly Robot[];
  readonly repositories: readonly string[];
}

export function RobotList({ namespace, robots, repositories }: RobotListProps) {
  const [chosen, setChosen] = useState<ChosenRobot>();
  const columns: Column<Robot>[] = [
    ...COLUMNS,
    {
      header: 'Actions',
      actions: true,
      cell: (row) => <RobotActions robot={row} onChoose={(choice) => setChosen({ name: row.name, choice })} />,
    },
  ];
  return (
    <>
      <DataTable label="Robots" columns={columns} rows={robots} rowKey={({ login }) => login} />
      <RobotDialogs
        namespace={namespace}
        robots={robots}
        repositories={repositories}
        chosen={chosen}
        onClose={() => setChosen(undefined)}
      />
    </>
  );
}

function Identity({ login, description, disabledAt, expiresAt }: Robot) {
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  return (
    <span className={classes.robot} data-off={disabledAt || isOver ? '' : undefined}>
      <IconRobot size={22} aria-hidden className={classes.icon} />
      <span className={classes.names}>
        <span className={classes.name}>
          {login} {disabledAt ? <Badge color="red">Disabled</Badge> : null}
          {isOver ? <Badge color="red">Ended</Badge> : null}
        </span>
        {description ? <span className={classes.dimmed}>{description}</span> : null}
      </span>
    </span>
  );
}

function LastUse({ lastUsedAt, lastUsedAddress }: Robot) {
  if (!lastUsedAt) return <span className={classes.dimmed}>Never</span>;
  return (
    <span className={classes.names}>
      <RelativeTime value={lastUsedAt} />
      {lastUsedAddress ? <span className={classes.dimmed}>from {lastUsedAddress}</span> : null}
    </span>
  );
}

const SOON_MS = 14 * 86_400_000;

function End({ expiresAt }: { readonly expiresAt: string | null }) {
  if (!expiresAt) return <span className={classes.dimmed}>Never</span>;
  const isSoon = Date.parse(expiresAt) - Date.now() < SOON_MS;
  return (
    <span className={isSoon ? classes.soon : undefined}>
      <RelativeTime value={expiresAt} />
    </span>
  );
}
