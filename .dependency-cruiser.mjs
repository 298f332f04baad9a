/** The walls of the workspace. An import is legal only if its edge is in the table below. */

/** Package folder → the packages that it may import, by folder. `libs/*` stands for every lib but dev-env. */
const ANY_LIB = 'libs/(?!dev-env)[^/]+';
const ALLOWED_EDGES = {
  'libs/oci': [],
  'libs/failpoints': [],
  'libs/authenticators': [],
  'libs/config': [],
  'libs/telemetry': [],
  'libs/embedded-postgres': [],
  'libs/contracts': ['libs/oci'],
  'libs/storage': ['libs/oci'],
  'libs/client': ['libs/contracts'],
  'libs/auth': ['libs/oci', 'libs/contracts'],
  'libs/oidc': ['libs/contracts'],
  'libs/jobs': ['libs/metadata', 'libs/telemetry'],
  'libs/retention': ['libs/contracts'],
  'libs/storage-fs': ['libs/storage', 'libs/oci', 'libs/failpoints'],
  'libs/storage-s3': ['libs/storage', 'libs/oci', 'libs/failpoints'],
  'libs/metadata': ['libs/oci', 'libs/contracts', 'libs/failpoints', 'libs/retention'],
  'libs/distribution': ['libs/oci', 'libs/storage', 'libs/metadata', 'libs/failpoints'],
  'libs/sign-in': ['libs/auth', 'libs/metadata'],
  'libs/gc': ['libs/oci', 'libs/storage', 'libs/metadata', 'libs/failpoints'],
  'libs/mail': ['libs/auth', 'libs/metadata'],
  'libs/nest-kit': ['libs/oci', 'libs/contracts', 'libs/telemetry', 'libs/auth'],
  'libs/service': [
    'libs/failpoints',
    'libs/config',
    'libs/metadata',
    'libs/nest-kit',
    'libs/storage(-fs|-s3)?',
    'libs/telemetry',
  ],
  'libs/dev-env': [ANY_LIB, 'apps/registry', 'apps/auth', 'apps/api', 'apps/worker', 'apps/stowage'],
  'apps/registry': [ANY_LIB],
  'apps/auth': [ANY_LIB],
  'apps/api': [ANY_LIB],
  'apps/worker': [ANY_LIB],
  'apps/stowage': [ANY_LIB, 'apps/registry', 'apps/auth', 'apps/api', 'apps/worker'],
  'apps/dashboard': ['libs/client', 'libs/contracts', 'libs/oci'],
  // Apps that run apart need a Postgres that is none of theirs.
  'apps/e2e': ['libs/oci', 'libs/contracts', 'libs/embedded-postgres', 'libs/oidc/src/testing'],
  'apps/bench': ['libs/oci', 'libs/embedded-postgres'],
  'apps/chaos': ['libs/oci', 'libs/contracts', 'libs/embedded-postgres'],
};

/** Vendor package → the packages of ours that may know it. */
const VENDOR_HOMES = [
  { vendor: '@prisma/[^/]+', homes: ['libs/metadata', 'libs/dev-env/tasks'] },
  {
    vendor: 'pg',
    homes: ['libs/metadata', 'libs/jobs', 'libs/embedded-postgres', 'libs/dev-env', 'apps/(stowage|bench|chaos|e2e)'],
  },
  { vendor: '@embedded-postgres/[^/]+', homes: ['libs/embedded-postgres'] },
  { vendor: 'ipaddr.js', homes: ['libs/(metadata|nest-kit|oidc)'] },
  { vendor: '(zod-openapi|swagger-ui-dist)', homes: ['apps/api'] },
  { vendor: 'jose', homes: ['libs/auth', 'libs/oidc'] },
  { vendor: '@node-rs/argon2', homes: ['libs/auth'] },
  { vendor: '(otplib|@simplewebauthn/server)', homes: ['libs/authenticators'] },
  { vendor: '(uqr|@simplewebauthn/browser)', homes: ['apps/dashboard'] },
  {
    vendor: '@aws-sdk/[^/]+',
    homes: ['libs/storage-s3', 'apps/e2e/support/topology', 'apps/bench/src/s3', 'apps/chaos/src/topology'],
  },
  { vendor: 'graphile-worker', homes: ['libs/jobs'] },
  { vendor: 'nodemailer', homes: ['libs/mail'] },
  { vendor: '(semver|croner)', homes: ['libs/retention'] },
  { vendor: '(smtp-server|postal-mime)', homes: ['libs/mail/test', 'apps/e2e/support'] },
  { vendor: 'pino', homes: ['libs/telemetry'] },
  {
    vendor: '(@nestjs/[^/]+|fastify)',
    homes: ['apps/(registry|auth|api|worker|stowage)', 'libs/nest-kit', 'libs/service'],
  },
  { vendor: '@fastify/[^/]+', homes: ['apps/(registry|auth|api|stowage)', 'libs/nest-kit', 'libs/service'] },
  { vendor: '(react|react-dom|@mantine/[^/]+|@tanstack/[^/]+)', homes: ['apps/dashboard'] },
  { vendor: '(playwright-core|@sparticuz/chromium)', homes: ['apps/e2e', 'apps/dashboard/test'] },
];

