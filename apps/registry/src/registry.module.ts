import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { KeySet, RegistryTokenVerifier } from '@stowage/auth';
import { Blobs, BlobUploads, createDistribution, Manifests, Referrers } from '@stowage/distribution';
import {
  AccessTokenStore,
  BlobStore,
  CatalogStore,
  PullLog,
  RefusalLog,
  RepositoryStore,
  RobotSecretStore,
  SigningKeyStore,
  StandingStore,
  TagStore,
} from '@stowage/metadata';
import { AccessGuard } from './access/access.guard.js';
import { AccessReview } from './access/access-review.js';
import { CurrentCredentialLimits } from './access/credential-limits.js';
import { DenialLog } from './access/denial-log.js';
import { TokenAuthenticator } from './access/token-authenticator.js';
import { REGISTRY_OPTIONS, type RegistryOptions } from './registry-options.js';
import { BaseController } from './v2/base.controller.js';
import { BlobController } from './v2/blob.controller.js';
import { CatalogController } from './v2/catalog.controller.js';
import { ExtensionController, RepositoryExtensionController } from './v2/extension.controller.js';
import { ManifestController } from './v2/manifest.controller.js';
import { MountSources } from './v2/mount-sources.js';
import { PullFlush } from './v2/pull-flush.js';
import { ReferrerController } from './v2/referrer.controller.js';
import { TagController } from './v2/tag.controller.js';
import { UploadController } from './v2/upload.controller.js';

/** The composition root of the data plane. */
@Module({})
export class RegistryModule {
  static with(options: RegistryOptions): DynamicModule {
    const { logger } = options;
    const onAnomaly = (event: string, detail: object) => logger.warn(detail, event);
    const distribution = createDistribution({ ...options, onAnomaly });
    const { database } = options;
    const limits = new CurrentCredentialLimits(new AccessTokenStore(database), new RobotSecretStore(database));
    const review = new AccessReview(new StandingStore(database), limits);
    return {
      module: RegistryModule,
      // Uploads come before blobs: `blobs/uploads` is no digest.
      controllers: [
        BaseController,
        UploadController,
        BlobController,
        ManifestController,
        TagController,
        ReferrerController,
        CatalogController,
        ExtensionController,
        RepositoryExtensionController,
      ],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: REGISTRY_OPTIONS, useValue: options },
        { provide: TokenAuthenticator, useValue: createAuthenticator(options) },
        { provide: AccessReview, useValue: review },
        { provide: DenialLog, useValue: new DenialLog(new RefusalLog(options.database), logger) },
        { provide: MountSources, useValue: new MountSources(distribution.blobs, review) },
        { provide: BlobStore, useValue: distribution.blobs },
        { provide: RepositoryStore, useValue: distribution.repositories },
        { provide: CatalogStore, useValue: new CatalogStore(options.database) },
        { provide: Referrers, useValue: new Referrers(distribution) },
        { provide: TagStore, useValue: distribution.tags },
        { provide: BlobUploads, useValue: new BlobUploads(distribution) },
        { provide: Blobs, useValue: new Blobs(distribution) },
        { provide: PullLog, useValue: new PullLog(database) },
        PullFlush,
        { provide: Manifests, useValue: new Manifests(distribution) },
      ],
    };
  }
}

/** Verifies with the public keys only. */
function createAuthenticator({ database, publicUrl, service }: RegistryOptions): TokenAuthenticator {
  const store = new SigningKeyStore(database);
  const keys = new KeySet({ load: () => store.listPublic() });
  return new TokenAuthenticator(new RegistryTokenVerifier({ issuer: publicUrl.origin, service, keys }));
}
