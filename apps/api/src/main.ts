import 'reflect-metadata';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { signingKeyTimes } from '@stowage/auth';
import {
  administratorSettings,
  apiSettings,
  gcSettings,
  trashSettings,
  issuerSettings,
  mailSettings,
  quotaSettings,
  signingKeySettings,
  signInSettings,
  signUpSettings,
  uploadSettings,
} from '@stowage/config';
import { handlerOf } from '@stowage/nest-kit';
import { createStaticSite, runApp } from '@stowage/service';
import { loadCookieSecret } from './access/cookie-secret.js';
import { prepareAdministrator } from './accounts/first-administrator.js';
import { createApiApp } from './create-api-app.js';

const DASHBOARD = path.dirname(fileURLToPath(import.meta.resolve('@stowage/dashboard/package.json')));

// The dashboard's files come with its API, so that a proxy has one place to send everything else to.
await runApp({
  name: 'api',
  sections: {
    administrator: administratorSettings,
    signUp: signUpSettings,
    signIn: signInSettings,
    api: apiSettings,
    quota: quotaSettings,
    mail: mailSettings,
    gc: gcSettings,
    trash: trashSettings,
    issuers: issuerSettings,
    signingKeys: signingKeySettings,
    uploads: uploadSettings,
  },
  start: async ({ config, database, storage, logger, publicUrl, stack }) => {
    const limitBytes = config.quota.defaultBytes;
    const setupLink = await prepareAdministrator(database, { account: config.administrator, limitBytes, publicUrl });
    if (setupLink)
      process.stdout.write(`Create the first administrator with this link; it works once:\n${setupLink.href}\n`);
    const api = await createApiApp({
      database,
      storage,
      logger,
      publicUrl,
      trustedProxies: config.proxies.trusted,
      privateIssuers: config.issuers.private,
      signInProviders: config.signIn.map((one) => ({ ...one, clientSecret: one.clientSecret.reveal() })),
      signUp: config.signUp.mode,
      limits: config.api.limits,
      corsOrigins: config.api.corsOrigins,
      sendsMail: config.mail !== undefined,
      defaultQuotaBytes: limitBytes,
      reviewDelaySeconds: config.gc.reviewDelaySeconds,
      trashRetentionSeconds: config.trash.retentionSeconds,
      signingKeyTimes: signingKeyTimes({
        periodSeconds: config.signingKeys.periodSeconds,
        uploadTtlSeconds: config.uploads.ttlSeconds,
      }),
      usagePage: (namespace) => new URL(`/n/${namespace}/usage`, publicUrl).href,
      cookieSecret: await loadCookieSecret(database),
    });
    const isHttps = publicUrl.protocol === 'https:';
    const site = await createStaticSite({ folder: path.join(DASHBOARD, 'dist'), isHttps });
    stack.add('api', () => api.close());
    stack.add('dashboard', () => site.close());
    const answer = handlerOf(api);
    return (request, response) => (request.url?.startsWith('/api/') ? answer : site.routing)(request, response);
  },
});