/** Tests, and what a package exports for the tests of others, may also start what they need to run against. */
const TESTS = '(\\.test\\.tsx?$|/test/|/src/testing/)';
const TEST_EDGES = ['libs/dev-env', 'libs/embedded-postgres', 'libs/storage-(fs|s3)/src/testing'];
const BLACK_BOX = 'apps/e2e';

function edgeRule({ name, from, folder, allowed }) {
  return {
    name: `${name}-${folder.replace('/', '-')}`,
    comment: `may import: ${allowed.join(', ') || 'no other package'}`,
    severity: 'error',
    from,
    to: { path: '^(libs|apps)/', pathNot: [folder, ...allowed].map((target) => `^${target}/`) },
  };
}

const edgeRules = Object.entries(ALLOWED_EDGES).flatMap(([folder, allowed]) => {
  const extra = folder === BLACK_BOX ? [] : TEST_EDGES;
  return [
    edgeRule({ name: 'edges-of', folder, allowed, from: { path: `^${folder}/`, pathNot: TESTS } }),
    edgeRule({
      name: 'edges-of-the-tests-of',
      folder,
      allowed: [...allowed, ...extra],
      from: { path: `^${folder}(?=/).*${TESTS}` },
    }),
  ];
});

const vendorRules = VENDOR_HOMES.map(({ vendor, homes }) => ({
  name: `home-of-${vendor.replaceAll(/[^a-z0-9]+/g, '-')}`,
  comment: `${vendor} is known only to ${homes.join(', ')}`,
  severity: 'error',
  from: { path: '^(libs|apps)/', pathNot: homes.map((home) => `^${home}/`) },
  to: { path: `(^|/)node_modules/${vendor}/` },
}));

const options = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '(^(libs|apps)/[^/]+/dist/|/generated/|routeTree\\.gen\\.ts)' },
  tsPreCompilationDeps: true,
  tsConfig: { fileName: 'tsconfig.base.json' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['@stowage/source', 'types', 'import', 'node', 'default'],
    extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.json'],
  },
};

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'two modules that import each other have one reason to change: make them one, or turn one edge round',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-by-name',
      comment: 'another package is imported by its name, never by a relative path: its `exports` are its wall',
      severity: 'error',
      from: { path: '^((?:libs|apps)/[^/]+)/' },
      to: { path: '^(libs|apps)/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'every-package-is-in-the-table',
      comment: 'a new package gets its line in ALLOWED_EDGES the day it is made',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: Object.keys(ALLOWED_EDGES).map((folder) => `^${folder}/`) },
      to: {},
    },
    {
      name: 'browser-safe',
      comment: 'oci, contracts and client run in the browser: no Node module, no dependency but zod',
      severity: 'error',
      from: { path: '^libs/(oci|contracts|client)/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-safe-dependencies',
      severity: 'error',
      from: { path: '^libs/(oci|contracts|client)/', pathNot: TESTS },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'no-node-in-the-dashboard',
      severity: 'error',
      from: { path: '^apps/dashboard/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere hides from every other rule',
      severity: 'error',
      from: { path: '^(libs|apps)/' },
      to: { couldNotResolve: true, pathNot: '/generated/' },
    },
    ...edgeRules,
    ...vendorRules,
  ],
  options,
};
