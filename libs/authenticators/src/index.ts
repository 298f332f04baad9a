export * from './recovery-codes.js';
export * from './totp.js';
export {
  type NewPasskey,
  type PasskeyOwner,
  type PasskeyProof,
  PasskeyRefusedError,
  Passkeys,
  type PasskeyUse,
  type StoredPasskey,
} from './passkeys.js';
