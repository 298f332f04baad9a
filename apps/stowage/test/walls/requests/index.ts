import { accountPreparations } from './account-preparations.js';
import { administrationPreparations } from './administration-preparations.js';
import { jobPreparations } from './job-preparations.js';
import type { Preparations } from './prepared-request.js';
import { movePreparations } from './move-preparations.js';
import { invitationPreparations } from './invitation-preparations.js';
import { recoveryPreparations } from './recovery-preparations.js';
import { retentionPreparations } from './retention-preparations.js';
import { robotPreparations } from './robot-preparations.js';
import { secondFactorPreparations } from './second-factor-preparations.js';
import { signInProviderPreparations } from './sign-in-provider-preparations.js';
import { tenancyPreparations } from './tenancy-preparations.js';
import { trashPreparations } from './trash-preparations.js';
import { trustRulePreparations } from './trust-rule-preparations.js';

export const PREPARATIONS: Preparations = {
  ...accountPreparations,
  ...recoveryPreparations,
  ...secondFactorPreparations,
  ...signInProviderPreparations,
  ...tenancyPreparations,
  ...trustRulePreparations,
  ...invitationPreparations,
  ...movePreparations,
  ...robotPreparations,
  ...trashPreparations,
  ...retentionPreparations,
  ...administrationPreparations,
  ...jobPreparations,
};
