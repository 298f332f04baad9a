import { PRINCIPAL_KINDS } from '@stowage/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerKind, formatSubject, parseSubject } from './principal.js';

describe('the subject of a token', () => {
  it('names kind and id, and nobody by nothing', () => {
    expect(formatSubject({ kind: 'user', id: 'u1', name: 'alice' })).toBe('u1');
    expect(formatSubject({ kind: 'robot', id: 'r1', name: 'acme.ci' })).toBe('robot:r1');
    expect(formatSubject({ kind: 'rule', id: 't1', name: 'job' })).toBe('rule:t1');
    expect(formatSubject(null)).toBe('');
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRINCIPAL_KINDS), fc.uuid(), (kind, id) => {
        expect(parseSubject(formatSubject({ kind, id, name: 'x' }))).toEqual({ kind, id });
      }),
    );
  });

  it.each(['', ':', 'robot:', ':x', 'user:x', 'admin:x', 'robot:rule:x', 'Robot:x'])('is never %j', (subject) => {
    expect(parseSubject(subject)).toBeUndefined();
  });
});

describe('callerKind', () => {
  it('is the kind of the principal, or anonymous', () => {
    expect(callerKind({ kind: 'robot', id: 'r1', name: 'acme.ci' })).toBe('robot');
    expect(callerKind(null)).toBe('anonymous');
  });
});
