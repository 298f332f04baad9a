import type { Provider } from '@nestjs/common';
import { TrustRuleStore } from '@stowage/metadata';
import { IdTokenVerifier, IssuerKeyCache, IssuerKeySource, IssuerPolicy } from '@stowage/oidc';
import type { ApiOptions } from '../api-options.js';
import { TrustRuleTester } from './trust-rule-tester.js';

export function trustRuleProviders({ database, privateIssuers }: ApiOptions): Provider[] {
  const policy = new IssuerPolicy(privateIssuers);
  const verifier = new IdTokenVerifier(new IssuerKeyCache(new IssuerKeySource(policy)));
  return [
    { provide: TrustRuleStore, useValue: new TrustRuleStore(database) },
    { provide: IssuerPolicy, useValue: policy },
    { provide: TrustRuleTester, useValue: new TrustRuleTester({ policy, verifier }) },
  ];
}
