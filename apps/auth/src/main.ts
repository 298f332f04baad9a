import 'reflect-metadata';
import { tokenSettings } from '@stowage/config';
import { handlerOf } from '@stowage/nest-kit';
import { runApp } from '@stowage/service';
import { createAuthApp } from './create-auth-app.js';

await runApp({
  name: 'auth',
  sections: { tokens: tokenSettings },
  start: async ({ config, database, logger, publicUrl, stack }) => {
    const tokenTtlSeconds = config.tokens.accessTokenTtlSeconds;
    const app = await createAuthApp({ database, logger, publicUrl, service: publicUrl.host, tokenTtlSeconds });
    stack.add('auth', () => app.close());
    return handlerOf(app);
  },
});
