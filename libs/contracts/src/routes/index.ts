import { accessTokenRoutes } from './access-token-routes.js';
import { accountEndRoutes } from './account-end-routes.js';
import { accountNameRoutes } from './account-name-routes.js';
import { accountRoutes, sessionRoutes } from './account-routes.js';
import { administrationRoutes } from './administration-routes.js';
import { collectionRoutes } from './collection-routes.js';
import { documentationRoutes } from './documentation-routes.js';
import { grantRoutes } from './grant-routes.js';
import { immutabilityRoutes } from './immutability-routes.js';
import { invitationRoutes } from './invitation-routes.js';
import { moveRoutes } from './move-routes.js';
import { managedTrashRoutes } from './managed-trash-routes.js';
import { jobAdministrationRoutes, jobRoutes } from './job-routes.js';
import { memberRoutes, namespaceRoutes } from './namespace-routes.js';
import { readOnlyRoutes } from './read-only-routes.js';
import { recoveryAdministrationRoutes, recoveryRoutes } from './recovery-routes.js';
import { repositoryRoutes } from './repository-routes.js';
import { secondFactorRoutes } from './second-factor-routes.js';
import { retentionRoutes } from './retention-routes.js';
import { robotRoutes } from './robot-routes.js';
import type { Route, RouteArea } from './route.js';
import { signUpRoutes } from './sign-up-routes.js';
import { signInProviderRoutes } from './sign-in-provider-routes.js';
import { tagHistoryRoutes, trashRoutes } from './trash-routes.js';
import { trustRuleRoutes } from './trust-rule-routes.js';

/** Every route of the management API, in the order in which people read about them. */
export const API_AREAS: readonly RouteArea[] = [
  { name: 'Sessions', about: 'Coming in and going out', routes: sessionRoutes },
  { name: 'Account', about: 'The own account', routes: accountRoutes },
  { name: 'Names of an account', about: 'What somebody is called, and becomes', routes: accountNameRoutes },
  { name: 'Second factors', about: 'What a sign-in asks for besides the password', routes: secondFactorRoutes },
  { name: 'Sign-in providers', about: 'Sign-in by services such as GitHub', routes: signInProviderRoutes },
  { name: 'Recovery', about: 'E-mail addresses, and the way back into an account', routes: recoveryRoutes },
  { name: 'End of an account', about: 'Taking everything along, and going', routes: accountEndRoutes },
  { name: 'Access tokens', about: 'Credentials for programs', routes: accessTokenRoutes },
  { name: 'Namespaces', about: 'Where repositories live', routes: namespaceRoutes },
  { name: 'Members', about: 'Who is in a namespace, and as what', routes: memberRoutes },
  { name: 'Grants', about: 'Rights on single repositories, besides roles', routes: grantRoutes },
  { name: 'Invitations', about: 'Who is asked to join a namespace', routes: invitationRoutes },
  { name: 'Robots', about: 'Accounts of a namespace for machines', routes: robotRoutes },
  { name: 'Trust rules', about: 'CI jobs that sign in without a secret', routes: trustRuleRoutes },
  { name: 'Moves', about: 'New names of namespaces, and repositories that change hands', routes: moveRoutes },
  { name: 'Repositories', about: 'Repositories, their tags and their images', routes: repositoryRoutes },
  { name: 'Tag history', about: 'What tags were before, and the way back', routes: tagHistoryRoutes },
  { name: 'Trash', about: 'Deleting, and undoing it', routes: trashRoutes },
  { name: 'Immutable tags', about: 'Tags that may be pushed once', routes: immutabilityRoutes },
  { name: 'Retention', about: 'Tags that go by themselves', routes: retentionRoutes },
  { name: 'Jobs', about: 'Work in the background, in a namespace', routes: jobRoutes },
  { name: 'Administration', about: 'The whole registry, for its administrators', routes: administrationRoutes },
  { name: 'Trash of any namespace', about: 'Help for those who deleted too much', routes: managedTrashRoutes },
  { name: 'Garbage collection', about: 'What nothing needs any more, and how it goes', routes: collectionRoutes },
  { name: 'Jobs of the registry', about: 'Work in the background, of everybody', routes: jobAdministrationRoutes },
  { name: 'Read-only mode', about: 'Content that may be read and not changed', routes: readOnlyRoutes },
  { name: 'Sign-up', about: 'Who may make an account', routes: signUpRoutes },
  { name: 'Links', about: 'Links for people whom a letter does not reach', routes: recoveryAdministrationRoutes },
  { name: 'Documentation', about: 'This document', routes: documentationRoutes },
];

export interface NamedRoute extends Route {
  readonly operation: string;
  readonly area: string;
}

export const API_ROUTES: readonly NamedRoute[] = API_AREAS.flatMap(({ name, routes }) =>
  Object.entries(routes).map(([operation, route]) => ({ ...route, operation, area: name })),
);
