import { beforeEach, describe, expect, it } from 'vitest';
import { PasskeyRefusedError, Passkeys, type StoredPasskey } from './passkeys.js';
import { SoftAuthenticator } from './testing/soft-authenticator.js';

const origin = 'https://registry.example';
const passkeys = new Passkeys({ publicUrl: new URL(origin), secret: 'x'.repeat(48) });
const ada = { id: '7b0f3c52-8f0e-4d8e-9c4e-0d9a4f2b1c11', username: 'ada' };
const bob = { id: '0d9a4f2b-1c11-4d8e-9c4e-7b0f3c528f0e', username: 'bob' };

describe('a passkey', () => {
  let device: SoftAuthenticator;
  let passkey: StoredPasskey;

  const register = async (answer: { origin?: string; verifies?: boolean } = {}) =>
    passkeys.register(ada, device.create(await passkeys.registrationOptions(ada, []), { origin, ...answer }));

  beforeEach(async () => {
    device = new SoftAuthenticator();
    passkey = await register();
  });

  it('is made for one person on one site', async () => {
    const options = await passkeys.registrationOptions(ada, [passkey]);
    expect(options).toMatchObject({
      rp: { id: 'registry.example', name: 'Stowage' },
      user: { name: 'ada', id: Buffer.from(ada.id.replaceAll('-', ''), 'hex').toString('base64url') },
      excludeCredentials: [{ id: device.credentialId, transports: ['usb'] }],
    });
    expect(passkey).toMatchObject({ credentialId: device.credentialId, counter: 0, transports: ['usb'] });
    await expect(passkeys.register(bob, device.create(options, { origin }))).rejects.toThrow(PasskeyRefusedError);
    const foreign = { origin: 'https://registry.example.evil.test' };
    await expect(register(foreign)).rejects.toThrow(PasskeyRefusedError);
  });

  it('signs in alone when its device has checked who holds it', async () => {
    const options = await passkeys.signInOptions();
    expect(options).toMatchObject({ rpId: 'registry.example', userVerification: 'required' });
    expect(options.allowCredentials).toBeUndefined();
    const proof = await passkeys.verify(
      { passkey, owner: ada },
      device.get(options, { origin }),
      'in place of the password',
    );
    expect(proof.challenge).toBe(options.challenge);
    expect(proof.counter).toBe(1);
    const seconds = (proof.spentUntil.getTime() - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(301);
  });

  it('stands beside the password also on a device that checks nobody', async () => {
    const options = await passkeys.signInOptions(ada, [passkey]);
    expect(options.allowCredentials).toMatchObject([{ id: device.credentialId }]);
    const answer = device.get(options, { origin, verifies: false });
    expect(await passkeys.verify({ passkey, owner: ada }, answer, 'besides the password')).toMatchObject({
      challenge: options.challenge,
    });
  });

  it.each<[string, (challenge: string) => ReturnType<SoftAuthenticator['get']>]>([
    ['from another site', (challenge) => device.get({ challenge }, { origin: 'https://evil.test' })],
    ['from a page of another port', (challenge) => device.get({ challenge }, { origin: `${origin}:8443` })],
    ['that was not checked', (challenge) => device.get({ challenge }, { origin, verifies: false })],
    ['of somebody else', (challenge) => device.get({ challenge }, { origin, userHandle: 'AQIDBA' })],
    ['to a challenge of its own', () => device.get({ challenge: 'AQIDBA' }, { origin })],
    ['of another key', (challenge) => new SoftAuthenticator().get({ challenge }, { origin })],
  ])('refuses an answer %s', async (_, answer) => {
    const { challenge } = await passkeys.signInOptions();
    await expect(
      passkeys.verify({ passkey, owner: ada }, answer(challenge), 'in place of the password'),
    ).rejects.toThrow(PasskeyRefusedError);
  });

  it('refuses a challenge that was for something else, and a counter that went back', async () => {
    const besides = await passkeys.signInOptions(ada, [passkey]);
    await expect(
      passkeys.verify({ passkey, owner: ada }, device.get(besides, { origin }), 'in place of the password'),
    ).rejects.toThrow(PasskeyRefusedError);
    const answer = device.get(await passkeys.signInOptions(), { origin });
    const cloned = { ...passkey, counter: 9 };
    await expect(passkeys.verify({ passkey: cloned, owner: ada }, answer, 'in place of the password')).rejects.toThrow(
      PasskeyRefusedError,
    );
  });

  it.each(['', 'AAAA', Buffer.from('{}').toString('base64url'), Buffer.from('null').toString('base64url')])(
    'refuses the client data %j',
    async (clientDataJSON) => {
      const answer = device.get(await passkeys.signInOptions(), { origin });
      const broken = { ...answer, response: { ...answer.response, clientDataJSON } };
      await expect(passkeys.verify({ passkey, owner: ada }, broken, 'in place of the password')).rejects.toThrow(
        PasskeyRefusedError,
      );
    },
  );
});
