/** Every API and every kind of content that the official program can test, also those a version leaves out. */
const SWITCHES = [
  'API_PING',
  'API_PULL',
  'API_PUSH',
  'API_BLOBS_ATOMIC',
  'API_BLOBS_DELETE',
  'API_BLOBS_DIGEST_HEADER',
  'API_BLOBS_MOUNT_ANONYMOUS',
  'API_BLOBS_UPLOAD_CANCEL',
  'API_MANIFESTS_ATOMIC',
  'API_MANIFESTS_DELETE',
  'API_MANIFESTS_DIGEST_HEADER',
  'API_MANIFESTS_TAG_PARAM',
  'API_TAGS_ATOMIC',
  'API_TAGS_DELETE',
  'API_TAGS_LIST',
  'API_REFERRER',
  'DATA_IMAGE',
  'DATA_INDEX',
  'DATA_INDEX_LIST',
  'DATA_SPARSE',
  'DATA_ARTIFACT',
  'DATA_SUBJECT',
  'DATA_SUBJECT_MISSING',
  'DATA_ARTIFACT_LIST',
  'DATA_SUBJECT_LIST',
  'DATA_DATA_FIELD',
  'DATA_NONDISTRIBUTABLE',
  'DATA_CUSTOM_FIELDS',
  'DATA_NO_LAYERS',
  'DATA_EMPTY_BLOB',
  'DATA_SHA512',
];

export function allSwitches(version: string): Record<string, string> {
  return { OCI_VERSION: version, ...Object.fromEntries(SWITCHES.map((name) => [`OCI_${name}`, 'true'])) };
}
