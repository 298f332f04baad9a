import { anonymousActor, type Database, recordAudit, type UserRecord } from '@stowage/metadata';

/** Writes down sign-ins that failed. One row costs its sender a password check, which bounds their number. */
export class LoginAudit {
  constructor(private readonly database: Database) {}

  /** What was typed as a name is kept only when it is somebody's: people type their password into the wrong field. */
  async recordFailure(user: UserRecord | undefined, address: string): Promise<void> {
    const actor = anonymousActor(address);
    const target = user?.username ?? 'unknown user';
    await this.database.run((db) =>
      recordAudit(db, { actor, action: 'login.fail', namespaceId: null, target, detail: { at: 'token service' } }),
    );
  }
}
