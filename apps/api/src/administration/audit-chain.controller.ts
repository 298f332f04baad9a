import { Controller, Get, Inject, Query } from '@nestjs/common';
import {
  type AuditChain,
  type AuditVerification,
  type AuditVerificationQuery,
  auditVerificationQuerySchema,
} from '@stowage/contracts';
import { type AuditChainState, AuditVerifier } from '@stowage/metadata';
import { ForAdministrators } from './administrator.guard.js';

/** The seals over the audit log. */
@ForAdministrators()
@Controller('api/v1/admin/audit-chain')
export class AuditChainController {
  constructor(@Inject(AuditVerifier) private readonly verifier: AuditVerifier) {}

  @Get()
  async state(): Promise<AuditChain> {
    return toAuditChain(await this.verifier.state());
  }

  @Get('verification')
  async verify(
    @Query({ schema: auditVerificationQuerySchema }) { sequence, root }: AuditVerificationQuery,
  ): Promise<AuditVerification> {
    const known = sequence === undefined || root === undefined ? undefined : { sequence, root };
    const { redactedEvents, firstBreak, ...state } = await this.verifier.verify(known);
    return { ...toAuditChain(state), redactedEvents, firstBreak };
  }
}

function toAuditChain({ head, sealedEvents, openEvents }: AuditChainState): AuditChain {
  return { head: head && { ...head, sealedAt: head.sealedAt.toISOString() }, sealedEvents, openEvents };
}
