import { readFileSync } from 'node:fs';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string;
}

interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const DOCUMENTED = readPolicy();

/** What the README says the account needs. */
export const DOCUMENTED_ACTIONS: readonly string[] = DOCUMENTED.Statement.flatMap(({ Action }) => Action);

export interface PolicyTarget {
  readonly bucket: string;
  readonly account: string;
  /** An action to leave out. */
  readonly omitted?: string | undefined;
}

/** The policy of the README as one of a bucket: it also says whom it is for. */
export function documentedPolicy({ bucket, account, omitted }: PolicyTarget): string {
  const statements = DOCUMENTED.Statement.map((statement) => ({
    ...statement,
    Principal: { AWS: [`arn:aws:iam:::user/${account}`] },
    Action: statement.Action.filter((action) => action !== omitted),
    Resource: statement.Resource.replace('BUCKET', bucket),
  }));
  return JSON.stringify({ ...DOCUMENTED, Statement: statements });
}

function readPolicy(): Policy {
  const block = [...README.matchAll(/```json\n([^`]+)```/g)].map(([, json = '']) => JSON.parse(json) as object);
  const policy = block.find((each) => 'Statement' in each);
  if (!policy) throw new Error('the README shows no policy');
  return policy as Policy;
}
