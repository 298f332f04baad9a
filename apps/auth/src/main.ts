import 'reflect-metadata';
import { signingKeyTimes } from '@stowage/auth';
import { issuerSettings, signingKeySettings, tokenSettings, uploadSettings } from '@stowage/config';
import { handlerOf } from '@stowage/nest-kit';
import { runApp } from '@stowage/service';
import { createAuthApp } from './create-auth-app.js';

await runApp({
  name: 'auth',
  sections: {
    tokens: tokenSettings,
    issuers: issuerSettings,
    signingKeys: signingKeySettings,
    uploads: uploadSettings,
  },
  start: async ({ config, database, logger, publicUrl, stack }) => {
    const tokenTtlSeconds = config.tokens.accessTokenTtlSeconds;
    const app = await createAuthApp({
      database,
      logger,
      publicUrl,
      trustedProxies: config.proxies.trusted,
      service: publicUrl.host,
      tokenTtlSeconds,
      privateIssuers: config.issuers.private,
      signingKeyTimes: signingKeyTimes({
        periodSeconds: config.signingKeys.periodSeconds,
        uploadTtlSeconds: config.uploads.ttlSeconds,
      }),
    });
    stack.add('auth', () => app.close());
    return handlerOf(app);
  },
});
