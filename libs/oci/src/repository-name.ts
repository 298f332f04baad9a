import type { Branded } from './brand.js';
import { OciError } from './oci-error.js';

/** The full `<name>` of distribution-spec: `namespace/path`, at least two components here. */
export type RepositoryName = Branded<'RepositoryName'>;
/** The first component of a repository name; owned by one user or organisation. */
export type NamespaceName = Branded<'NamespaceName'>;

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const NAMESPACE = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Host, slash and name must fit 255 characters (distribution-spec); the host's share is kept free. */
const MAX_NAME_LENGTH = 255;
const MAX_NAMESPACE_LENGTH = 63;

/** Throws NAME_INVALID. A name without a namespace (`alpine`) matches the grammar but can't exist here. */
export function parseRepositoryName(text: string): RepositoryName {
  if (text.length > MAX_NAME_LENGTH || !NAME.test(text)) {
    throw new OciError('NAME_INVALID', {
      message:
        'repository names are lower-case letters and digits in components joined by "/", with ".", "_", "__" or "-" between, 255 characters at most',
      detail: { name: text.slice(0, 300) },
    });
  }
  if (!text.includes('/')) {
    throw new OciError('NAME_INVALID', {
      message: `a repository lives in a namespace: use <namespace>/${text.slice(0, 100)}`,
      detail: { name: text },
    });
  }
  return text as RepositoryName;
}

export function isRepositoryName(text: string): text is RepositoryName {
  return text.length <= MAX_NAME_LENGTH && text.includes('/') && NAME.test(text);
}

export function isNamespaceName(text: string): text is NamespaceName {
  return text.length >= 2 && text.length <= MAX_NAMESPACE_LENGTH && NAMESPACE.test(text);
}

export function namespaceOf(name: RepositoryName): NamespaceName {
  return name.slice(0, name.indexOf('/')) as NamespaceName;
}

/** The name without its namespace: `team/app` of `acme/team/app`. */
export function pathInNamespace(name: RepositoryName): string {
  return name.slice(name.indexOf('/') + 1);
}
