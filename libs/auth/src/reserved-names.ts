/**
 * Names that nobody may take for a user or an organisation: first segments of our own paths, now or likely soon, and
 * words that would let their owner speak for the service.
 */
const RESERVED_FOR = {
  registryAndApiPaths: `v1 v2 v3 api token tokens auth oauth oauth2 oidc saml jwks _catalog openapi
    .well-known well-known healthz readyz livez health ready metrics status`,
  dashboardPaths: `admin setup login logout signin sign-in signout sign-out signup sign-up register account accounts
    session sessions settings profile password reset reset-password verify invitation invitations invite invites
    access-tokens namespace namespaces new org orgs organization organizations organisation organisations user users me
    robot robots team teams repository repositories search explore dashboard usage trash audit billing pricing docs help
    about terms privacy legal blog webhooks`,
  filesThatBrowsersAskFor: `assets static public favicon.ico robots.txt index.html manifest.json sitemap.xml`,
  officialImagesAndOperator: `library official verified stowage registry root administrator system internal support
    security abuse postmaster webmaster hostmaster noreply no-reply www mail`,
  wordsForNobody: `anonymous everyone nobody null undefined none true false unknown deleted`,
};

const RESERVED = new Set(Object.values(RESERVED_FOR).flatMap((names) => names.split(/\s+/)));

/** Compares without case, because names are one whatever their case. */
export function isReservedName(name: string): boolean {
  return RESERVED.has(name.trim().toLowerCase());
}
