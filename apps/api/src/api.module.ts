import { type DynamicModule, Module } from '@nestjs/common';
import { PasswordHasher } from '@stowage/auth';
import { Mailroom } from '@stowage/mail';
import { Blobs, createDistribution, Manifests } from '@stowage/distribution';
import {
  AccountDeletion,
  AccountExport,
  AdministratorSetup,
  Database,
  ManifestListings,
  ReadOnlyModes,
  RefreshTokenStore,
  RepositoryListings,
  SessionStore,
  TagListings,
  UserStore,
} from '@stowage/metadata';
import { createPasswordCheck } from '@stowage/sign-in';
import { AccessTokenController } from './access-tokens/access-token.controller.js';
import { tokenCallerProviders } from './access/token-callers.js';
import { AccountController } from './accounts/account.controller.js';
import { Accounts } from './accounts/accounts.js';
import { AccountNameController } from './accounts/account-name.controller.js';
import { AccountEndController } from './accounts/account-end.controller.js';
import { ConfirmationController } from './accounts/confirmation.controller.js';
import { Passwords } from './accounts/passwords.js';
import { ProfileController } from './accounts/profile.controller.js';
import { RefreshTokenController } from './accounts/refresh-token.controller.js';
import { SetupController } from './accounts/setup.controller.js';
import { ADMINISTRATION_CONTROLLERS, administrationProviders } from './administration-parts.js';
import { API_OPTIONS, type ApiOptions } from './api-options.js';
import { DocumentationController } from './documentation/documentation.controller.js';
import { JOB_CONTROLLERS } from './job-parts.js';
import { createRecovery, RECOVERY_CONTROLLERS } from './recovery/recovery-parts.js';
import { requestProviders } from './request-parts.js';
import { ManifestController } from './repositories/manifest.controller.js';
import { RepositoryAccess } from './repositories/repository-access.js';
import { RepositoryController } from './repositories/repository.controller.js';
import { SECOND_FACTOR_CONTROLLERS, secondFactorParts } from './second-factors/second-factor-parts.js';
import { TagController } from './repositories/tag.controller.js';
import { createSignUp, SIGN_UP_CONTROLLERS } from './sign-up/sign-up-parts.js';
import { PROVIDER_CONTROLLERS, signInProviderProviders } from './provider-parts.js';
import { TAG_RULE_CONTROLLERS, tagRuleProviders } from './tag-rules/tag-rule-parts.js';
import { TEAM_CONTROLLERS, teamProviders } from './team-parts.js';
import { TRASH_CONTROLLERS, trashProviders } from './trash/trash-parts.js';

const CONTROLLERS = [
  AccountController,
  ConfirmationController,
  AccountEndController,
  AccountNameController,
  ...SECOND_FACTOR_CONTROLLERS,
  ProfileController,
  ...RECOVERY_CONTROLLERS,
  RefreshTokenController,
  ...SIGN_UP_CONTROLLERS,
  SetupController,
  AccessTokenController,
  ...PROVIDER_CONTROLLERS,
  ...TEAM_CONTROLLERS,
  RepositoryController,
  TagController,
  ManifestController,
  ...TRASH_CONTROLLERS,
  ...TAG_RULE_CONTROLLERS,
  ...ADMINISTRATION_CONTROLLERS,
  ...JOB_CONTROLLERS,
  DocumentationController,
];

/** The composition root of the management API. */
@Module({})
export class ApiModule {
  static async with(options: ApiOptions): Promise<DynamicModule> {
    const { database, logger } = options;
    const users = new UserStore(database);
    const hasher = new PasswordHasher();
    const { factors, passkeys, providers } = secondFactorParts(options);
    const check = createPasswordCheck(database, hasher);
    const listings = new RepositoryListings(database);
    const modes = new ReadOnlyModes(database);
    const mailroom = await Mailroom.open(database, options.publicUrl);
    const { signUpRules, addressRules, providers: signUpProviders } = createSignUp(options);
    const recovery = createRecovery(database, { mailroom, hasher, addressRules });
    const distribution = createDistribution({ ...options, onAnomaly: (event, detail) => logger.warn(detail, event) });
    return {
      module: ApiModule,
      controllers: CONTROLLERS,
      providers: [
        ...requestProviders(options),
        { provide: API_OPTIONS, useValue: options },
        ...providers,
        { provide: AccountDeletion, useValue: new AccountDeletion(database) },
        { provide: AccountExport, useValue: new AccountExport(database) },
        {
          provide: Accounts,
          useValue: new Accounts(options, {
            users,
            setup: new AdministratorSetup(database),
            passwords: hasher,
            check,
            factors,
            passkeys,
            signUpRules,
            addressRules,
            ...recovery,
          }),
        },
        { provide: UserStore, useValue: users },
        { provide: SessionStore, useValue: new SessionStore(database) },
        { provide: Passwords, useValue: new Passwords({ database, check, hasher, mailroom }) },
        { provide: Mailroom, useValue: mailroom },
        ...recovery.providers,
        ...signUpProviders,
        ...tokenCallerProviders(database),
        { provide: RefreshTokenStore, useValue: new RefreshTokenStore(database) },
        { provide: Database, useValue: database },
        ...signInProviderProviders(options, { passwords: hasher, signUpRules, addressRules }),
        ...tagRuleProviders(database),
        ...teamProviders(options, modes),
        { provide: RepositoryListings, useValue: listings },
        { provide: RepositoryAccess, useValue: new RepositoryAccess(listings, modes) },
        ...administrationProviders(options, modes),
        ...trashProviders(options),
        { provide: TagListings, useValue: new TagListings(database) },
        { provide: ManifestListings, useValue: new ManifestListings(database) },
        { provide: Manifests, useValue: new Manifests(distribution) },
        { provide: Blobs, useValue: new Blobs(distribution) },
      ],
    };
  }
}
