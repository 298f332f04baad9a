import { createRobotSchema, type Robot, updateRobotSchema } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { NEW_ROBOT, toCreateRobot, toUpdateRobot, validateRobot, valuesOf } from './robot-values';

const robot: Robot = {
  name: 'ci',
  login: 'acme.ci',
  description: 'builds',
  grants: [{ repository: 'acme/team/*', actions: ['pull', 'push'] }],
  disabledAt: null,
  expiresAt: null,
  createdAt: '2026-11-21T08:00:00.000Z',
  lastUsedAt: null,
  lastUsedAddress: null,
  secrets: [],
};

describe('the form of a robot', () => {
  it('begins with what harms nobody, and only wants a name', () => {
    expect(validateRobot('acme', NEW_ROBOT)).toEqual({ name: expect.any(String) });
    const values = { ...NEW_ROBOT, name: ' ci ' };
    expect(validateRobot('acme', values)).toEqual({});
    const body = toCreateRobot('acme', values);
    expect(body).toEqual({
      name: 'ci',
      description: '',
      grants: [{ repository: 'acme/*', actions: ['pull'] }],
      expiresInDays: 365,
    });
    expect(createRobotSchema.safeParse(body).success).toBe(true);
  });

  it.each(['a.b', 'robot$ci', 'A', '-a', 'a b', ''])('refuses the name %j', (name) => {
    expect(validateRobot('acme', { ...NEW_ROBOT, name })).toHaveProperty('name');
  });

  it('shows a robot as it is, and changes its end only when somebody chooses one', () => {
    const values = valuesOf('acme', robot);
    const { description, grants } = robot;
    expect(toUpdateRobot('acme', values)).toEqual({ description, grants });
    expect(toUpdateRobot('acme', { ...values, expiry: 'never' })).toEqual({ description, grants, expiresInDays: null });
    const later = toUpdateRobot('acme', { ...values, expiry: '90' });
    expect(later).toEqual({ description, grants, expiresInDays: 90 });
    expect(updateRobotSchema.safeParse(later).success).toBe(true);
  });

  it('refuses rights that are none, and takes a robot without any', () => {
    expect(
      validateRobot('acme', { ...NEW_ROBOT, name: 'ci', grants: [{ path: 'a*', actions: ['pull'] }] }),
    ).toHaveProperty('grants');
    expect(validateRobot('acme', { ...NEW_ROBOT, name: 'ci', grants: [] })).toEqual({});
  });
});
