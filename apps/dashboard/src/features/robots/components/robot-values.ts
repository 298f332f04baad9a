import { type CreateRobot, type Robot, robotNameSchema, type UpdateRobot } from '@stowage/contracts';
import {
  draftsOf,
  FIRST_DRAFT,
  type GrantDraft,
  grantsOf,
  validateGrants,
} from '../../../components/grants/grant-drafts';

export interface RobotFormValues {
  name: string;
  description: string;
  grants: GrantDraft[];
  /** Days, "never", or "keep": as it is now. */
  expiry: string;
}

export const EXPIRIES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
] as const;

export const NEW_ROBOT: RobotFormValues = { name: '', description: '', grants: [FIRST_DRAFT], expiry: '365' };

export function valuesOf(namespace: string, { name, description, grants }: Robot): RobotFormValues {
  return { name, description, grants: draftsOf(namespace, grants), expiry: 'keep' };
}

export function toCreateRobot(namespace: string, values: RobotFormValues): CreateRobot {
  const { name, description, grants, expiry } = values;
  return {
    name: name.trim(),
    description: description.trim(),
    grants: grantsOf(namespace, grants),
    expiresInDays: daysOf(expiry),
  };
}

export function toUpdateRobot(namespace: string, { description, grants, expiry }: RobotFormValues): UpdateRobot {
  const change = { description: description.trim(), grants: grantsOf(namespace, grants) };
  return expiry === 'keep' ? change : { ...change, expiresInDays: daysOf(expiry) };
}

export function validateRobot(namespace: string, values: RobotFormValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!robotNameSchema.safeParse(values.name).success) {
    errors.name = 'Lower-case letters and digits, with single “-” or “_” between';
  }
  const grants = validateGrants(namespace, values.grants);
  if (grants) errors.grants = grants;
  return errors;
}

function daysOf(expiry: string): number | null {
  return expiry === 'never' ? null : Number(expiry);
}
