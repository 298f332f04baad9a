import { text } from 'node:stream/consumers';
import type { AuditRecord } from '@stowage/metadata';
import { describe, expect, it } from 'vitest';
import { auditFile, cell } from './audit-file.js';

const record: AuditRecord = {
  id: '7',
  at: new Date('2026-11-21T08:00:00Z'),
  action: 'tag.delete',
  actor: 'ada',
  actorKind: 'user',
  credentialId: null,
  address: '192.0.2.1',
  namespace: 'acme',
  target: 'acme/app:v1, "old"',
  detail: { digest: 'sha256:0' },
};

async function* both() {
  yield record;
  yield { ...record, id: '6', actor: null, target: '=HYPERLINK("http://x")' };
}

describe('an audit file', () => {
  it('as CSV has a header, one line an event, and quotes where they are needed', async () => {
    expect(await text(auditFile(both(), 'csv'))).toBe(
      'at,action,actor,actorKind,credentialId,address,namespace,target,detail\r\n' +
        '2026-11-21T08:00:00.000Z,tag.delete,ada,user,,192.0.2.1,acme,"acme/app:v1, ""old""","{""digest"":""sha256:0""}"\r\n' +
        `2026-11-21T08:00:00.000Z,tag.delete,,user,,192.0.2.1,acme,"'=HYPERLINK(""http://x"")","{""digest"":""sha256:0""}"\r\n`,
    );
  });

  it('as JSON has one object a line', async () => {
    const lines = (await text(auditFile(both(), 'json'))).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { id: '7', actor: 'ada' },
      { id: '6', actor: null },
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1'])('makes no formula of %j', (value) => {
    expect(cell(value).replace(/^"/, '')).toMatch(/^'/);
  });
});
