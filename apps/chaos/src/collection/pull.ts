import type { RepositoryClient } from '../client/repository-client.js';
import type { Operation } from '../history/operation.js';
import type { Entry, Ledger } from './ledger.js';

/** I1: a tag gives its manifest and every blob of it, each with its digest; a deleted one gives nothing. */
export async function pull(repository: RepositoryClient, { tag, image }: Entry, ledger: Ledger): Promise<void> {
  ledger.pulls += 1;
  const where = `${repository.name}:${tag}`;
  const read = await repository.getManifest({ tag });
  if (!image) {
    if (read.answer?.status !== 404) ledger.violations.push(`${where} was deleted: ${said(read)}`);
    return;
  }
  if (read.answer?.digest !== image.digest) ledger.violations.push(`${where} is not ${image.digest}: ${said(read)}`);
  for (const { digest } of image.blobs) {
    const got = await repository.getBlob(digest);
    const isGood = got.answer?.status === 200 && got.answer.damage === undefined;
    if (!isGood) ledger.violations.push(`${where} → ${digest}: ${said(got)}`);
  }
}

function said({ answer, reason }: Operation): string {
  return `${answer?.status ?? reason} ${answer?.digest ?? ''} ${answer?.damage ?? ''} ${answer?.text ?? ''}`;
}
