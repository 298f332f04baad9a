import { z } from 'zod';

/** What a letter says, before it becomes text or HTML. */
export interface LetterWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What the button of the link says; only for letters with a link. */
  readonly action?: string;
  readonly closing: string;
}

interface Template<Facts, Path extends string | null> {
  readonly facts: z.ZodType<Facts>;
  /** The page that the link opens, or null: a notice. */
  readonly linkPath: Path;
  readonly words: (facts: Facts) => LetterWords;
}

/** `write` takes facts as they come out of the database, and throws when they are not the template's. */
function template<Facts, const Path extends string | null>({ facts, linkPath, words }: Template<Facts, Path>) {
  return { facts, linkPath, write: (stored: unknown): LetterWords => words(facts.parse(stored)) };
}

const account = z.strictObject({ username: z.string() });
const NOT_YOU = 'If you did not ask for this, do nothing: without the link nothing changes.';
const NOT_ME = 'If this was not you, reset your password at once and tell an administrator of the registry.';

/** Every letter there is. A name never changes once it has shipped: letters wait in the database under it. */
export const LETTERS = {
  'verify-address': template({
    facts: account,
    linkPath: '/verify-email',
    words: ({ username }) => ({
      subject: 'Confirm your e-mail address',
      paragraphs: [`Somebody, probably you, gave this address for the account ${username}.`],
      action: 'Confirm this address',
      closing: NOT_YOU,
    }),
  }),
  'change-address': template({
    facts: account,
    linkPath: '/verify-email',
    words: ({ username }) => ({
      subject: 'Confirm your new e-mail address',
      paragraphs: [`The account ${username} is about to get this e-mail address.`],
      action: 'Use this address',
      closing: NOT_YOU,
    }),
  }),
  'address-known': template({
    facts: account,
    linkPath: null,
    words: ({ username }) => ({
      subject: 'Your e-mail address is in use already',
      paragraphs: [
        `Somebody, maybe you, gave this address for the account ${username}.`,
        'Another account here has confirmed it before, so it stays with that one. Sign in there, or choose a new password for it.',
      ],
      closing: 'If this was not you, do nothing.',
    }),
  }),
  'address-changed': template({
    facts: account.extend({ newAddress: z.string() }),
    linkPath: null,
    words: ({ username, newAddress }) => ({
      subject: 'Your e-mail address was changed',
      paragraphs: [`The account ${username} has the address ${newAddress} now. Mail does not come here any more.`],
      closing: 'If this was not you, tell an administrator of the registry at once.',
    }),
  }),
  'reset-password': template({
    facts: account,
    linkPath: '/reset-password',
    words: ({ username }) => ({
      subject: 'Choose a new password',
      paragraphs: [
        `Somebody, probably you, asked for a new password for the account ${username}.`,
        'The link works once and for 30 minutes. A new password signs you out everywhere and ends your access tokens.',
      ],
      action: 'Choose a new password',
      closing: NOT_YOU,
    }),
  }),
  'password-changed': template({
    facts: account,
    linkPath: null,
    words: ({ username }) => ({
      subject: 'Your password was changed',
      paragraphs: [`The account ${username} has a new password. Other sessions and all access tokens have ended.`],
      closing: NOT_ME,
    }),
  }),
  'sign-up-invitation': template({
    facts: z.strictObject({ inviter: z.string() }),
    linkPath: '/sign-up',
    words: ({ inviter }) => ({
      subject: 'An account is waiting for you',
      paragraphs: [`${inviter} invites you to make an account. The invitation works once.`],
      action: 'Make an account',
      closing: 'If you do not know why you got this, do nothing.',
    }),
  }),
  'namespace-taken-over': template({
    facts: z.strictObject({ namespace: z.string(), username: z.string(), administrator: z.string() }),
    linkPath: null,
    words: ({ namespace, username, administrator }) => ({
      subject: `${namespace} has another owner`,
      paragraphs: [
        `${administrator}, an administrator of the registry, has made ${username} an owner of ${namespace}.`,
        'Those who owned it own it still. The audit log of the namespace has the entry.',
      ],
      closing: 'If you do not know why, ask the administrator.',
    }),
  }),
  'namespace-invitation': template({
    facts: z.strictObject({ inviter: z.string(), namespace: z.string(), role: z.string() }),
    linkPath: '/invitations',
    words: ({ inviter, namespace, role }) => ({
      subject: `Join ${namespace}`,
      paragraphs: [`${inviter} invites you to ${namespace}, as ${role}. The invitation works once.`],
      action: 'Look at the invitation',
      closing: 'If you do not know why you got this, do nothing.',
    }),
  }),
  'namespace-filling-up': template({
    facts: z.strictObject({
      namespace: z.string(),
      percent: z.number(),
      used: z.string(),
      limit: z.string(),
      page: z.string(),
    }),
    linkPath: null,
    words: ({ namespace, percent, used, limit, page }) => ({
      subject: `${namespace} has used ${percent} % of its storage`,
      paragraphs: [
        `The namespace ${namespace} stores ${used} of the ${limit} that it may store.`,
        'When it is full, pushes to it are refused. Pulls go on, and nothing is deleted.',
        `What would free most: ${page}`,
      ],
      closing: 'You get this because you own the namespace. The next letter comes when it is fuller still.',
    }),
  }),
} as const;

export type LetterName = keyof typeof LETTERS;
type FactsOf<Name extends LetterName> = z.infer<(typeof LETTERS)[Name]['facts']>;
type IsNotice<Name extends LetterName> = (typeof LETTERS)[Name]['linkPath'] extends null ? true : false;

/** The secret that the letter's link carries, the row that it opens, and how long that row lives. */
export interface LinkOfLetter {
  readonly secret: string;
  readonly reference: string;
  readonly lifetimeSeconds: number;
}

type LetterNamed<Name extends LetterName> = {
  readonly template: Name;
  readonly recipient: string;
  readonly facts: FactsOf<Name>;
} & (IsNotice<Name> extends true ? { readonly link?: undefined } : { readonly link: LinkOfLetter });

export type Letter = { [Name in LetterName]: LetterNamed<Name> }[LetterName];

/** The letters that carry a link. */
export type LinkLetterName = { [Name in LetterName]: IsNotice<Name> extends true ? never : Name }[LetterName];

export function hasLink(name: LetterName): name is LinkLetterName {
  return LETTERS[name].linkPath !== null;
}

export function isLetterName(name: string): name is LetterName {
  return Object.hasOwn(LETTERS, name);
}
