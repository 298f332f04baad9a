import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Suites that take half a minute and more, the longest first. Begun last, one of them would keep one worker busy while the
 * others have nothing left to do; Vitest goes by the size of the file when it knows no better.
 */
const LONGEST = [
  'crash/fail-points-s3',
  'crash/fail-points-files',
  'crash/collection',
  'dashboard/recovery',
  'clients/docker',
  'dashboard/second-factors',
  'start/crash',
  'dashboard/administration',
  'start/shutdown',
  'dashboard/trash',
  'dashboard/team',
  'start/audit-verify',
  'registry/nested-indexes',
];

/** The order in which the suites of a run begin. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.includes(`/suites/${name}.`));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
