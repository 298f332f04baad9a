import { type Legal, NO_LEGAL, publicLegalSchema, settingsSchema } from '@stowage/contracts';
import { aName } from '@stowage/metadata/testing';
import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import { openApi, ORIGIN, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const SETTINGS = '/admin/settings';
const TERMS = { version: '2026-11', notice: { kind: 'text', text: 'Be kind.\n\nShip well.' } } as const;
const SECURITY = {
  contacts: ['security@example.com', 'https://example.com/report'],
  expiresAt: '2100-01-01T00:00:00.000Z',
  policy: 'https://example.com/policy',
};

describe('what everybody is told (U9)', () => {
  let administrator: SignedIn;
  beforeEach(async () => {
    await opened.database.run((db) => db.setting.deleteMany({ where: { name: 'legal' } }));
    administrator = await signUp(opened);
    await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
  });

  const put = (legal: Partial<Legal>, headers: Record<string, string> = {}) =>
    opened.ask(`PUT ${SETTINGS}`, {
      cookie: administrator.cookie,
      body: { legal: { ...NO_LEGAL, ...legal } },
      headers,
    });
  const join = (acceptedTerms?: string) => {
    const username = aName('u');
    const body = { username, email: `${username}@example.com`, password: PASSWORD };
    return opened.ask('POST /accounts', { body: acceptedTerms === undefined ? body : { ...body, acceptedTerms } });
  };
  const securityFile = () =>
    (opened.app.getHttpAdapter().getInstance() as unknown as FastifyInstance).inject('/.well-known/security.txt');

  it('is nothing until an administrator says it, then is there for everybody at once, with one audit row', async () => {
    expect((await opened.ask('GET /setup')).json['legal']).toEqual({
      terms: null,
      privacy: null,
      abuse: null,
      status: null,
    });
    const legal = {
      terms: TERMS,
      privacy: { kind: 'link', url: 'https://example.com/privacy' },
      abuseContact: 'abuse@example.com',
      statusPage: 'https://status.example.com/',
    } as const;
    expect(settingsSchema.parse((await put(legal)).json).legal).toEqual({ ...NO_LEGAL, ...legal });
    await put(legal);
    expect(publicLegalSchema.parse((await opened.ask('GET /legal')).json)).toEqual(legal);
    expect((await opened.ask('GET /setup')).json['legal']).toEqual({
      terms: { version: '2026-11', href: '/legal/terms' },
      privacy: 'https://example.com/privacy',
      abuse: 'mailto:abuse@example.com',
      status: 'https://status.example.com/',
    });
    const actorId = administrator.id;
    const rows = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { actorId, action: 'setting.legal' } }),
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      {
        before: expect.objectContaining({ terms: null, abuseContact: null }),
        after: expect.objectContaining({
          terms: expect.stringMatching(/^2026-11: a text of 20 characters \([0-9a-f]{12}\)$/),
          abuseContact: 'abuse@example.com',
        }),
      },
    ]);
  });

  it('has a file of security contacts (RFC 9116), and none while nobody is named', async () => {
    expect((await securityFile()).statusCode).toBe(404);
    await put({ security: SECURITY });
    const file = await securityFile();
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(file.body).toBe(
      [
        'Contact: mailto:security@example.com',
        'Contact: https://example.com/report',
        'Expires: 2100-01-01T00:00:00.000Z',
        `Canonical: ${ORIGIN}/.well-known/security.txt`,
        'Policy: https://example.com/policy',
        '',
      ].join('\n'),
    );
    // Whom to tell about a hole stands in the file alone.
    expect((await opened.ask('GET /legal')).text).not.toContain('security');
  });

  it.each([
    ['a contact of two lines', { security: { ...SECURITY, contacts: ['https://example.com/a\nExpires: never'] } }],
    ['a contact that is neither address nor page', { abuseContact: 'javascript:alert(1)' }],
    ['a page that is a script', { statusPage: 'javascript:alert(1)' }],
    ['terms without a version', { terms: { ...TERMS, version: ' ' } }],
    ['a time that is over', { security: { ...SECURITY, expiresAt: '2020-01-01T00:00:00.000Z' } }],
    ['nobody to write to', { security: { ...SECURITY, contacts: [] } }],
  ] as [string, Partial<Legal>][])('refuses %s', async (_what, legal) => {
    expect((await put(legal)).status).toBe(400);
    expect((await opened.ask('GET /legal')).json).toMatchObject({ terms: null, abuseContact: null, statusPage: null });
  });

  it('is accepted by whoever signs up, in the version that counts, and that is kept', async () => {
    await put({ terms: TERMS });
    const refused = await join();
    expect([refused.status, refused.json['errors']]).toEqual([
      400,
      [{ field: 'acceptedTerms', message: 'accept the terms of service (version 2026-11)' }],
    ]);
    expect((await join('2025-01')).text).toContain('read and accept version 2026-11');
    const joined = await join('2026-11');
    expect(joined.status).toBe(201);
    const { id } = joined.json['user'] as { id: string };
    const kept = await opened.database.run((db) => db.termsAcceptance.findMany({ where: { userId: id } }));
    expect(kept).toMatchObject([{ version: '2026-11', acceptedAt: expect.any(Date) }]);
    const file = await opened.ask('GET /account/export', { cookie: joined.cookie });
    expect(file.text).toContain('"acceptedTerms"');
    expect(file.text).toContain('2026-11');
  });

  it('gives changed terms another version: what was accepted stays known by its name', async () => {
    await put({ terms: TERMS });
    const changed = { ...TERMS, notice: { kind: 'text', text: 'Be kinder.' } } as const;
    expect((await put({ terms: changed })).json['errors']).toEqual([
      expect.objectContaining({ field: 'legal.terms.version' }),
    ]);
    expect((await put({ terms: { ...changed, version: '2026-12' } })).status).toBe(200);
  });

  it('is not overwritten by somebody who saw it as it was before (If-Match)', async () => {
    const seen = await opened.ask(`GET ${SETTINGS}`, { cookie: administrator.cookie });
    const etag = String(seen.headers['etag']);
    expect((await put({ abuseContact: 'first@example.com' }, { 'if-match': etag })).status).toBe(200);
    const late = await put({ abuseContact: 'second@example.com' }, { 'if-match': etag });
    expect([late.status, late.text]).toEqual([412, expect.stringContaining('Somebody else has changed')]);
    expect((await opened.ask('GET /legal')).json['abuseContact']).toBe('first@example.com');
    const now = await opened.ask(`GET ${SETTINGS}`, { cookie: administrator.cookie });
    expect(
      (await put({ abuseContact: 'second@example.com' }, { 'if-match': `"x", ${String(now.headers['etag'])}` })).status,
    ).toBe(200);
  });
});
