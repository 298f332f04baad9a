import { describe, expect, it } from 'vitest';
import { bytesOf, outcomeOf, SHA256 } from '../test/manifest-samples.js';
import { parseContentRange, resolveRange } from './byte-range.js';
import { isDigest, parseDigest, parseDigestAlgorithm } from './digest.js';
import { allowsRange, matchesEntityTag } from './entity-tag.js';
import { parseImageConfig } from './image-config.js';
import { findJsonShapeFault } from './json-shape.js';
import { formatNextLink, parseNextLink } from './link-header.js';
import { parseManifest } from './manifest.js';
import { MEDIA_TYPES } from './media-types.js';
import { encodeRepositoryInUrl } from './oci-route.js';
import { parseReference, parseTagName, type TagName } from './reference.js';
import { isReferrersTag } from './referrers-tag.js';
import { formatWarnings, parseWarnings } from './warning-header.js';
import { isNamespaceName, isRepositoryName, parseRepositoryName } from './repository-name.js';

/**
 * security.md 5.12. Long enough that a parser with quadratic cost (10^12 steps) never comes to an end: nothing is
 * measured, the test only has to finish.
 */
const LONG = 1024 * 1024;
const fill = (unit: string) => unit.repeat(Math.ceil(LONG / unit.length));

const HOSTILE: [string, string][] = [
  ['letters', `${fill('a')}!`],
  ['components', `${fill('a/')}!`],
  ['dashes', `a/a${fill('-')}`],
  ['dots', `a/${fill('a.')}!`],
  ['underscores', `a/${fill('a_')}_!`],
  ['slashes', fill('/')],
  ['upload keywords', `/v2/${fill('blobs/uploads/')}!/`],
  ['manifest keywords', `/v2/${fill('manifests/')}`],
  ['tag keywords', `/v2/${fill('/tags/list')}/`],
  ['percents', `/v2/${fill('%')}/tags/list`],
  ['digits', `bytes=${fill('9')}-${fill('9')}!`],
  ['a content range', `bytes ${fill('0')}-1`],
  ['ranges', `bytes=${fill('0-0,')}`],
  ['blanks', `bytes=0-${fill(' ')}1`],
  ['hex', `sha256:${fill('a')}`],
  ['colons', fill(':')],
  ['open brackets', fill('[')],
  ['open objects', fill('{"a":')],
  ['flat brackets', `[${fill('[],')}1]`],
  ['members', `{${fill('"a":1,')}"b":1}`],
  ['backslashes', `"${fill('\\\\')}"`],
  ['escapes', `{"${fill('\\u0061')}":1}`],
  ['open strings', fill('"')],
  ['short strings', `[${fill('"\\n",')}1]`],
  ['links', fill('</v2/x>; rel="prev", ')],
  ['open links', fill('<')],
  ['links that never say what they are', `</x>${fill('; title=" next')}`],
  ['relations', `</x>; rel="${fill('nex ')}`],
  ['semicolons', `</x>${fill('; ')}`],
  ['entity tags', fill('"sha256:a", ')],
  ['warnings', fill('299 - "x", ')],
  ['open warnings', fill('299 - "')],
  ['escaped quotes', `299 - "${fill('\\"')}`],
  ['numbers', fill('299 ')],
  ['tags of the referrers schema', `sha256-${fill('a')}`],
];

const ANY_DIGEST = parseDigest(SHA256);

const PARSERS: [string, (text: string) => unknown][] = [
  ['parseDigest', parseDigest],
  ['parseTagName', parseTagName],
  ['parseReference', parseReference],
  ['parseRepositoryName', parseRepositoryName],
  ['isRepositoryName', isRepositoryName],
  ['isNamespaceName', isNamespaceName],
  ['parseContentRange', parseContentRange],
  ['resolveRange', (text) => resolveRange(text, 100)],
  ['encodeRepositoryInUrl', encodeRepositoryInUrl],
  ['findJsonShapeFault', (text) => findJsonShapeFault(bytesOf(text))],
  ['parseManifest', (text) => parseManifest(bytesOf(text), MEDIA_TYPES.ociManifest)],
  ['parseDigestAlgorithm', parseDigestAlgorithm],
  ['matchesEntityTag', (text) => matchesEntityTag(text, ANY_DIGEST)],
  ['allowsRange', (text) => allowsRange(text, ANY_DIGEST)],
  ['isReferrersTag', (text) => isReferrersTag(text as TagName)],
  ['parseNextLink', parseNextLink],
  ['formatNextLink', (text) => formatNextLink('/v2/a/b/tags/list', { last: text })],
  ['parseWarnings', parseWarnings],
  ['formatWarnings', (text) => formatWarnings([text])],
  ['isDigest', isDigest],
  ['parseImageConfig', (text) => parseImageConfig(bytesOf(text))],
];

describe.each(PARSERS)('%s', (_name, parse) => {
  it.each(HOSTILE)('comes to an end on a mebibyte of %s', (_, text) => {
    expect(outcomeOf(() => parse(text))).toMatch(/^[A-Za-z_]+$/);
  });
});
