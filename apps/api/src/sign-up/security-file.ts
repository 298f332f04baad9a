import { contactHref, type Legal } from '@stowage/contracts';
import type { RegistrySettings } from '@stowage/metadata';
import type { FastifyInstance } from 'fastify';

export const SECURITY_FILE_PATH = '/.well-known/security.txt';

/** `/.well-known/security.txt` (RFC 9116): whom to tell about a hole in this registry. 404 while nobody is named. */
export function serveSecurityFile(
  fastify: FastifyInstance,
  { settings, publicUrl }: { readonly settings: RegistrySettings; readonly publicUrl: URL },
): void {
  fastify.get(SECURITY_FILE_PATH, async (_request, reply) => {
    const { security } = (await settings.find()).legal;
    if (!security) return reply.callNotFound();
    // The charset is a demand of section 3.
    return reply.type('text/plain; charset=utf-8').send(securityFile(security, publicUrl));
  });
}

/** One field a line (section 2.2). The settings' schema lets no line break into any of them. */
export function securityFile(security: NonNullable<Legal['security']>, publicUrl: URL): string {
  const fields: [string, string][] = [
    ...security.contacts.map((contact): [string, string] => ['Contact', contactHref(contact)]),
    ['Expires', security.expiresAt],
    ['Canonical', new URL(SECURITY_FILE_PATH, publicUrl).href],
    ...(security.policy === null ? [] : [['Policy', security.policy] satisfies [string, string]]),
  ];
  return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}
