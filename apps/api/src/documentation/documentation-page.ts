import { API_PREFIX } from '@stowage/contracts';

/** Scripts from our own origin only; styles may be inline, because Swagger UI sets them. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cache-control': 'no-cache',
} as const;

/** The frame of the page; its looks and its start are files of the dashboard, which the same front door serves. */
export const DOCUMENTATION_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>API – Stowage</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <script src="/color-scheme.js"></script>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
    <link rel="stylesheet" href="/api-docs/page.css" />
  </head>
  <body>
    <header class="bar">
      <a class="brand" href="/"><img src="/favicon.svg" alt="" width="28" height="28" /> stowage</a>
      <span class="place">API</span>
      <nav aria-label="API">
        <a href="${API_PREFIX}/openapi.json">OpenAPI document</a>
        <a href="/access-tokens">Access tokens</a>
      </nav>
    </header>
    <main id="api"></main>
    <noscript>This page needs JavaScript. The same is in the <a href="${API_PREFIX}/openapi.json">OpenAPI document</a>.</noscript>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api-docs/page.js" data-document="${API_PREFIX}/openapi.json"></script>
  </body>
</html>
`;
