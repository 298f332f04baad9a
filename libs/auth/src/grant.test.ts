import type { Grant } from '@stowage/contracts';
import { parseRepositoryName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { actionsOfGrants } from './grant.js';

const grant = (repository: string, ...actions: Grant['actions']): Grant => ({ repository, actions });

describe('actionsOfGrants', () => {
  it.each<[string, string, boolean]>([
    ['acme/app', 'acme/app', true],
    ['acme/app', 'acme/app2', false],
    ['acme/app', 'acme/app/web', false],
    ['acme/*', 'acme/app', true],
    ['acme/*', 'acme/team/app', true],
    ['acme/*', 'acmex/app', false],
    ['acme/*', 'evil/acme/app', false],
    ['acme/team/*', 'acme/team/app', true],
    ['acme/team/*', 'acme/team', false],
    ['acme/team/*', 'acme/teams/app', false],
    ['*', 'acme/app', false],
    ['/*', 'acme/app', false],
    ['acme/a*', 'acme/app', false],
    ['', 'acme/app', false],
  ])('%j on %s: %s', (repository, name, isMatch) => {
    expect(actionsOfGrants([grant(repository, 'pull')], parseRepositoryName(name))).toEqual(isMatch ? ['pull'] : []);
  });

  it('adds up the grants that match, without `api`', () => {
    const grants = [grant('acme/*', 'pull', 'api'), grant('acme/app', 'delete', 'pull'), grant('acme/web', 'push')];
    expect(actionsOfGrants(grants, parseRepositoryName('acme/app'))).toEqual(['pull', 'delete']);
  });
});
