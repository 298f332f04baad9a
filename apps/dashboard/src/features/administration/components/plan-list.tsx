import { Badge } from '@mantine/core';
import type { Plan } from '@stowage/contracts';
import { IconDots, IconPencil, IconStar, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { type Column, DataTable } from '../../../components/ui/data-table';
import { DropdownMenu, MenuItem } from '../../../components/ui/dropdown-menu';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useChangePlan, useDeletePlan } from '../api/plans';
import administration from './administration.module.css';
import { LIMIT_LABELS, limitText, SHOWN_LIMITS } from './limit-values';
import classes from './limits.module.css';
import type { PlanModalProps } from './plan-modal';

export const PlanDialog = lazyDialog<PlanModalProps>(async () => (await import('./plan-modal')).PlanModal);

export function PlanList({ plans }: { readonly plans: readonly Plan[] }) {
  const [edited, setEdited] = useState<Plan>();
  const [isOpen, setIsOpen] = useState(false);
  const [leaving, setLeaving] = useState<Plan>();
  const edit = (plan: Plan) => {
    setEdited(plan);
    setIsOpen(true);
  };
  const columns: Column<Plan>[] = [
    { header: 'Plan', primary: true, width: '18rem', cell: (plan) => <Heading plan={plan} /> },
    { header: 'Limits', cell: (plan) => <Limits plan={plan} /> },
    {
      header: 'Namespaces',
      width: '8rem',
      align: 'end',
      cell: ({ namespaceCount }) => namespaceCount.toLocaleString(),
    },
    {
      header: 'Actions',
      actions: true,
      width: '4rem',
      cell: (plan) => <PlanActions plan={plan} onEdit={edit} onDelete={setLeaving} />,
    },
  ];
  return (
    <>
      <DataTable label="Plans" columns={columns} rows={plans} rowKey={({ name }) => name} />
      <PlanDialog opened={isOpen} plan={edited} onClose={() => setIsOpen(false)} />
      <DeletePlanDialog plan={leaving} onClose={() => setLeaving(undefined)} />
    </>
  );
}

function Heading({ plan: { name, description, isDefault } }: { readonly plan: Plan }) {
  return (
    <span className={classes.plan}>
      <span className={classes.heading}>
        <span>{name}</span>
        {isDefault ? <Badge title="New namespaces get this plan">Default</Badge> : null}
      </span>
      {description ? <span className={classes.about}>{description}</span> : null}
    </span>
  );
}

function Limits({ plan: { limits, isStorageConfigured } }: { readonly plan: Plan }) {
  return (
    <dl className={classes.limits}>
      {SHOWN_LIMITS.map((name) => (
        <div key={name}>
          <dt>{LIMIT_LABELS[name]}</dt>
          <dd>
            {limitText(name, limits[name])}
            {name === 'storageBytes' && isStorageConfigured ? ', as configured' : ''}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface PlanActionsProps {
  readonly plan: Plan;
  readonly onEdit: (plan: Plan) => void;
  readonly onDelete: (plan: Plan) => void;
}

function PlanActions({ plan, onEdit, onDelete }: PlanActionsProps) {
  const change = useChangePlan();
  const makeDefault = () =>
    change.mutate(
      { plan: plan.name, body: { isDefault: true } },
      {
        onSuccess: () => notify({ message: `New namespaces get the plan ${plan.name} from now on.` }),
        onError: (error) => notify({ color: 'red', title: 'Nothing was changed', message: messageOf(error) }),
      },
    );
  return (
    <DropdownMenu
      label={`Actions for ${plan.name}`}
      width={240}
      triggerClass={administration.more}
      trigger={<IconDots size={18} aria-hidden />}
    >
      <MenuItem icon={<IconPencil size={16} />} onClick={() => onEdit(plan)}>
        Change plan
      </MenuItem>
      {plan.isDefault ? null : (
        <MenuItem icon={<IconStar size={16} />} onClick={makeDefault}>
          Make it the default
        </MenuItem>
      )}
      {plan.isDefault || plan.namespaceCount > 0 ? null : (
        <MenuItem icon={<IconTrash size={16} />} onClick={() => onDelete(plan)}>
          Delete plan
        </MenuItem>
      )}
    </DropdownMenu>
  );
}

function DeletePlanDialog({ plan, onClose }: { readonly plan: Plan | undefined; readonly onClose: () => void }) {
  const remove = useDeletePlan();
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={plan !== undefined}
      title="Delete plan"
      action="Delete plan"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => plan && remove.mutate(plan.name, { onSuccess: close })}
      onClose={close}
    >
      No namespace is on the plan {plan?.name}. The audit log keeps what it said.
    </ConfirmDialog>
  );
}
